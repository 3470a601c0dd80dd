// On which day this pipeline last took something from an account: what the limit of a week counts. Pure.
import type { Day } from '../../policy/evidence.ts';
import { hasRemovals } from '../../policy/files/removals.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import { type ApplyOutcome, listTakingSteps } from '../tenant/outcome.ts';
import type { AccountChange } from './account-change.ts';
import type { AccountInputs, AccountOutputs } from './account-state.ts';
import { buildUntakenState } from './taken-state.ts';

/** After a run; undefined: nothing was ever taken. What a killed run took counts from the day on which it began. */
export function findTakingDay(
  before: AccountOutputs | null,
  { restore, unsureSince }: Pick<AccountChange, 'restore' | 'unsureSince'>,
  { outcome, today }: { outcome: Pick<ApplyOutcome, 'done' | 'reached'>; today: Day },
): Day | undefined {
  const isTaken = hasRemovals(buildUntakenState(restore), outcome.reached);
  const days = [
    ...(before?.tookOn === undefined ? [] : [before.tookOn]),
    ...(isTaken && unsureSince ? [toDay(unsureSince)] : []),
    ...(listTakingSteps(outcome).length > 0 ? [today] : []),
  ];
  return days.sort().at(-1);
}

/** By account. What a run was killed at may have been taken when that run began. */
export function mapTakingDays(
  accounts: readonly { inputs: AccountInputs; outputs: AccountOutputs }[],
): ReadonlyMap<IdKey, Day> {
  return new Map(
    accounts.flatMap(({ inputs, outputs: { tookOn, begun, unsureSince } }) => {
      const times = [begun?.at, unsureSince].filter((time) => time !== undefined);
      const day = [...times.map(toDay), ...(tookOn === undefined ? [] : [tookOn])].sort().at(-1);
      return day === undefined ? [] : [[foldId(inputs.account.id), day] as const];
    }),
  );
}

function toDay(time: string): Day {
  return time.slice(0, 10);
}
