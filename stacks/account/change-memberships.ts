// Takes the account out of the groups whose licences go, and puts it back into those that this pipeline took it out of. Entra
// takes and gives the licences some time later, minutes to hours: gone is what the tenant shows gone.
import { buildStayingGroups, listGivenSkus, listLeftGroups } from '../../policy/files/memberships.ts';
import type { GroupId } from '../../policy/identifiers.ts';
import { findNamedGroup, type GroupObstacle, listGroupObstacles } from '../../policy/licenses/license-groups.ts';
import type { RestorableGroup } from '../../policy/schemas/account.ts';
import { describeGroupObstacle } from '../../policy/words/describe-group.ts';
import { type StayingLicense, toFailure } from '../tenant/outcome.ts';
import { WriteRefusal } from '../tenant/write-errors.ts';
import type { AccountRun, Telling } from './account-run.ts';
import type { ApplyContext } from './apply-context.ts';
import { type MissingLicense, type OutsideGroups, waitUntilGiven, waitUntilTaken } from './group-license-waits.ts';

/** What of the memberships is not yet as the file asks, by part number. */
export interface OpenMemberships {
  /** Of groups that Entra did not let the account leave. */
  kept: readonly string[];
  /** Still shown, although the account has left the group. */
  stillGiven: readonly string[];
  notGiven: readonly MissingLicense[];
  /** Not shown yet, although the account is in the group again. */
  notYetGiven: readonly string[];
}

/** What stands against changing its members, as the group is now; `isNamed`: policy.yaml still names it. */
export async function findGroupObstacles(
  id: GroupId,
  { reader, guard: { policy } }: Pick<ApplyContext, 'reader' | 'guard'>,
): Promise<{ isNamed: boolean; obstacles: readonly GroupObstacle[] }> {
  const group = await reader.readMemberGroup(id);
  const named = findNamedGroup(policy, group);
  return { isNamed: named !== null, obstacles: listGroupObstacles(group, named) };
}

/** `leave`: those of `remaining.leave` that no licence holds. */
export async function* changeMemberships(run: AccountRun, leave: readonly RestorableGroup[]): Telling<OpenMemberships> {
  const { from, to, restore } = run.change;
  const outside = new Set(listLeftGroups(from, restore));
  yield* leaveGroups(run, leave, outside);
  const missing = yield* joinGroups(run, outside);
  const toLeave = listLeftGroups(to, restore);
  const stillGiven = yield* waitUntilTaken(
    run,
    toLeave.filter((group) => outside.has(group)),
  );
  const { failed, notYetGiven } = yield* waitUntilGiven(run, outside, missing);
  const kept = toLeave.filter((group) => !outside.has(group)).flatMap(({ id }) => listGivenSkus(restore, id));
  return { kept, stillGiven, notGiven: [...missing, ...failed], notYetGiven };
}

/** `outside`: the groups that the account is out of; each that is left is added. */
async function* leaveGroups(
  { change: { restore }, context, found }: AccountRun,
  leave: readonly RestorableGroup[],
  outside: Set<RestorableGroup>,
): Telling<void> {
  for (const group of leave) {
    try {
      const receipt = await context.writer.removeGroupMember(group, found.id);
      outside.add(group);
      const removed = listGivenSkus(restore, group.id);
      const done = receipt && { step: 'group-left' as const, ...receipt, group: group.displayName, removed };
      yield { reached: toReached(outside, restore), ...(done ? { done: [done], wroteAt: done.at } : {}) };
    } catch (error) {
      if (!(error instanceof WriteRefusal)) throw error;
      // What is missing is granted and the apply run again; what a group has become is for the next audit.
      if (error.code === 'group-forbidden') yield { failure: toFailure(error) };
      else yield { heldBack: listGivenSkus(restore, group.id).map((sku) => toStaying(sku, group, error)) };
    }
  }
}

function toStaying(skuPartNumber: string, { displayName }: RestorableGroup, { message }: WriteRefusal): StayingLicense {
  return { skuPartNumber, reason: 'refused', because: `comes from the group ${displayName}: ${message}` };
}

/** Returns what the groups that cannot be joined would have given. */
async function* joinGroups(
  { change: { restore }, context, found, remaining }: AccountRun,
  outside: Set<RestorableGroup>,
): Telling<MissingLicense[]> {
  const missing: MissingLicense[] = [];
  for (const group of remaining.join) {
    const because = yield* joinGroup(group, { context, found });
    if (because === null) outside.delete(group);
    else missing.push(...listGivenSkus(restore, group.id).map((skuPartNumber) => ({ skuPartNumber, because })));
    yield { reached: toReached(outside, restore) };
  }
  return missing;
}

/** null: the account is in it; otherwise why not. */
async function* joinGroup(
  group: RestorableGroup,
  { context, found }: Pick<AccountRun, 'context' | 'found'>,
): Telling<string | null> {
  const [obstacle] = (await findGroupObstacles(group.id, context)).obstacles;
  if (obstacle !== undefined) return `the group ${group.displayName} ${describeGroupObstacle(obstacle)}`;
  try {
    const receipt = await context.writer.addGroupMember(group, found.id);
    const done = receipt && { step: 'group-joined' as const, ...receipt, group: group.displayName };
    if (done) yield { done: [done], wroteAt: done.at };
    return null;
  } catch (error) {
    if (error instanceof WriteRefusal) return `the group ${group.displayName}: ${error.message}`;
    throw error;
  }
}

function toReached(outside: OutsideGroups, restore: AccountRun['change']['restore']) {
  return { groups: buildStayingGroups([...outside], restore).groups };
}
