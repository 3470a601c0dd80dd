// The licences' step: what was reviewed goes, what was taken comes back, in one call, read back until it shows.
import { DormantError } from '../../policy/errors.ts';
import type { RestorableLicense } from '../../policy/schemas/account.ts';
import { sameLicenses } from './change.ts';
import type { Assignment } from './fresh.ts';
import { inheritedOf, whatStays } from './held-back.ts';
import { isRecent } from './late-read.ts';
import type { Receipt } from './outcome.ts';
import { requireSeats } from './seats.ts';
import type { Subscriptions } from './subscriptions.ts';
import { until, type Wait } from './until.ts';
import { enter, type Step, type Work } from './work.ts';

export const changeLicenses: Step = async (work) => {
  const { change, context, asked, record } = work;
  if (isSettled(work)) return 'go-on';
  const subscriptions = await context.reader.subscriptions();
  const stays = await whatStays(work, subscriptions);
  record.heldBack.push(...stays, ...(await inheritedOf(work, subscriptions)));
  const kept = new Set(stays.map(({ skuPartNumber }) => skuPartNumber));
  const order = {
    remove: asked.remove.filter(({ skuPartNumber }) => !kept.has(skuPartNumber)),
    give: await missing(work, subscriptions),
  };
  await settle(work, order, subscriptions);
  record.reached.licenses = [...new Set([...change.to.licenses, ...kept])];
  return 'go-on';
};

/** What is to be given, with seats for all of it. A run that was killed after its call may have given it, and has the seats. */
async function missing(work: Work, subscriptions: Subscriptions): Promise<readonly RestorableLicense[]> {
  const { asked, found, change, context } = work;
  try {
    requireSeats(asked.give, found, subscriptions);
    return asked.give;
  } catch (error) {
    if (change.attempted === null || !isRecent(change, context.now())) throw error;
    const wanted = { remove: [], give: asked.give };
    const held = await look(work, (licenses) => isNone(left(wanted, licenses)), context.waits.directory);
    if (held === null) throw error;
    return [];
  }
}

/** A change that somebody else has made already still has something to say about what groups give. */
function isSettled({ asked, change: { from, to } }: Work): boolean {
  return asked.remove.length === 0 && asked.give.length === 0 && sameLicenses(from, to);
}

interface Open {
  remove: readonly RestorableLicense[];
  give: readonly RestorableLicense[];
}

/**
 * One call, except where what was read turns out to be behind: a run that was killed right after its call sees the licences for
 * some minutes more, and hears that they are not held. Then it waits until the tenant shows something else.
 */
async function settle(work: Work, wanted: Open, subscriptions: Subscriptions): Promise<void> {
  for (let open = wanted; open.remove.length + open.give.length > 0; ) {
    const receipt = await call(work, open, subscriptions);
    if (receipt !== null) {
      enter(work, 'licenses-changed', receipt, { removed: names(open.remove), given: names(open.give) });
      await shown(work, (held) => isNone(left(open, held)));
      return;
    }
    const before = open;
    open = left(open, await shown(work, (held) => !isEqual(left(before, held), before)));
  }
}

/** null: the tenant says that something to be removed is not held. */
async function call(
  { context, found }: Work,
  open: Open,
  subscriptions: Subscriptions,
): Promise<Receipt | null> {
  const order = {
    addLicenses: open.give.map(({ skuId, disabledPlans }) => ({ skuId, disabledPlans })),
    removeLicenses: open.remove.map(({ skuId }) => skuId),
  };
  try {
    return await context.writer.assignLicense(found.id, order, subscriptions);
  } catch (error) {
    if (error instanceof DormantError && error.code === 'licence-not-held') return null;
    throw error;
  }
}

/** Microsoft shows a change of licences after two to five minutes. */
async function shown(
  work: Work,
  isShown: (held: readonly Assignment[]) => boolean,
): Promise<readonly Assignment[]> {
  const { context, found } = work;
  const held = await look(work, isShown, context.waits.licences);
  if (held !== null) return held;
  const minutes = Math.ceil(context.waits.licences.atMostMs / 60_000);
  throw new DormantError(
    'not-seen',
    `The tenant does not show the change of licences after ${minutes} minutes.`,
    {
      where: found.userPrincipalName,
      remedy: 'Run the apply again; it goes on from there.',
    },
  );
}

/** null: the time is up. */
function look(
  work: Work,
  isSeen: (held: readonly Assignment[]) => boolean,
  wait: Wait,
): Promise<readonly Assignment[] | null> {
  const { context, found } = work;
  return until(async () => (await context.reader.licenses(found.id)) ?? [], isSeen, wait, {
    signal: context.signal,
    onWait(waitedMs) {
      work.hasWaited = true;
      context.onWait({ accountId: found.id, for: 'licences', waitedMs });
    },
  });
}

/** What of it the tenant does not show yet. */
function left({ remove, give }: Open, held: readonly Assignment[]): Open {
  const direct = new Set(
    held.flatMap(({ skuId, assignedByGroup }) => (assignedByGroup === null ? [skuId] : [])),
  );
  const any = new Set(held.map(({ skuId }) => skuId));
  return {
    remove: remove.filter(({ skuId }) => direct.has(skuId.toLowerCase())),
    give: give.filter(({ skuId }) => !any.has(skuId.toLowerCase())),
  };
}

function isNone({ remove, give }: Open): boolean {
  return remove.length === 0 && give.length === 0;
}

function isEqual(a: Open, b: Open): boolean {
  return a.remove.length === b.remove.length && a.give.length === b.give.length;
}

function names(licenses: readonly RestorableLicense[]): string[] {
  return licenses.map(({ skuPartNumber }) => skuPartNumber);
}
