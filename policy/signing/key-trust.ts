// Since when the apply knows each key and the beginning of signing: a new one counts only after a week in which its owners
// could object. Pure.
import { addDays, type Day } from '../evidence.ts';
import type { DesiredState } from '../schemas/account.ts';
import type { Signing } from '../schemas/signing.ts';
import { findKey, listKeys } from './keys.ts';

/** Of a record as it is written now; 1 knew no `begun`. */
export const recordFormat = 2;

/** What the state notes of applies: main has to contain both commits, or an older main would undo what a newer one did. */
export interface AppliedRecord {
  format: number;
  /** The commit that a run has gone through to its end; null: none has. */
  commit: string | null;
  /** The commit of the last run that has begun to change anything. */
  begun: string;
  /** As tenant.yaml had it at the end of that run; null: none has ended. */
  signing: Signing | null;
  /**
   * The day on which an apply first saw each public half, the commit at which signing began, and each commit of a proposal
   * that lies on main's line itself.
   */
  seen: Readonly<Record<string, Day>>;
  /**
   * What a run has begun to change, by URN, as it was before: until a run that reports it has come to its end. Absent:
   * nothing.
   */
  unreported?: Readonly<Record<string, DesiredState>>;
}

/** How long a key is only named before anything is taken on its word. */
const daysUntilTrusted = 7;

/** A key, or the beginning of signing, that an apply saw first less than a week ago. */
export interface NewWitness {
  /** In words. */
  what: string;
  /** The first day on which something is taken on its word. */
  trustedOn: Day;
}

/**
 * Before a run's first write. `isRewound`: main was set back on purpose, and need not contain what was applied before.
 * `unreported` absent: as before.
 */
export function beginAppliedRecord(
  before: AppliedRecord | null,
  begun: string,
  {
    isRewound,
    unreported = before?.unreported,
  }: { isRewound: boolean; unreported?: AppliedRecord['unreported'] | undefined },
): AppliedRecord {
  const { commit = null, signing = null, seen = {} } = before ?? {};
  const stays = !isRewound || commit === begun;
  return { format: recordFormat, commit: stays ? commit : null, begun, signing, seen, ...noteUnreported(unreported) };
}

interface EndedRun {
  commit: string;
  signing: Signing;
  landed?: AppliedRecord['seen'];
  unreported?: AppliedRecord['unreported'];
}

/** At the end of a run. What is seen for the first time is seen today. `unreported` absent: as before. */
export function updateAppliedRecord(
  before: AppliedRecord | null,
  { commit, signing, landed = {}, unreported = before?.unreported }: EndedRun,
  today: Day,
): AppliedRecord {
  const witnesses = listWitnesses(signing).map(({ id }) => [id, before?.seen[id] ?? today]);
  const seen = { ...Object.fromEntries(witnesses), ...landed };
  return { format: recordFormat, commit, begun: commit, signing, seen, ...noteUnreported(unreported) };
}

function noteUnreported(unreported: AppliedRecord['unreported'] = {}): Pick<AppliedRecord, 'unreported'> {
  return Object.keys(unreported).length > 0 ? { unreported } : {};
}

/** `key` null: the facts are from before signing began. */
export function findTrustDay(
  key: string | null,
  signing: Signing,
  { record, today }: { record: AppliedRecord | null; today: Day },
): Day {
  const id = key === null ? signing.since : findKey(signing, key)?.publicKey;
  return addDays((id === undefined ? undefined : record?.seen[id]) ?? today, daysUntilTrusted);
}

export function listNewWitnesses(signing: Signing, record: AppliedRecord | null, today: Day): NewWitness[] {
  return listWitnesses(signing)
    .map(({ id, what }) => ({ what, trustedOn: addDays(record?.seen[id] ?? today, daysUntilTrusted) }))
    .filter(({ trustedOn }) => trustedOn > today);
}

function listWitnesses(signing: Signing): { id: string; what: string }[] {
  const keys = listKeys(signing).map(({ name, publicKey }) => ({ id: publicKey, what: `the key ${name}` }));
  const { since } = signing;
  return since === undefined ? keys : [...keys, { id: since, what: `signing.since ${since.slice(0, 12)}` }];
}
