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

/** In double quotes a backtick escapes; in single ones a quote is doubled. */
function removeQuotedTexts(rule: string): string {
  return rule.replace(/"(?:[^"`]|`.)*"|'(?:[^']|'')*'/gs, '~');
}

function isDynamic(type: unknown): boolean {
  return String(type).toLowerCase() === 'dynamicmembership';
}
