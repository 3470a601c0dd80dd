// How far applies have come by the state alone, for whoever asks whether one is missing. Writes nothing.
import { accountType, unpackOutputs } from '../account/account-state.ts';
import { findAppliedRecord } from '../signing-record-state.ts';
import { readSavedState, type SavedStateOptions } from './locks.ts';

interface ApplyProgress {
  /** What was applied to its end last; null: no apply has noted that. */
  commit: string | null;
  /** Of the last run that has begun to change anything; null: none has noted that. */
  begunCommit: string | null;
  /** How many accounts a run has begun to change that did not come to its end: it was killed, or is still at work. */
  begun: number;
}

/** Throws what the Automation API throws where the state cannot be read. */
export async function readProgress(options: SavedStateOptions): Promise<ApplyProgress> {
  const state = await readSavedState(options);
  const record = findAppliedRecord(state);
  const { unreported = {} } = record ?? {};
  const begun = state.filter(
    ({ urn, type, outputs }) =>
      type === accountType &&
      outputs !== undefined &&
      (urn in unreported || unpackOutputs(outputs).begun !== undefined),
  );
  return { commit: record?.commit ?? null, begunCommit: record?.begun ?? null, begun: begun.length };
}
