// Evaluates accountEnabled in a dynamic group's rule. All other conditions count as true for people whom the rule made
// members. Syntax: learn.microsoft.com, entra/identity/users/groups-dynamic-membership.
import { type Condition, type ConditionTest, evaluateCondition, parseCondition } from '../conditions.ts';

/** Whether the rule includes a person who meets its other conditions. */
export function isMemberByRule(rule: string, accountEnabled: boolean): boolean {
  const condition = parseRule(rule);
  return condition === null || (evaluateCondition(condition, (test) => testEnabled(test, accountEnabled)) ?? true);
}

/** null: the rule cannot be parsed here, so it changes no membership. */
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
