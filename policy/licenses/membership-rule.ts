// Whether a group takes its licence back once sign-in is blocked, for audit and apply. Pure. Rules: Microsoft, "Manage
// rules for dynamic membership groups in Microsoft Entra ID".
import type { DynamicGroup } from '../evidence.ts';

/** The properties of a group that `parseDynamicGroup` looks at. */
export const groupProperties = ['groupTypes', 'membershipRule'] as const;

/**
 * `group` as Graph shows it; null: it may not be read. Gives null where it takes nothing back by itself. An app that may
 * read members but not groups sees "basic group properties" (GroupMember.Read.All); Microsoft does not say which those are.
 */
export function parseDynamicGroup(group: Readonly<Record<string, unknown>> | null): DynamicGroup | null {
  const types = group?.groupTypes;
  if (Array.isArray(types) && !types.some(isDynamic)) return null;
  const rule = group?.membershipRule;
  if (typeof rule !== 'string' || rule.trim() === '') return { membershipRule: null };
  return hasAccountEnabledCondition(rule) ? { membershipRule: rule } : null;
}

/**
 * Any comparison counts: blocking may change its result. `memberOf` takes the members of other groups, which may be
 * dynamic, and counts, too, as does a rule whose quotes do not end.
 */
function hasAccountEnabledCondition(rule: string): boolean {
  const plain = rule.replace(/\p{Cf}/gu, '').replace(/\s*\.\s*/g, '.');
  const properties = removeQuotedTexts(plain);
  const isEnded = !/["']/.test(properties);
  return /(?<![\w.])(?:user\.)?(?:accountEnabled|memberOf)(?!\w)/i.test(isEnded ? properties : plain);
}

/**
 * Whether nobody whose sign-in is blocked can be a member, whatever else the rule asks: each alternative demands accountEnabled.
 * Of a rule that is not understood it is not certain. `and` binds before `or`; a hyphen before either is optional.
 */
export function isFalseOnceBlocked(rule: string): boolean {
  const plain = rule
    .replace(/\p{Cf}/gu, '')
    .replace(/\s*\.\s*/g, '.')
    .replace(/\s+/g, ' ');
  const values = plain.replace(/(["'])(true|false)\1/gi, '$2');
  const properties = removeQuotedTexts(values);
  return !/["']/.test(properties) && demandsEnabled(properties.trim());
}

function demandsEnabled(condition: string): boolean {
  const alternatives = splitAt('or', condition);
  if (alternatives.length > 1) return alternatives.every(demandsEnabled);
  const parts = splitAt('and', condition);
  if (parts.length > 1) return parts.some(demandsEnabled);
  if (condition.startsWith('(') && condition.endsWith(')')) return demandsEnabled(condition.slice(1, -1).trim());
  return /^(user\.)?accountEnabled -(eq true|ne false)$/i.test(condition);
}

/** At the operators that stand in no parentheses; one part where those do not match. */
function splitAt(operator: 'and' | 'or', condition: string): string[] {
  let depth = 0;
  let from = 0;
  const parts: string[] = [];
  for (const { 0: token, index } of condition.matchAll(/[()]|(?<![\w.-])-?(?:and|or)(?![\w-])/gi)) {
    if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    else if (depth === 0 && token.toLowerCase().endsWith(operator)) {
      parts.push(condition.slice(from, index).trim());
      from = index + token.length;
    }
  }
  return depth === 0 ? [...parts, condition.slice(from).trim()] : [condition];
}

/** In double quotes a backtick escapes; in single ones a quote is doubled. */
function removeQuotedTexts(rule: string): string {
  return rule.replace(/"(?:[^"`]|`.)*"|'(?:[^']|'')*'/gs, '~');
}

function isDynamic(type: unknown): boolean {
  return String(type).toLowerCase() === 'dynamicmembership';
}
