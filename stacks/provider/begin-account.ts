// The first pass over a run's accounts: notes in the state what will change, before the first write to the tenant, and
// adopts what needs no change. Only reads, if anything.
import { isChange } from '../account/account-change.ts';
import {
  type AccountInputs,
  type AccountOutputs,
  buildAccountChange,
  buildInitialOutputs,
} from '../account/account-state.ts';
import { addApplyNote } from '../account/apply-note.ts';
import { catchUp } from '../account/catch-up.ts';
import type { Session } from './session.ts';

/** `known` null: new to the state. `session` is opened only to read the tenant. */
export async function beginAccount(
  inputs: AccountInputs,
  known: AccountOutputs | null,
  { startedAt, session }: { startedAt: string; session: () => Promise<Session> },
): Promise<AccountOutputs> {
  const begun = { desired: inputs.desired, at: startedAt };
  // It may have been killed a moment ago, so that the tenant does not show yet what it wrote.
  if (known !== null) {
    // All three together: what the file lists beyond what was noted must not read as taken.
    const { restore, from: reached, attempted } = buildAccountChange(inputs, known);
    const noted = { ...known, restore, reached, asked: attempted ?? known.asked };
    return addApplyNote(noted, begun, new Date().toISOString());
  }
  const { evidence, restore, desired, lostBy } = inputs;
  const asFile = buildInitialOutputs(inputs);
  const isOnlyAdopted = !isChange(buildAccountChange(inputs, null));
  if (!isOnlyAdopted) return { ...asFile, restore, reached: await readReached(inputs, session), begun };
  const reviewed = { auditedOn: evidence.auditedOn, ...(lostBy === undefined ? {} : { lostBy }) };
  return { ...asFile, asked: desired, isSettled: true, wroteAt: null, ...reviewed };
}

/** What the tenant shows as taken after a state was lost: noted before this run's own writes could be mistaken for it. */
async function readReached(inputs: AccountInputs, session: () => Promise<Session>): Promise<AccountOutputs['reached']> {
  const change = buildAccountChange(inputs, null);
  const { context } = await session();
  const found = await context.look(change.account.id);
  return (found === null ? change : await catchUp(change, found, context)).from;
}
