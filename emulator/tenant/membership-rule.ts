// What a dynamic group's rule makes of accountEnabled. Nothing else of a rule is decided here: it counts as fitting whoever was
// made a member by it. Syntax: learn.microsoft.com, entra/identity/users/groups-dynamic-membership.
import { type Condition, type ConditionTest, evaluateCondition, parseCondition } from '../conditions.ts';

/** Whether the rule takes somebody whom the rest of it fits, given whether sign-in is allowed. */
export function isMemberByRule(rule: string, accountEnabled: boolean): boolean {
  const condition = parseRule(rule);
  return (
    condition === null || (evaluateCondition(condition, (test) => testEnabled(test, accountEnabled)) ?? true)
  );
}

/** A rule that cannot be read here decides nothing. */
function parseRule(rule: string): Condition | null {
  const known = cachedRules.get(rule);
  if (known !== undefined) return known;
  let condition: Condition | null = null;
  try {
    condition = parseCondition(rule);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  cachedRules.set(rule, condition);
  return condition;
}

const cachedRules = new Map<string, Condition | null>();

function testEnabled({ property, operator, values }: ConditionTest, accountEnabled: boolean): boolean | null {
  if (property.toLowerCase() !== 'user.accountenabled') return null;
  const isNamed = values.some((value) => value?.toLowerCase() === String(accountEnabled));
  if (operator === 'eq' || operator === 'in') return isNamed;
  return operator === 'ne' || operator === 'notin' ? !isNamed : null;
}
