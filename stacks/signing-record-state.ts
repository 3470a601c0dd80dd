// The stack's one note of what was applied last and which keys applies have seen, as program and provider know it.
import type { Day } from '../policy/evidence.ts';
import { type AppliedRecord, updateAppliedRecord } from '../policy/signing/key-trust.ts';
import type { StateResource } from './provider/resource.ts';

export const signingRecordType = 'm365:index:SigningRecord';
export const signingRecordName = 'signing';

/** What a run has seen. */
export interface SeenSigning extends Pick<AppliedRecord, 'commit' | 'signing'> {
  today: Day;
}

/** As one JSON text, like the accounts: a SeenSigning in the inputs, an AppliedRecord in the outputs. */
export interface PackedNotes {
  notes: string;
}

export function packNotes(notes: SeenSigning | AppliedRecord): PackedNotes {
  return { notes: JSON.stringify(notes) };
}

/** null: no apply has noted anything, or the state was lost. */
export function findAppliedRecord(state: readonly StateResource[]): AppliedRecord | null {
  const { outputs } = state.find(({ type }) => type === signingRecordType) ?? {};
  return outputs === undefined ? null : unpackRecord(outputs);
}

export function unpackRecord(props: unknown): AppliedRecord {
  return JSON.parse((props as PackedNotes).notes);
}

export function unpackSeen(props: unknown): SeenSigning {
  return JSON.parse((props as PackedNotes).notes);
}

/** Whether the state has to note anything new. */
export function isRecordDue(before: AppliedRecord | null, seen: SeenSigning): boolean {
  return JSON.stringify(before) !== JSON.stringify(updateAppliedRecord(before, seen, seen.today));
}
