// The calls of assignLicense for one account: one for all. What Microsoft refuses for one licence's sake is left out, and the others go
// in the next call; where its words do not tell which one that is, they go one by one.
import { RequestFailed } from '../../graph/failure.ts';
import type { RestorableLicense } from '../../policy/schemas/account.ts';
import { findBlamed, isNone, type OpenLicenses, without } from './blamed-license.ts';
import { RefusedWrite, type RefusedWriteCode } from './refused-write.ts';
import { findLeft, lookUntil, notSeen, untilShown } from './shown-licenses.ts';
import { findCarriedBy, type Subscriptions } from './subscriptions.ts';
import { enter, type Work } from './work.ts';

type Refusal = RefusedWrite | RequestFailed;

/** What Microsoft did not take or give, though the rest was. */
export interface RefusedLicense {
  license: RestorableLicense;
  isGiven: boolean;
  refusal: Refusal;
}

interface Calls {
  work: Work;
  subscriptions: Subscriptions;
  /** What the tenant has to show in the end. */
  sent: OpenLicenses;
  refused: RefusedLicense[];
}

/**
 * Ends once the tenant shows all that was not refused. Killed in between, the next run reads what is left. For n licences it makes at
 * most n (n + 3) / 2 calls. Throws what holds for the account and not for one of its licences.
 */
export async function orderLicenses(
  work: Work,
  wanted: OpenLicenses,
  subscriptions: Subscriptions,
): Promise<RefusedLicense[]> {
  const calls: Calls = { work, subscriptions, sent: nothing, refused: [] };
  for (let open = wanted; !isNone(open); ) {
    const refusal = await call(calls, open);
    const rest = refusal === null ? nothing : await narrowDown(calls, open, refusal);
    if (rest === null) await callOneByOne(calls, open);
    open = rest ?? nothing;
  }
  if (!isNone(calls.sent)) await untilShown(work, (held) => isNone(findLeft(calls.sent, held)));
  return calls.refused;
}

const nothing: OpenLicenses = { remove: [], give: [] };

/** null: it went through. */
async function call(calls: Calls, open: OpenLicenses): Promise<Refusal | null> {
  const { work, subscriptions } = calls;
  const order = {
    addLicenses: open.give.map((license) => addable(license, subscriptions)),
    removeLicenses: open.remove.map(({ skuId }) => skuId),
  };
  try {
    const receipt = await work.context.writer.assignLicense(work.found.id, order, subscriptions);
    enter(work, 'licenses-changed', receipt, named(open, subscriptions));
    calls.sent = together(calls.sent, open);
    return null;
  } catch (error) {
    if (error instanceof RefusedWrite && !ofAccount.includes(error.code)) return error;
    if (error instanceof RequestFailed && error.status === 409) return error;
    throw error;
  }
}

/** Refused for the account's sake; and nobody gets half of what they had for want of seats. */
const ofAccount: readonly RefusedWriteCode[] = [
  'no-seats',
  'no-usage-location',
  'on-premises-owned',
  'account-privileged',
  'account-gone',
];

/** A plan that the product has lost since cannot be switched off in it: Microsoft would refuse the licence. */
function addable({ skuId, disabledPlans }: RestorableLicense, subscriptions: Subscriptions) {
  const plans = subscriptions.get(skuId.toLowerCase())?.plans;
  return { skuId, disabledPlans: disabledPlans.filter((plan) => plans?.has(plan.toLowerCase()) ?? true) };
}

function named({ remove, give }: OpenLicenses, subscriptions: Subscriptions) {
  const names = (licenses: readonly RestorableLicense[]) =>
    licenses.map(({ skuPartNumber }) => skuPartNumber);
  const phones = remove.filter((license) => findCarriedBy(license, subscriptions)?.phone === true);
  return {
    removed: names(remove),
    given: names(give),
    ...(phones.length > 0 ? { phones: names(phones) } : {}),
  };
}

/** What to order next; null: nobody can tell for which licence's sake it was refused. */
async function narrowDown(calls: Calls, open: OpenLicenses, refusal: Refusal): Promise<OpenLicenses | null> {
  if (refusal.code === 'licence-not-held') return waitForLess(calls, open);
  const blamed = await findLeftOut(calls, open, refusal);
  if (isNone(blamed) && each(open).length > 1) return null;
  const left = isNone(blamed) ? open : blamed;
  calls.refused.push(...each(left).map((one) => ({ ...one, refusal })));
  return without(open, left);
}

/**
 * A run that was killed right after its call sees the licences for some minutes more, and hears that they are not held. Then it waits
 * until the tenant shows something else.
 */
async function waitForLess({ work }: Calls, open: OpenLicenses): Promise<OpenLicenses | null> {
  const left = (rest: OpenLicenses) => each(rest).length;
  const wait = work.context.waits.licences;
  const held = await lookUntil(work, (now) => left(findLeft(open, now)) < left(open), wait);
  if (held === null && left(open) === 1) throw notSeen(work);
  return held && findLeft(open, held);
}

async function findLeftOut(calls: Calls, open: OpenLicenses, refusal: Refusal): Promise<OpenLicenses> {
  if (!(refusal instanceof RefusedWrite)) return nothing;
  if (refusal.code !== 'licence-inherited') return findBlamed(refusal, open, calls.subscriptions);
  // Its words name nothing; the account itself tells what has come from a group since.
  const { context, found } = calls.work;
  const rest = findLeft(open, (await context.reader.licenses(found.id)) ?? []);
  return { remove: without(open, rest).remove, give: [] };
}

/** Again while something goes through, because what depends on each other does not go in just any order. */
async function callOneByOne(calls: Calls, open: OpenLicenses): Promise<void> {
  let waiting = each(open);
  let refused: RefusedLicense[] = [];
  do {
    refused = await callEach(calls, waiting);
    if (refused.length === waiting.length) break;
    waiting = refused;
  } while (waiting.length > 0);
  const isGone = ({ refusal }: RefusedLicense) => refusal.code === 'licence-not-held';
  calls.refused.push(...refused.filter((one) => !isGone(one)));
  // It is not held any more and may show for some time yet, which the end of the order waits for.
  const remove = refused.filter(isGone).map(({ license }) => license);
  calls.sent = together(calls.sent, { remove, give: [] });
}

async function callEach(calls: Calls, waiting: readonly OneLicense[]): Promise<RefusedLicense[]> {
  const refused: RefusedLicense[] = [];
  for (const { license, isGiven } of waiting) {
    const open = isGiven ? { remove: [], give: [license] } : { remove: [license], give: [] };
    const refusal = await call(calls, open);
    if (refusal !== null) refused.push({ license, isGiven, refusal });
  }
  return refused;
}

type OneLicense = Omit<RefusedLicense, 'refusal'>;

function each({ remove, give }: OpenLicenses): OneLicense[] {
  return [
    ...remove.map((license) => ({ license, isGiven: false })),
    ...give.map((license) => ({ license, isGiven: true })),
  ];
}

function together(a: OpenLicenses, b: OpenLicenses): OpenLicenses {
  return { remove: [...a.remove, ...b.remove], give: [...a.give, ...b.give] };
}
