// What the state knows, for the audit: besides main's history the only witness of what was taken.
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import type { NotedAccount, NotedState } from '../../policy/signing/noted-state.ts';
import { accountType, unpackInputs, unpackOutputs } from '../account/account-state.ts';
import type { StateResource } from '../provider/resource.ts';
import { findAppliedRecord } from '../signing-record-state.ts';
import { readSavedState, type SavedStateOptions } from './locks.ts';

/**
 * null: there is no state of this stack, so that nobody knows. Writes nothing. Throws what the
 * Automation API throws where the state cannot be read.
 */
export async function readNotedState(options: SavedStateOptions): Promise<NotedState | null> {
  const state = await readSavedState(options);
  if (state.length === 0) return null;
  const { seen = {}, commit: appliedCommit = null } = findAppliedRecord(state) ?? {};
  return { accounts: new Map(state.flatMap(findNotedAccount)), seen, appliedCommit };
}

/** What is noted before anything is taken is only what a file said. */
function findNotedAccount({ type, inputs, outputs }: StateResource): [IdKey, NotedAccount][] {
  if (type !== accountType || outputs === undefined) return [];
  const { account } = unpackInputs(inputs);
  const { restore, reached } = unpackOutputs(outputs);
  return restore == null ? [] : [[foldId(account.id), { restore, reached }]];
}
