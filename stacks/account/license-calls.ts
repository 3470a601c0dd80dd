// The calls of assignLicense for one account: first one for all. A licence that Microsoft refuses is left out, and the rest
// goes into the next call; if the message does not name it, they go one by one.
import { RequestFailed } from '../../graph/request-failed.ts';
import type { Subscriptions } from '../../graph/subscriptions.ts';
import { foldId } from '../../policy/identifiers.ts';
import type { RestorableLicense } from '../../policy/schemas/account.ts';
import { findCarriedServices } from '../tenant/subscriptions.ts';
import { WriteRefusal, type WriteRefusalCode } from '../tenant/write-errors.ts';
import type { AccountRun, Telling } from './account-run.ts';
import { findBlamedLicenses, hasNoOpenLicenses, type OpenLicenses, subtractLicenses } from './blamed-license.ts';
import { buildLicensesNotSeenError, findOpenLicenses, pollLicenses, waitUntilLicensesShown } from './poll-licenses.ts';

type Refusal = WriteRefusal | RequestFailed;

/** What Microsoft did not take or give, while the rest was. */
export interface RefusedLicense {
  license: RestorableLicense;
  isGiven: boolean;
  refusal: Refusal;
}

interface Calls {
  run: AccountRun;
  subscriptions: Subscriptions;
  /** What the tenant must show in the end. */
  sent: OpenLicenses;
  refused: RefusedLicense[];
}

/**
 * Ends once the tenant shows all that was not refused. If it is killed, the next run reads what is left. For n licences it
 * makes at most n (n + 3) / 2 calls. Throws what is about the account rather than one licence.
 */
export async function* orderLicenses(
  run: AccountRun,
  wanted: OpenLicenses,
  subscriptions: Subscriptions,
): Telling<RefusedLicense[]> {
  const calls: Calls = { run, subscriptions, sent: noLicenses, refused: [] };
  for (let open = wanted; !hasNoOpenLicenses(open); ) {
    const refusal = yield* callAssignLicense(calls, open);
    const rest = refusal === null ? noLicenses : await narrowDown(calls, open, refusal);
    if (rest === null) yield* callOneByOne(calls, open);
    open = rest ?? noLicenses;
  }
  if (!hasNoOpenLicenses(calls.sent))
    await waitUntilLicensesShown(run, (assignments) => hasNoOpenLicenses(findOpenLicenses(calls.sent, assignments)));
  return calls.refused;
}

const noLicenses: OpenLicenses = { remove: [], give: [] };

/** null: success. */
async function* callAssignLicense(calls: Calls, open: OpenLicenses): Telling<Refusal | null> {
  const { run, subscriptions } = calls;
  const order = {
    addLicenses: open.give.map((license) => toAddableLicense(license, subscriptions)),
    removeLicenses: open.remove.map(({ skuId }) => skuId),
  };
  try {
    const receipt = await run.context.writer.assignLicense(run.found.id, order, subscriptions);
    const step = { step: 'licenses-changed' as const, ...receipt, ...nameChanges(open, subscriptions) };
    yield { done: [step], wroteAt: receipt.at };
    calls.sent = mergeLicenses(calls.sent, open);
    return null;
  } catch (error) {
    if (error instanceof WriteRefusal && !accountCodes.includes(error.code)) return error;
    if (error instanceof RequestFailed && error.status === 409) return error;
    throw error;
  }
}

/** Refusals about the account; and for want of seats nobody gets half of what they had. */
const accountCodes: readonly WriteRefusalCode[] = [
  'no-seats',
  'no-usage-location',
  'on-premises-owned',
  'account-privileged',
  'account-gone',
];

/** A plan that the product no longer has cannot be disabled in it: Microsoft would refuse the licence. */
function toAddableLicense({ skuId, disabledPlans }: RestorableLicense, subscriptions: Subscriptions) {
  const plans = subscriptions.get(foldId(skuId))?.plans;
  return { skuId, disabledPlans: disabledPlans.filter((plan) => plans?.has(foldId(plan)) ?? true) };
}

