// What the state knows of one account, for whoever asks where a person stands. Writes nothing.
import type { Day } from '../../policy/evidence.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import type { DesiredState, RestoreState } from '../../policy/schemas/account.ts';
import { accountType, unpackInputs, unpackOutputs } from '../account/account-state.ts';
import { findAppliedRecord } from '../signing-record-state.ts';
import { readSavedState, type SavedStateOptions } from './locks.ts';

export interface KnownAccount {
  /** What applies have reached so far. */
  reached: DesiredState;
  /** The goal of the last apply. */
  asked: DesiredState;
  /** false: refused, failed, waiting or cut off; the next apply goes on. */
  isSettled: boolean;
  /** A run that was to change it did not come to its end, or is at work now. */
  isBegun: boolean;
  /** The day on which an apply last took something; null: none has noted one. */
  tookOn: Day | null;
  /** What it had before anything was taken; null: nothing is taken. */
  restore: RestoreState | null;
}

interface StateOfAccount {
  /** What was applied to its end last; null: no apply has noted that. */
  commit: string | null;
  /** null: the state does not have it. */
  account: KnownAccount | null;
}

/** null: there is no state of this stack. Throws what the Automation API throws where the state cannot be read. */
export async function readAccountState(options: SavedStateOptions, id: IdKey): Promise<StateOfAccount | null> {
  const state = await readSavedState(options);
  if (state.length === 0) return null;
  const { commit = null, unreported = {} } = findAppliedRecord(state) ?? {};
  const found = state.find(
    ({ type, inputs, outputs }) =>
      type === accountType && outputs !== undefined && foldId(unpackInputs(inputs).account.id) === id,
  );
  if (found === undefined) return { commit, account: null };
  const { reached, asked, isSettled, begun, tookOn = null, restore = null } = unpackOutputs(found.outputs);
  const isBegun = begun !== undefined || found.urn in unreported;
  return { commit, account: { reached, asked, isSettled, isBegun, tookOn, restore } };
}
