// Waits for a change of licences to show.
import { DormantError } from '../../policy/errors.ts';
import { foldId } from '../../policy/identifiers.ts';
import type { Assignment } from '../tenant/live-account.ts';
import { type PollTiming, poll } from '../tenant/poll.ts';
import type { AccountRun } from './account-run.ts';
import type { OpenLicenses } from './blamed-license.ts';

type IsShown = (assignments: readonly Assignment[]) => boolean;

/** Microsoft shows a change of licences after two to five minutes. Throws `not-seen`. */
export async function waitUntilLicensesShown(run: AccountRun, isShown: IsShown): Promise<readonly Assignment[]> {
  const assignments = await pollLicenses(run, isShown, run.context.waits.licenses);
  if (assignments === null) throw buildLicensesNotSeenError(run);
  return assignments;
}

/** null: the time is up. */
export function pollLicenses(
  { context, found }: AccountRun,
  isShown: IsShown,
  wait: PollTiming,
): Promise<readonly Assignment[] | null> {
  return poll(async () => (await context.reader.readLicenses(found.id)) ?? [], isShown, wait, {
    signal: context.signal,
    findEnd: context.findWaitEnd,
    onWait: (waitedMs) => context.onWait({ accountId: found.id, for: 'licenses', waitedMs }),
  });
}

/** What the tenant does not show yet. */
export function findOpenLicenses({ remove, give }: OpenLicenses, assignments: readonly Assignment[]): OpenLicenses {
  const direct = new Set(
    assignments.flatMap(({ skuId, assignedByGroup }) => (assignedByGroup === null ? [skuId] : [])),
  );
  const any = new Set(assignments.map(({ skuId }) => skuId));
  return {
    remove: remove.filter(({ skuId }) => direct.has(foldId(skuId))),
    give: give.filter(({ skuId }) => !any.has(foldId(skuId))),
  };
}

export function buildLicensesNotSeenError({ context, found }: AccountRun): DormantError {
  const minutes = Math.ceil(context.waits.licenses.atMostMs / 60_000);
  return new DormantError('not-seen', `The tenant does not show the change of licences after ${minutes} minutes.`, {
    where: found.userPrincipalName,
    remedy: 'Run the apply again; it continues from there.',
  });
}
