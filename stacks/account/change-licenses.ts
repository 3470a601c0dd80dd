// The licences' step: removes what was reviewed and gives back what was taken, in one call, read until it shows.
import type { Subscriptions } from '../../graph/subscriptions.ts';
import { DormantError } from '../../policy/errors.ts';
import { foldId } from '../../policy/identifiers.ts';
import type { RestorableLicense } from '../../policy/schemas/account.ts';
import { stayWords } from '../../policy/words/apply-words.ts';
import { formatList } from '../../policy/words/labels.ts';
import { type ApplyOutcome, type StayingLicense, toFailure } from '../tenant/outcome.ts';
import { WriteRefusal } from '../tenant/write-errors.ts';
import { hasSameLicenses } from './account-change.ts';
import type { AccountRun, ApplyStep, Telling } from './account-run.ts';
import { hasNoOpenLicenses, type OpenLicenses } from './blamed-license.ts';
import { changeMemberships, type OpenMemberships } from './change-memberships.ts';
import type { MissingLicense } from './group-license-waits.ts';
import { orderLicenses, type RefusedLicense } from './license-calls.ts';
import { findOpenLicenses, pollLicenses } from './poll-licenses.ts';
import { isRecentlyWritten } from './replication-delay.ts';
import { requireSeats } from './seats.ts';
import {
  listDirectAnew,
  listDoubtfulLicenses,
  listInheritedLicenses,
  listStayingLicenses,
  selectGroupsToLeave,
} from './staying-licenses.ts';

export const changeLicenses: ApplyStep = async function* (run) {
  const { change, context, remaining } = run;
  if (hasNothingToChange(run)) return;
  const subscriptions = await context.reader.readSubscriptions();
  const stays = await listStayingLicenses(run, subscriptions);
  yield { heldBack: [...stays, ...(await listUntouchedLicenses(run, subscriptions))] };
  const remove = remaining.remove.filter((license) => !isAmong(stays, license));
  const { give, unlisted } = await findGivableLicenses(run, subscriptions);
  const first = yield* orderLicenses(run, { remove, give }, subscriptions);
  requireProgress(first, { remove, give });
  const open = yield* changeMemberships(run, selectGroupsToLeave(run, stays));
  const refused = yield* orderFreedLicenses(run, first, open, subscriptions);
  const notTaken = listNotTaken(refused);
  const notGiven = [...unlisted, ...listNotGiven(refused), ...open.notGiven];
  const kept = [...stays, ...notTaken].map(({ skuPartNumber }) => skuPartNumber);
  const after = new Set([...change.to.licenses, ...kept, ...open.kept, ...open.stillGiven]);
  const ungiven = [...notGiven.map(({ skuPartNumber }) => skuPartNumber), ...open.notYetGiven];
  const licenses = [...after].filter((skuPartNumber) => !ungiven.includes(skuPartNumber));
  yield { heldBack: notTaken, failure: findFailure(notGiven, run), reached: { licenses }, ungiven };
};

/** What a product needed that a group gave can be taken once the group has been left. Returns what is refused still. */
async function* orderFreedLicenses(
  run: AccountRun,
  refused: readonly RefusedLicense[],
  { stillGiven }: OpenMemberships,
  subscriptions: Subscriptions,
): Telling<readonly RefusedLicense[]> {
  const isFreed = ({ isGiven, refusal }: RefusedLicense) =>
    !isGiven && refusal instanceof WriteRefusal && refusal.code === 'plan-dependency';
  const freed = refused.filter(isFreed).map(({ license }) => license);
  if (freed.length === 0 || stillGiven.length > 0 || run.remaining.leave.length === 0) return refused;
  const again = yield* orderLicenses(run, { remove: freed, give: [] }, subscriptions);
  return [...refused.filter((each) => !isFreed(each)), ...again];
}

/** Only gives; `changeLicenses` comes later. Returns why not all was given; null: it was. */
export async function* giveLicenses(run: AccountRun): Telling<ApplyOutcome['failure']> {
  const subscriptions = await run.context.reader.readSubscriptions();
  const { give, unlisted } = await findGivableLicenses(run, subscriptions);
  const refused = yield* orderLicenses(run, { remove: [], give }, subscriptions);
  requireProgress(refused, { remove: [], give });
  return findFailure([...unlisted, ...listNotGiven(refused)], run);
}

/** Even if somebody else made the change already, the groups' licences have to be reported. */
function hasNothingToChange({ remaining, change: { from, to } }: AccountRun): boolean {
  const { remove, give, leave, join } = remaining;
  return remove.length + give.length + leave.length + join.length === 0 && hasSameLicenses(from, to);
}

