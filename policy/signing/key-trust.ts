// Since when the apply knows each key and the beginning of signing: a new one counts only after a week in which its owners
// could object. Pure.
import { addDays, type Day } from '../evidence.ts';
import type { Signing } from '../schemas/signing.ts';
import { findKey, listKeys } from './keys.ts';

/** What the state notes at the end of each apply. */
export interface AppliedRecord {
  /** The commit that was applied last. */
  commit: string;
  /** As tenant.yaml had it then. */
  signing: Signing;
  /** The day on which an apply first saw each public half, and the commit at which signing began. */
  seen: Readonly<Record<string, Day>>;
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

/** What is seen for the first time is seen today. */
export function updateAppliedRecord(
  before: AppliedRecord | null,
  { commit, signing }: Pick<AppliedRecord, 'commit' | 'signing'>,
  today: Day,
): AppliedRecord {
  const seen = listWitnesses(signing).map(({ id }) => [id, before?.seen[id] ?? today]);
  return { commit, signing, seen: Object.fromEntries(seen) };
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
