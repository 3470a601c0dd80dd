// What main says of pauses, closed days, ramp, scope and populations, as the story itself has written it there; and what follows
// from it, worked out without any of the product's functions.
import type { AccountState } from '@dormant-m365/emulator';

interface Span {
  from: string;
  to: string;
}

export interface OtherDays {
  name: string;
  match: { departments?: string[]; domains?: string[]; licenses?: string[]; employeeTypes?: string[] };
  inactiveAfterDays: number;
  minimumAccountAgeDays?: number;
  stages?: { notifyDays?: number; reviewDays?: number; disableDays?: number };
}

export interface TeamRules {
  /** The last day of each pause, by the file that has it; null: none. */
  paused: { stack: string | null; all: string | null };
  weekdays: string[];
  dates: (Span & { reason: string })[];
  /** Of the iCalendar file; null: there is none. */
  holidays: Span[] | null;
  hours: string[];
  /** `since`: the commit of main that began it. */
  ramp: { start: number; growth: number; quietDays: number; since: string } | null;
  scope: { departments?: string[]; domains?: string[]; share?: number } | null;
  populations: OtherDays[];
  /** null: main does not say. */
  perDay: number | null;
}

export function noRules(): TeamRules {
  return {
    ...{ paused: { stack: null, all: null }, weekdays: [], dates: [], holidays: null, hours: [] },
    ...{ ramp: null, scope: null, populations: [], perDay: null },
  };
}

/** As the story's tenant.yaml says. */
const zone = 'Europe/Berlin';

/** Why nothing may be taken at that moment; null: it may. A pause is of days in UTC, a calendar of those in the zone. */
export function findReasonNotToTake(rules: TeamRules, now: number): 'paused' | 'closed' | null {
  const today = new Date(now).toISOString().slice(0, 10);
  if (Object.values(rules.paused).some((until) => until !== null && today <= until)) return 'paused';
  return isClosed(rules, now) ? 'closed' : null;
}

function isClosed({ weekdays, dates, holidays, hours }: TeamRules, now: number): boolean {
  // Swedish writes 2026-12-07 18:30:00.
  const [day = '', time = ''] = new Date(now).toLocaleString('sv-SE', { timeZone: zone }).split(' ');
  const weekday = new Date(now).toLocaleString('en-GB', { timeZone: zone, weekday: 'long' }).toLowerCase();
  if (weekdays.includes(weekday)) return true;
  if ([...dates, ...(holidays ?? [])].some(({ from, to }) => from <= day && day <= to)) return true;
  const clock = time.slice(0, 5);
  return hours.some((range) => {
    const [from = '', to = ''] = range.split('-');
    return from < to ? from <= clock && clock < to : clock >= from || clock < to;
  });
}

export function isInScope(
  { scope }: TeamRules,
  { id, department, userPrincipalName }: Pick<AccountState, 'id' | 'department' | 'userPrincipalName'>,
): boolean {
  if (scope === null) return true;
  const { departments, domains, share } = scope;
  const domain = userPrincipalName.slice(userPrincipalName.lastIndexOf('@') + 1);
  if (departments !== undefined && !departments.includes(department ?? '')) return false;
  if (domains !== undefined && !domains.includes(domain)) return false;
  return share === undefined || murmur(id.toLowerCase()) < share * 2 ** 32;
}

/** Days of silence that the longest of all that match asks for. `held`: SKU part numbers. */
export function findSilence(
  { populations }: TeamRules,
  who: Pick<AccountState, 'department' | 'userPrincipalName'> & {
    employeeType: string | null;
    held: readonly string[];
  },
): number {
  const isAmong = (list: string[] | undefined, ...values: (string | null)[]) =>
    list === undefined || values.some((value) => value !== null && list.includes(value));
  const matching = populations.filter(
    ({ match }) =>
      isAmong(match.departments, who.department) &&
      isAmong(match.domains, who.userPrincipalName.replace(/^.*@/, '')) &&
      isAmong(match.licenses, ...who.held) &&
      isAmong(match.employeeTypes, who.employeeType),
  );
  return matching.length === 0 ? 90 : Math.max(...matching.map(({ inactiveAfterDays }) => inactiveAfterDays));
}

/** MurmurHash3, 32 bits, seed 0, by the published description; the product has its own. `text`: ASCII. */
function murmur(text: string): number {
  const bytes = Buffer.from(text, 'ascii');
  const mix = (block: number) => {
    const scaled = Math.imul(block, 0xcc9e2d51);
    return Math.imul((scaled << 15) | (scaled >>> 17), 0x1b873593);
  };
  const blocks = Math.floor(bytes.length / 4);
  let hash = 0;
  for (let at = 0; at < blocks; at++) {
    hash ^= mix(bytes.readInt32LE(at * 4));
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
  }
  const tail = bytes.subarray(blocks * 4);
  if (tail.length > 0) hash ^= mix(tail.readUIntLE(0, tail.length));
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