function nameChanges({ remove, give }: OpenLicenses, subscriptions: Subscriptions) {
  const listNames = (licenses: readonly RestorableLicense[]) => licenses.map(({ skuPartNumber }) => skuPartNumber);
  const phones = remove.filter((license) => findCarriedServices(license, subscriptions)?.phone === true);
  return {
    removed: listNames(remove),
    given: listNames(give),
    ...(phones.length > 0 ? { phones: listNames(phones) } : {}),
  };
}

/** What to order next; null: unknown which licence was refused. */
async function narrowDown(calls: Calls, open: OpenLicenses, refusal: Refusal): Promise<OpenLicenses | null> {
  if (refusal.code === 'license-not-held') return waitForLess(calls, open);
  const blamed = await findLeftOut(calls, open, refusal);
  if (hasNoOpenLicenses(blamed) && flattenLicenses(open).length > 1) return null;
  const left = hasNoOpenLicenses(blamed) ? open : blamed;
  calls.refused.push(...flattenLicenses(left).map((one) => ({ ...one, refusal })));
  return subtractLicenses(open, left);
}

/**
 * Right after a killed run's call the licences still show for some minutes, but Microsoft says that they are not held. Then
 * this waits until the tenant shows something else.
 */
async function waitForLess({ run }: Calls, open: OpenLicenses): Promise<OpenLicenses | null> {
  const countLeft = (rest: OpenLicenses) => flattenLicenses(rest).length;
  const wait = run.context.waits.licenses;
  const shown = await pollLicenses(
    run,
    (assignments) => countLeft(findOpenLicenses(open, assignments)) < countLeft(open),
    wait,
  );
  if (shown === null && countLeft(open) === 1) throw buildLicensesNotSeenError(run);
  return shown && findOpenLicenses(open, shown);
}

async function findLeftOut(calls: Calls, open: OpenLicenses, refusal: Refusal): Promise<OpenLicenses> {
  if (!(refusal instanceof WriteRefusal)) return noLicenses;
  if (refusal.code !== 'license-inherited') return findBlamedLicenses(refusal, open, calls.subscriptions);
  // The message names nothing; the account shows what has come from a group since.
  const { context, found } = calls.run;
  const rest = findOpenLicenses(open, (await context.reader.readLicenses(found.id)) ?? []);
  return { remove: subtractLicenses(open, rest).remove, give: [] };
}

/** Repeats while anything succeeds, because licences that depend on each other need the right order. */
async function* callOneByOne(calls: Calls, open: OpenLicenses): Telling<void> {
  let waiting = flattenLicenses(open);
  let refused: RefusedLicense[] = [];
  do {
    refused = yield* callEach(calls, waiting);
    if (refused.length === waiting.length) break;
    waiting = refused;
  } while (waiting.length > 0);
  const isGone = ({ refusal }: RefusedLicense) => refusal.code === 'license-not-held';
  calls.refused.push(...refused.filter((one) => !isGone(one)));
  // It is no longer held and may still show for a while, which the end of the order waits for.
  const remove = refused.filter(isGone).map(({ license }) => license);
  calls.sent = mergeLicenses(calls.sent, { remove, give: [] });
}

async function* callEach(calls: Calls, waiting: readonly OneLicense[]): Telling<RefusedLicense[]> {
  const refused: RefusedLicense[] = [];
  for (const { license, isGiven } of waiting) {
    const open = isGiven ? { remove: [], give: [license] } : { remove: [license], give: [] };
    const refusal = yield* callAssignLicense(calls, open);
    if (refusal !== null) refused.push({ license, isGiven, refusal });
  }
  return refused;
}

type OneLicense = Omit<RefusedLicense, 'refusal'>;

function flattenLicenses({ remove, give }: OpenLicenses): OneLicense[] {
  return [
    ...remove.map((license) => ({ license, isGiven: false })),
    ...give.map((license) => ({ license, isGiven: true })),
  ];
}

function mergeLicenses(a: OpenLicenses, b: OpenLicenses): OpenLicenses {
  return { remove: [...a.remove, ...b.remove], give: [...a.give, ...b.give] };
}
