// Reads from Exchange's answers what holds a mailbox, for audit and apply. Pure. Formats: Microsoft, "How to identify the
// type of hold placed on an Exchange Online mailbox".
import type { Hold } from '../evidence.ts';

/** Output of Get-Mailbox or Get-OrganizationConfig. */
type Answer = Readonly<Record<string, unknown>>;

/** Ids (`parsePolicyId`) of the policies that keep something in all mailboxes; null: could not be read. */
export type OrganizationHolds = ReadonlySet<string> | null;

/** Every property of Get-Mailbox that `parseHold` looks at. */
export const holdProperties = [
  'LitigationHoldEnabled',
  'InPlaceHolds',
  'ComplianceTagHoldApplied',
  'DelayHoldApplied',
  'DelayReleaseHoldApplied',
] as const;

/** null: no known hold, but not everything is known. */
export function parseHold(mailbox: Answer, organization: OrganizationHolds): Hold | null {
  const litigation = parseSwitch(mailbox.LitigationHoldEnabled);
  if (litigation === true) return 'litigation';
  const others = [
    parseSwitch(mailbox.ComplianceTagHoldApplied),
    parseSwitch(mailbox.DelayHoldApplied),
    parseSwitch(mailbox.DelayReleaseHoldApplied),
    isHeldInPlace(mailbox.InPlaceHolds),
    isHeldByOrganization(mailbox.InPlaceHolds, organization),
  ];
  if (others.includes(true)) return 'retention';
  return litigation === null || others.includes(null) ? null : 'none';
}

/** InPlaceHolds of Get-OrganizationConfig; `grp` are Microsoft 365 groups and channel messages, not users' mailboxes. */
export function parseOrganizationHolds({ InPlaceHolds }: Answer): OrganizationHolds {
  const holds = parseEntries(InPlaceHolds);
  return holds && new Set(holds.filter((hold) => isKeeping(hold) && !hold.startsWith('grp')).map(parsePolicyId));
}

function parseSwitch(value: unknown): boolean | null {
  const word = String(value).toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : null;
}

function isHeldInPlace(inPlaceHolds: unknown): boolean | null {
  return parseEntries(inPlaceHolds)?.some(isKeeping) ?? null;
}

function isHeldByOrganization(inPlaceHolds: unknown, organization: OrganizationHolds): boolean | null {
  const holds = parseEntries(inPlaceHolds);
  if (organization === null || holds === null) return null;
  const excluded = new Set(holds.filter(isExclusion).map((hold) => parsePolicyId(hold.slice(1))));
  return [...organization].some((policy) => !excluded.has(policy));
}

/** In lower case. An entry that is not text counts as a hold, as every unknown kind does. */
function parseEntries(value: unknown): string[] | null {
  if (typeof value === 'string' && value.trim() !== '') return parseEntries(value.split(/[\s,;]+/));
  if (!Array.isArray(value)) return null;
  return value
    .map((hold) => (typeof hold === 'string' ? hold.trim().toLowerCase() : JSON.stringify(hold)))
    .filter((hold) => hold !== '');
}

/** `:1` deletes only, `:2` keeps, `:3` keeps and then deletes. */
function isKeeping(hold: string): boolean {
  return !isExclusion(hold) && !/^(mbx|skp)[^:]*:1$/.test(hold);
}

function isExclusion(hold: string): boolean {
  return /^-(mbx|skp|grp)/.test(hold);
}

/** `mbx7cfb…:2`, `MBX7CFB…` and `mbx7cfb3034-…` are one policy. */
function parsePolicyId(hold: string): string {
  return hold.replace(/:.*$/, '').replaceAll('-', '');
}
