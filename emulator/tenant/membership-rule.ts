// What a dynamic group's rule makes of accountEnabled. Nothing else of a rule is decided here: it counts as fitting whoever was
// made a member by it. Syntax: learn.microsoft.com, entra/identity/users/groups-dynamic-membership.
import { type Condition, evaluate, parseCondition, type Test } from '../conditions.ts';

/** Whether the rule takes somebody whom the rest of it fits, given whether sign-in is allowed. */
export function isMemberByRule(rule: string, accountEnabled: boolean): boolean {
  const condition = readRule(rule);
  return condition === null || (evaluate(condition, (test) => testEnabled(test, accountEnabled)) ?? true);
}

/** A rule that cannot be read here decides nothing. */
function readRule(rule: string): Condition | null {
  const known = rules.get(rule);
  if (known !== undefined) return known;
  let condition: Condition | null = null;
  try {
    condition = parseCondition(rule);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  rules.set(rule, condition);
  return condition;
}

const rules = new Map<string, Condition | null>();

function testEnabled({ property, operator, values }: Test, accountEnabled: boolean): boolean | null {
  if (property.toLowerCase() !== 'user.accountenabled') return null;
  const isNamed = values.some((value) => value?.toLowerCase() === String(accountEnabled));
  if (operator === 'eq' || operator === 'in') return isNamed;
  return operator === 'ne' || operator === 'notin' ? !isNamed : null;
}
