// The stack's one note of what was applied last and which keys applies have seen, as program and provider know it.
import { DormantError } from '../policy/errors.ts';
import type { Day } from '../policy/evidence.ts';
import type { Signing } from '../policy/schemas/signing.ts';
import {
  type AppliedRecord,
  beginAppliedRecord,
  recordFormat,
  updateAppliedRecord,
} from '../policy/signing/key-trust.ts';
import type { StateResource } from './provider/resource.ts';

export const signingRecordType = 'm365:index:SigningRecord';
export const signingRecordName = 'signing';

/** What a run has seen. */
export interface SeenSigning {
  /** The commit that it applies. */
  commit: string;
  /** Main was set back to that commit on purpose. */
  isRewound: boolean;
  /** null: main has no keys, so that the run can begin and never be noted as gone through. */
  signing: Signing | null;
  today: Day;
  /** Plain `pulumi` notes its end while it is at work: then what stops taking by then is asked. */
  mayBeStopped?: true;
  /** As in `TrustedStack`; absent: none. */
  landed?: AppliedRecord['seen'];
  /** As in `AppliedRecord`; absent: as the state has it. */
  unreported?: AppliedRecord['unreported'];
  /** The record's `commit` when the run was planned; absent: whatever it is. */
  plannedAfter?: AppliedRecord['commit'];
}

/**
 * As one JSON text, like the accounts: a SeenSigning in the inputs, an AppliedRecord in the outputs. Until format 1 it was
 * called `notes`; code that looks for that ends before its first write.
 */
export interface PackedNotes {
  record: string;
}

export function packNotes(notes: SeenSigning | AppliedRecord): PackedNotes {
  return { record: JSON.stringify(notes) };
}

/** null: no apply has noted anything, or the state was lost. Throws `state-newer`. */
export function findAppliedRecord(state: readonly StateResource[]): AppliedRecord | null {
  const { outputs } = state.find(({ type }) => type === signingRecordType) ?? {};
  return outputs === undefined ? null : unpackRecord(outputs);
}

/** Throws `state-newer`. */
export function unpackRecord(props: unknown): AppliedRecord {
  const { record, notes = '' } = props as Partial<PackedNotes> & { notes?: string };
  if (record === undefined) return readFirstFormat(notes);
  const read: AppliedRecord = JSON.parse(record);
  if (read.format <= recordFormat) return read;
  throw new DormantError(
    'state-newer',
    `The state was written by a newer version: its format is ${read.format}, and this version knows ${recordFormat}.`,
    { remedy: 'Run the apply of main as it is now, with its version; nothing was done.' },
  );
}

function readFirstFormat(notes: string): AppliedRecord {
  const read: Pick<AppliedRecord, 'commit' | 'signing' | 'seen'> & { commit: string } = JSON.parse(notes);
  return { format: 1, begun: read.commit, ...read };
}

/** As this version writes it; null: it is written so. Throws `state-newer`. */
export function migrateRecord({ inputs, outputs }: { inputs: unknown; outputs: unknown }): {
  inputs: PackedNotes;
  outputs: PackedNotes;
} | null {
  const record = unpackRecord(outputs);
  const { record: seen, notes = '' } = inputs as Partial<PackedNotes> & { notes?: string };
  if (record.format === recordFormat && seen !== undefined) return null;
  const { format: _, commit, begun, ...others } = record;
  return { inputs: { record: seen ?? notes }, outputs: packNotes({ format: recordFormat, commit, begun, ...others }) };
}

export function unpackSeen(props: unknown): SeenSigning {
  return JSON.parse((props as PackedNotes).record);
}

/** Whether the state has to note before the first write that this run has begun. */
export function isBeginDue(before: AppliedRecord | null, seen: SeenSigning): boolean {
  return JSON.stringify(before) !== JSON.stringify(beginRecord(before, seen));
}

/** Where another run has come to its end since this one was planned, what this one set out to change may be done and reported. */
export function beginRecord(before: AppliedRecord | null, { commit, isRewound, ...seen }: SeenSigning): AppliedRecord {
  const { commit: last = null } = before ?? {};
  const { plannedAfter = last, unreported } = seen;
  return beginAppliedRecord(before, commit, { isRewound, unreported: plannedAfter === last ? unreported : undefined });
}

/** Whether the state has to note anything new at the end. */
export function isRecordDue(before: AppliedRecord | null, { signing, today, ...seen }: SeenSigning): boolean {
  if (signing === null) return false;
  return JSON.stringify(before) !== JSON.stringify(updateAppliedRecord(before, { ...seen, signing }, today));
}
