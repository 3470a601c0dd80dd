// The licences' step: what was reviewed goes, what was taken comes back, in one call, read back until it shows.
import { DormantError } from '../../policy/errors.ts';
import type { RestorableLicense } from '../../policy/schemas/account.ts';
import { formatList, stayWords } from '../../policy/words.ts';
import { isNone, type OpenLicenses } from './blamed-license.ts';
import { sameLicenses } from './change.ts';
import { findInherited, findOdd, findStaying } from './held-back.ts';
import { isRecent } from './late-read.ts';
import { orderLicenses, type RefusedLicense } from './license-calls.ts';
import type { HeldBack } from './outcome.ts';
import { RefusedWrite } from './refused-write.ts';
import { requireSeats } from './seats.ts';
import { findLeft, lookUntil } from './shown-licenses.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Step, Work } from './work.ts';

export const changeLicenses: Step = async (work) => {
  const { change, context, asked, record } = work;
  if (isSettled(work)) return 'go-on';
  const subscriptions = await context.reader.subscriptions();
  const stays = await findStaying(work, subscriptions);
  record.heldBack.push(...stays, ...(await findUntouched(work, subscriptions)));
  const remove = asked.remove.filter((license) => !isAmong(stays, license));
  const { give, unlisted } = await findGivable(work, subscriptions);
  const refused = await orderLicenses(work, { remove, give }, subscriptions);
  requireProgress(refused, { remove, give });
  const notTaken = findNotTaken(refused);
  const notGiven = [...unlisted, ...findNotGiven(refused)];
  record.heldBack.push(...notTaken);
  record.failure ??= notGivenBack(notGiven, work);
  const kept = [...stays, ...notTaken].map(({ skuPartNumber }) => skuPartNumber);
  const after = new Set([...change.to.licenses, ...kept]);
  record.reached.licenses = [...after].filter((skuPartNumber) => !isAmong(notGiven, { skuPartNumber }));
  return 'go-on';
};

/** What is to be given and nothing else; `changeLicenses` comes after it. */
export async function giveLicenses(work: Work): Promise<void> {
  const subscriptions = await work.context.reader.subscriptions();
  const { give, unlisted } = await findGivable(work, subscriptions);
  const refused = await orderLicenses(work, { remove: [], give }, subscriptions);
  requireProgress(refused, { remove: [], give });
  work.record.failure ??= notGivenBack([...unlisted, ...findNotGiven(refused)], work);
}

/** A change that somebody else has made already still has something to say about what groups give. */
function isSettled({ asked, change: { from, to } }: Work): boolean {
  return asked.remove.length === 0 && asked.give.length === 0 && sameLicenses(from, to);
}

/** What is left with the account whatever was reviewed, named where its licences are to go. */
async function findUntouched(work: Work, subscriptions: Subscriptions): Promise<HeldBack[]> {
  const { restore, to } = work.change;
  const isTaking = restore.licenses.some(({ skuPartNumber }) => !to.licenses.includes(skuPartNumber));
  return isTaking ? [...(await findInherited(work, subscriptions)), ...findOdd(work, subscriptions)] : [];
}

interface Givable {
  give: OpenLicenses['give'];
  unlisted: NotGiven[];
}

/** What can be given, with seats for all of it. A run that was killed after its call may have given it, and has the seats. */
async function findGivable(work: Work, subscriptions: Subscriptions): Promise<Givable> {
  const { asked, found, change, context } = work;
  const isListed = ({ skuId }: RestorableLicense) => subscriptions.has(skuId.toLowerCase());
  const give = asked.give.filter(isListed);
  const unlisted = asked.give
    .filter((license) => !isListed(license))
    .map(({ skuPartNumber }) => ({ skuPartNumber, because: stayWords['product-unknown'] }));
  try {
    requireSeats(give, found, subscriptions);
    return { give, unlisted };
  } catch (error) {
    if (change.attempted === null || !isRecent(change, context.now())) throw error;
    const isShown = (held: Parameters<typeof findLeft>[1]) => isNone(findLeft({ remove: [], give }, held));
    const held = await lookUntil(work, isShown, context.waits.directory);
    if (held === null) throw error;
    return { give: [], unlisted };
  }
}

type NotGiven = Omit<HeldBack, 'reason'>;

function findNotGiven(refused: readonly RefusedLicense[]): NotGiven[] {
  return refused.flatMap(({ license: { skuPartNumber }, isGiven, refusal }) =>
    isGiven && refusal instanceof RefusedWrite ? [{ skuPartNumber, because: refusal.message }] : [],
  );
}

function findNotTaken(refused: readonly RefusedLicense[]): HeldBack[] {
  return refused.flatMap(({ license: { skuPartNumber }, isGiven, refusal }) =>
    isGiven || !(refusal instanceof RefusedWrite) ? [] : [{ skuPartNumber, ...reasonOf(refusal) }],
  );
}

function reasonOf({ code, said, message }: RefusedWrite): Omit<HeldBack, 'skuPartNumber'> {
  const inWords = (words: string) => (said === '' ? words : `${words} (Microsoft: ${said})`);
  if (code === 'licence-inherited')
    return { reason: 'inherited-from-group', because: inWords('comes from a group by now') };
  if (code === 'plan-dependency')
    return { reason: 'needed-by-another', because: inWords(stayWords['needed-by-another']) };
  return { reason: 'refused', because: said === '' ? message : inWords(stayWords.refused) };
}

/**
 * Something else kept changing the account, or all of it was refused in words that nobody knows, which is about the account or the
 * moment rather than a licence: a failure, so that the next run goes on with what is left.
 */
function requireProgress(refused: readonly RefusedLicense[], { remove, give }: OpenLicenses): void {
  const busy = refused.find(({ refusal }) => !(refusal instanceof RefusedWrite));
  if (busy) throw busy.refusal;
  const isUnknown = refused.every(({ refusal }) => refusal.code === 'write-refused');
  const [first] = refused;
  if (first && remove.length > 0 && isUnknown && refused.length === remove.length + give.length)
    throw first.refusal;
}

/** null: everything was. A failure, so that the next run tries again; what else can be given back, is. */
function notGivenBack(notGiven: readonly NotGiven[], { found }: Work): DormantError | null {
  if (notGiven.length === 0) return null;
  const list = notGiven.map(
    ({ skuPartNumber, because }) => `${skuPartNumber} (${because.replace(/\.$/, '')})`,
  );
  return new DormantError('licence-not-given', `Not given back: ${formatList(list)}.`, {
    where: found.userPrincipalName,
    remedy:
      'Give the account by hand what takes its place, or mend what Microsoft says and run the apply again.',
  });
}

function isAmong(
  licenses: readonly Pick<HeldBack, 'skuPartNumber'>[],
  { skuPartNumber }: Pick<HeldBack, 'skuPartNumber'>,
): boolean {
  return licenses.some((license) => license.skuPartNumber === skuPartNumber);
}