/** What the account keeps whatever was reviewed; reported where its licences are to go. */
async function listUntouchedLicenses(run: AccountRun, subscriptions: Subscriptions): Promise<StayingLicense[]> {
  const { restore, to } = run.change;
  const isTaking = restore.licenses.some(({ skuPartNumber }) => !to.licenses.includes(skuPartNumber));
  return isTaking
    ? [
        ...(await listInheritedLicenses(run, subscriptions)),
        ...listDirectAnew(run, subscriptions),
        ...listDoubtfulLicenses(run, subscriptions),
      ]
    : [];
}

interface Givable {
  give: OpenLicenses['give'];
  unlisted: MissingLicense[];
}

/** What groups will give, which takes seats as well. */
function listJoining({ remaining: { join }, change: { restore }, found }: AccountRun): RestorableLicense[] {
  const joined = new Set(join.map(({ id }) => foldId(id)));
  const held = new Set(found.licenses.map(({ skuId }) => skuId));
  return restore.licenses.filter(
    ({ assignedByGroup, skuId }) =>
      assignedByGroup !== null && joined.has(foldId(assignedByGroup)) && !held.has(foldId(skuId)),
  );
}

/** What can be given, with seats for all of it. A run killed after its call may have given it, and holds the seats. */
async function findGivableLicenses(run: AccountRun, subscriptions: Subscriptions): Promise<Givable> {
  const { remaining, found, change, context } = run;
  const isListed = ({ skuId }: RestorableLicense) => subscriptions.has(foldId(skuId));
  const give = remaining.give.filter(isListed);
  const unlisted = remaining.give
    .filter((license) => !isListed(license))
    .map(({ skuPartNumber }) => ({ skuPartNumber, because: stayWords['product-unknown'] }));
  try {
    requireSeats(give, found, subscriptions, listJoining(run));
    return { give, unlisted };
  } catch (error) {
    if (change.attempted === null || !isRecentlyWritten(change, context.now())) throw error;
    const isShown = (assignments: Parameters<typeof findOpenLicenses>[1]) =>
      hasNoOpenLicenses(findOpenLicenses({ remove: [], give }, assignments));
    const shown = await pollLicenses(run, isShown, context.waits.directory);
    if (shown === null) throw error;
    return { give: [], unlisted };
  }
}

function listNotGiven(refused: readonly RefusedLicense[]): MissingLicense[] {
  return refused.flatMap(({ license: { skuPartNumber }, isGiven, refusal }) =>
    isGiven && refusal instanceof WriteRefusal ? [{ skuPartNumber, because: refusal.message }] : [],
  );
}

function listNotTaken(refused: readonly RefusedLicense[]): StayingLicense[] {
  return refused.flatMap(({ license: { skuPartNumber }, isGiven, refusal }) =>
    isGiven || !(refusal instanceof WriteRefusal) ? [] : [{ skuPartNumber, ...explainRefusal(refusal) }],
  );
}

function explainRefusal({ code, wording, message }: WriteRefusal): Omit<StayingLicense, 'skuPartNumber'> {
  const quoteMicrosoft = (words: string) => (wording === '' ? words : `${words} (Microsoft: ${wording})`);
  if (code === 'license-inherited')
    return { reason: 'inherited-from-group', because: quoteMicrosoft('now comes from a group') };
  if (code === 'plan-dependency')
    return { reason: 'needed-by-another', because: quoteMicrosoft(stayWords['needed-by-another']) };
  return { reason: 'refused', because: wording === '' ? message : quoteMicrosoft(stayWords.refused) };
}

/**
 * Something else kept changing the account, or all was refused with unknown messages, which are about the account or the
 * moment rather than a licence: a failure, so that the next run continues.
 */
function requireProgress(refused: readonly RefusedLicense[], { remove, give }: OpenLicenses): void {
  const busy = refused.find(({ refusal }) => !(refusal instanceof WriteRefusal));
  if (busy) throw busy.refusal;
  const isUnknown = refused.every(({ refusal }) => refusal.code === 'write-refused');
  const [first] = refused;
  if (first && remove.length > 0 && isUnknown && refused.length === remove.length + give.length) throw first.refusal;
}

/** null: all was given. A failure, so that the next run tries again; the rest is given back. */
function findFailure(notGiven: readonly MissingLicense[], { found }: AccountRun): ApplyOutcome['failure'] {
  if (notGiven.length === 0) return null;
  const list = notGiven.map(({ skuPartNumber, because }) => `${skuPartNumber} (${because.replace(/\.$/, '')})`);
  const error = new DormantError('licence-not-given', `Not given back: ${formatList(list)}.`, {
    where: found.userPrincipalName,
    remedy: 'Fix what Microsoft names and run the apply again, or assign a replacement by hand.',
  });
  return toFailure(error);
}

function isAmong(
  licenses: readonly Pick<StayingLicense, 'skuPartNumber'>[],
  { skuPartNumber }: Pick<StayingLicense, 'skuPartNumber'>,
): boolean {
  return licenses.some((license) => license.skuPartNumber === skuPartNumber);
}
