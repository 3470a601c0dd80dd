// Waits, for a bounded time, until Entra has taken or given what groups give: minutes after their members have changed, or hours.
import { isGivenBy, listGivenSkus, listGivers } from '../../policy/files/memberships.ts';
import { foldId } from '../../policy/identifiers.ts';
import type { RestorableGroup, RestorableLicense } from '../../policy/schemas/account.ts';
import { stayWords } from '../../policy/words/apply-words.ts';
import { describeHeldBackReason, formatList } from '../../policy/words/labels.ts';
import type { LiveUser } from '../tenant/live-account.ts';
import type { StayingLicense } from '../tenant/outcome.ts';
import { poll } from '../tenant/poll.ts';
import type { AccountRun, Telling } from './account-run.ts';
import type { ApplyContext } from './apply-context.ts';

/** A licence that cannot be given back, and why. */
export interface MissingLicense {
  skuPartNumber: string;
  because: string;
}

/** Those that the account is out of. */
export type OutsideGroups = ReadonlySet<RestorableGroup>;

/**
 * Part numbers that groups which were left still give; then the next run looks again, but for what another product needs: that
 * stays until somebody takes the other one.
 */
export async function* waitUntilTaken(run: AccountRun, left: readonly RestorableGroup[]): Telling<string[]> {
  const listGiving = ({ licenses, doubtfulLicenses }: Assignments) =>
    [...licenses, ...doubtfulLicenses].filter((license) => left.some(({ id }) => isGivenBy(license, id)));
  if (left.length === 0) return [];
  const listPending = (assignments: Assignments) => listGiving(assignments).filter(({ isNeeded }) => !isNeeded);
  const shown = await pollAssignments(run, (assignments) => listPending(assignments).length === 0);
  const heldBack = listGiving(shown)
    .filter(({ isNeeded }) => isNeeded)
    .map((license) => toNeeded(license, run));
  if (heldBack.length > 0) yield { heldBack };
  const kept = heldBack.map(({ skuPartNumber }) => skuPartNumber);
  const pending = listPending(shown);
  if (pending.length === 0) return kept;
  const groups = listGivers(pending, { groups: [...left] });
  const because = `Entra has not yet taken back what ${formatGroups(groups)} gave; the account is out of it, and the next run looks again`;
  yield { waits: [{ for: 'group-license', because }] };
  return [...kept, ...groups.flatMap(({ id }) => listGivenSkus(run.change.restore, id))];
}

function toNeeded({ skuId }: Assignments['licenses'][number], { change: { restore } }: AccountRun): StayingLicense {
  const known = restore.licenses.find((license) => foldId(license.skuId) === skuId);
  const because = `the account has left its group, and ${stayWords['needed-by-another']}`;
  return { skuPartNumber: known?.skuPartNumber ?? skuId, reason: 'needed-by-another', because };
}

interface Given {
  failed: MissingLicense[];
  notYetGiven: string[];
}

/** Waits for what the groups give back that this pipeline took the account out of. */
export async function* waitUntilGiven(
  run: AccountRun,
  outside: OutsideGroups,
  missing: readonly MissingLicense[],
): Telling<Given> {
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
  outside: OutsideGroups,
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
  const { signal, waits, patience, findWaitEnd: findEnd } = context;
  const onWait = (waitedMs: number) => context.onWait({ accountId: found.id, for: 'licenses', waitedMs });
  const timing = patience.isSpent ? { ...waits.licenses, atMostMs: 0 } : waits.licenses;
  const shown = await poll(look, isShown, timing, { signal, onWait, findEnd });
  if (shown === null) patience.isSpent = true;
  return last;
}

function describeGroupWait(pending: readonly RestorableLicense[], { change: { restore } }: AccountRun): string {
  return `the account is in ${formatGroups(listGivers(pending, restore))} again, and Entra has not yet given back ${formatList(pending.map(({ skuPartNumber }) => skuPartNumber))}; the next run looks again`;
}

function formatGroups(groups: readonly RestorableGroup[]): string {
  return formatList(groups.map(({ displayName }) => `the group ${displayName}`));
}
