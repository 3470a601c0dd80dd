// Takes the account out of the groups whose licences go, and puts it back into those that this pipeline took it out of. Entra
// takes and gives the licences some time later, minutes to hours: gone is what the tenant shows gone.
import { buildStayingGroups, listGivenSkus, listLeftGroups } from '../../policy/files/memberships.ts';
import { foldId, type GroupId } from '../../policy/identifiers.ts';
import { findNamedGroup, type GroupObstacle, listGroupObstacles } from '../../policy/licenses/license-groups.ts';
import type { RestorableGroup, RestorableLicense } from '../../policy/schemas/account.ts';
import { describeGroupObstacle } from '../../policy/words/describe-group.ts';
import { describeHeldBackReason, formatList } from '../../policy/words/labels.ts';
import type { LiveUser } from '../tenant/live-account.ts';
import { type StayingLicense, toFailure } from '../tenant/outcome.ts';
import { poll } from '../tenant/poll.ts';
import { WriteRefusal } from '../tenant/write-errors.ts';
import type { AccountRun, Telling } from './account-run.ts';
import type { ApplyContext } from './apply-context.ts';

/** A licence that cannot be given back, and why. */
export interface MissingLicense {
  skuPartNumber: string;
  because: string;
}

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

type Groups = ReadonlySet<RestorableGroup>;

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

function toReached(outside: Groups, restore: AccountRun['change']['restore']) {
  return { groups: buildStayingGroups([...outside], restore).groups };
}

/** Part numbers that groups which were left still give; then the next run looks again. */
async function* waitUntilTaken(run: AccountRun, left: readonly RestorableGroup[]): Telling<string[]> {
  const ids = new Map(left.map((group) => [foldId(group.id), group]));
  const listGiving = ({ licenses, doubtfulLicenses }: Assignments) =>
    [...licenses, ...doubtfulLicenses].filter(({ assignedByGroup }) => ids.has(foldId(assignedByGroup ?? '')));
  if (left.length === 0) return [];
  const shown = await pollAssignments(run, (assignments) => listGiving(assignments).length === 0);
  const giving = listGiving(shown);
  if (giving.length === 0) return [];
  const groups = new Set(giving.flatMap(({ assignedByGroup }) => ids.get(foldId(assignedByGroup ?? '')) ?? []));
  const because = `Entra has not yet taken back what ${formatGroups([...groups])} gave; the account is out of it, and the next run looks again`;
  yield { waits: [{ for: 'group-license', because }] };
  return [...groups].flatMap(({ id }) => listGivenSkus(run.change.restore, id));
}

interface Given {
  failed: MissingLicense[];
  notYetGiven: string[];
}

/** Waits for what the groups give back that this pipeline took the account out of. */
async function* waitUntilGiven(run: AccountRun, outside: Groups, missing: readonly MissingLicense[]): Telling<Given> {
  const awaited = listAwaited(run, outside, missing);
  if (awaited.length === 0) return { failed: [], notYetGiven: [] };
  const gone = await listNotGivenAnyMore(awaited, run.context);
  const open = awaited.filter((license) => !gone.has(license));
  const isHeld = (license: RestorableLicense, { licenses }: Assignments) =>
    licenses.some(({ skuId }) => skuId === foldId(license.skuId));
  const isDecided = (license: RestorableLicense, assignments: Assignments) =>
    isHeld(license, assignments) || findError(license, assignments) !== null;
  const shown = await pollAssignments(run, (assignments) => open.every((license) => isDecided(license, assignments)));
  const failed = open.flatMap((license) => {
    const error = isHeld(license, shown) ? null : findError(license, shown);
    return error === null ? [] : [{ skuPartNumber: license.skuPartNumber, because: error }];
  });
  const pending = open.filter((license) => !isDecided(license, shown));
  if (pending.length > 0) yield { waits: [{ for: 'group-license', because: describeGroupWait(pending, run) }] };
  return {
    failed: [...[...gone].map(([{ skuPartNumber }, because]) => ({ skuPartNumber, because })), ...failed],
    notYetGiven: pending.map(({ skuPartNumber }) => skuPartNumber),
  };
}

/** Of what this pipeline took by leaving a group: what is to be there again, and whose group the account is in. */
function listAwaited(
  { change: { from, to, attempted, restore } }: AccountRun,
  outside: Groups,
  missing: readonly MissingLicense[],
): RestorableLicense[] {
  const inside = new Set(restore.groups?.filter((group) => !outside.has(group)).map(({ id }) => foldId(id)));
  const wasTaken = (sku: string) => [from, attempted].some((state) => state !== null && !state.licenses.includes(sku));
  return restore.licenses.filter(
    ({ skuPartNumber, assignedByGroup }) =>
      assignedByGroup !== null &&
      inside.has(foldId(assignedByGroup)) &&
      to.licenses.includes(skuPartNumber) &&
      wasTaken(skuPartNumber) &&
      !missing.some((each) => each.skuPartNumber === skuPartNumber),
  );
}

/** A group may have been given other licences since. */
async function listNotGivenAnyMore(
  awaited: readonly RestorableLicense[],
  { reader }: Pick<ApplyContext, 'reader'>,
): Promise<Map<RestorableLicense, string>> {
  const gone = new Map<RestorableLicense, string>();
  for (const license of awaited) {
    const { gives, displayName, id } = await reader.readMemberGroup(license.assignedByGroup ?? '');
    if (gives !== null && !gives.has(foldId(license.skuId)))
      gone.set(license, `the group ${displayName ?? id} does not give it any more`);
  }
  return gone;
}

type Assignments = Pick<LiveUser, 'licenses' | 'doubtfulLicenses'>;

/** Entra notes a failure on the account and tells nobody: no seat, another plan that excludes it. */
function findError(license: RestorableLicense, { doubtfulLicenses }: Assignments): string | null {
  const failed = doubtfulLicenses.find(
    ({ skuId, assignedByGroup, doubt }) =>
      skuId === foldId(license.skuId) && assignedByGroup !== null && doubt === 'in-error',
  );
  return failed === undefined ? null : describeHeldBackReason('in-error', failed.error);
}

/** As they are when `isShown` holds, or when the time is up. */
async function pollAssignments(
  { context, found }: AccountRun,
  isShown: (assignments: Assignments) => boolean,
): Promise<Assignments> {
  let last: Assignments = { licenses: [], doubtfulLicenses: [] };
  const look = async () => {
    last = (await context.reader.readAssignments(found.id)) ?? last;
    return last;
  };
  const { signal, waits } = context;
  const onWait = (waitedMs: number) => context.onWait({ accountId: found.id, for: 'licenses', waitedMs });
  await poll(look, isShown, waits.licenses, { signal, onWait });
  return last;
}

function describeGroupWait(pending: readonly RestorableLicense[], { change: { restore } }: AccountRun): string {
  const ids = new Set(pending.map(({ assignedByGroup }) => foldId(assignedByGroup ?? '')));
  const groups = restore.groups?.filter(({ id }) => ids.has(foldId(id))) ?? [];
  return `the account is in ${formatGroups(groups)} again, and Entra has not yet given back ${formatList(pending.map(({ skuPartNumber }) => skuPartNumber))}; the next run looks again`;
}

function formatGroups(groups: readonly RestorableGroup[]): string {
  return formatList(groups.map(({ displayName }) => `the group ${displayName}`));
}
