// What a run notes in the state about an account before it changes it, and what the next run makes of a note that is left:
// the engine keeps nothing of a step before the run ends (decision 27). Pure.
import type { DesiredState } from '../../policy/schemas/account.ts';
import { type AccountChange, isSameState } from './account-change.ts';
import type { AccountOutputs } from './account-state.ts';

export interface ApplyNote {
  desired: DesiredState;
  /** When that run began, ISO 8601. */
  at: string;
}

/** The account as a run is about to change it. An earlier note is a killed run's, and is kept as such. */
export function addApplyNote(before: AccountOutputs, begun: ApplyNote, now: string): AccountOutputs {
  return { ...resolveApplyNote(before, now), begun };
}

/**
 * Without a killed run's note: what that run set out to do may have happened wholly, in part or not at all. `wroteAt`: when
 * it may have written last.
 */
export function resolveApplyNote(outputs: AccountOutputs, wroteAt = outputs.begun?.at): AccountOutputs {
  const { begun, ...rest } = outputs;
  if (begun === undefined || wroteAt === undefined) return outputs;
  const { asked, isSettled, unsureSince = begun.at } = rest;
  // Two runs were killed, one after the other.
  const attempted =
    isSettled || isSameState(asked, begun.desired) ? begun.desired : intersectStates(asked, begun.desired);
  return { ...rest, asked: attempted, isSettled: false, wroteAt, unsureSince };
}

/** The note of this run itself says nothing about an earlier one. */
export function removeApplyNote({ begun: _, ...outputs }: AccountOutputs): AccountOutputs {
  return outputs;
}

/**
 * The goal that the state keeps of a run that has begun. While it is not known what a killed run took, a run that ends halfway
 * keeps that run's goal, too: else nobody would give back what it took and this one did not come to.
 */
export function buildAskedState(
  desired: DesiredState,
  { attempted, unsureSince }: Pick<AccountChange, 'attempted' | 'unsureSince'>,
  isDone: boolean,
): DesiredState {
  return isDone || !unsureSince || attempted === null ? desired : intersectStates(attempted, desired);
}

function intersectStates(a: DesiredState, b: DesiredState): DesiredState {
  return {
    accountEnabled: a.accountEnabled && b.accountEnabled,
    mailbox: a.mailbox === 'shared' ? a.mailbox : b.mailbox,
    licenses: a.licenses.filter((sku) => b.licenses.includes(sku)),
    ...intersectGroups(a.groups, b.groups),
  };
}

/** Absent: the account is in all of them. */
function intersectGroups(a: DesiredState['groups'], b: DesiredState['groups']): Pick<DesiredState, 'groups'> {
  const groups = a && b ? a.filter((group) => b.includes(group)) : (a ?? b);
  return groups === undefined ? {} : { groups };
}
