// Makes one account what its merged file says, or reports why not. The only way from a reviewed change to a write.
import { DormantError } from '../../policy/errors.ts';
import type { FoundAccount } from '../tenant/live-account.ts';
import {
  type ApplyOutcome,
  addStepEvent,
  createOutcome,
  type StepEvent,
  toFailure,
  type WaitReason,
} from '../tenant/outcome.ts';
import { GaveWay } from '../tenant/poll.ts';
import { type AccountChange, computeRemainingSteps, isChange } from './account-change.ts';
import type { AccountRun, ApplyStep } from './account-run.ts';
import type { ApplyContext } from './apply-context.ts';
import { catchUp } from './catch-up.ts';
import { changeLicenses } from './change-licenses.ts';
import { makeMailboxRegular, shareMailbox } from './convert-mailbox.ts';
import { listDoneEarlier } from './done-earlier.ts';
import { findRefusals, isTakingNext } from './refusals.ts';
import { listDirectoryWaits, readCurrentAccount } from './replication-delay.ts';
import { rescueMailbox } from './rescue-mailbox.ts';
import { allowSignIn, blockSignIn } from './sign-in.ts';
import { findTakingGroups } from './taking-groups.ts';
import { findStopWait, TakingStopped } from './taking-waits.ts';

/**
 * Reads first and writes only what differs, so that a run after a crash finishes what the last one began. Never throws for
 * one account's failure, which goes into the outcome; an interruption is rethrown.
 */
export async function applyAccount(planned: AccountChange, context: ApplyContext): Promise<ApplyOutcome> {
  let outcome = createOutcome(planned);
  try {
    for await (const event of changeAccount(planned, context)) outcome = addStepEvent(outcome, event);
  } catch (error) {
    if (error instanceof TakingStopped) return addStepEvent(outcome, { waits: [error.wait] });
    if (error instanceof GaveWay)
      return addStepEvent(outcome, { waits: [{ for: 'newer-main', because: error.message }] });
    if (!(error instanceof DormantError) || context.signal?.aborted) throw error;
    return { ...outcome, failure: toFailure(error) };
  }
  return outcome;
}

async function* changeAccount(planned: AccountChange, context: ApplyContext): AsyncGenerator<StepEvent, void> {
  const found = await readCurrentAccount(planned, context);
  const wait = found === null ? await findRestorationWait(planned, context) : null;
  if (wait !== null) return yield { waits: [wait] };
  const change = found === null ? planned : await catchUp(planned, found, context);
  const doneEarlier = found === null ? [] : listDoneEarlier(planned, found);
  yield { reached: change.from, ...(doneEarlier.length > 0 ? { doneEarlier } : {}) };
  const obstacles = await findObstacles(change, found, context);
  yield obstacles;
  if (found !== null && !isStopped(obstacles)) yield* runSteps(await beginRun(change, found, context));
}

/** No failure: while the account can be restored, its file and what it asks for stay. */
async function findRestorationWait(change: AccountChange, { reader }: ApplyContext): Promise<WaitReason | null> {
  const deletedOn = isChange(change) ? await reader.readDeletionDay(change.account.id) : null;
  if (deletedOn === null) return null;
  return {
    for: 'restoration',
    because: `it was deleted on ${deletedOn}; its change continues once somebody restores it`,
  };
}

type Obstacles = Pick<ApplyOutcome, 'waits' | 'refused'>;

/** Why nothing may be written now. */
async function findObstacles(
  change: AccountChange,
  found: FoundAccount | null,
  context: ApplyContext,
): Promise<Obstacles> {
  const waits =
    found === null
      ? []
      : [...listDirectoryWaits(change, found, context.now()), ...(await listStopWaits(change, found, context))];
  return { waits, refused: waits.length === 0 ? await findRefusals(change, found, context) : [] };
}

async function listStopWaits(change: AccountChange, found: FoundAccount, context: ApplyContext): Promise<WaitReason[]> {
  if (!(await isTakingNext(change, found, context))) return [];
  const wait = await findStopWait(context.findStop);
  return wait === null ? [] : [wait];
}

function isStopped({ waits, refused }: Obstacles): boolean {
  return waits.length > 0 || refused.length > 0;
}

async function beginRun(change: AccountChange, found: FoundAccount, context: ApplyContext): Promise<AccountRun> {
  const remaining = computeRemainingSteps(change, found);
  const isGiven = remaining.unshare && change.to.accountEnabled;
  const licenses = [...(remaining.block ? found.licenses : []), ...(isGiven ? change.restore.licenses : [])];
  return {
    change,
    context,
    found,
    remaining,
    groups: await findTakingGroups(licenses, context),
    mailbox: null,
    ungiven: [],
  };
}

/** Minutes may pass in a step; before the next one the guard is asked again about the account as it is now. */
async function* runSteps(start: AccountRun): AsyncGenerator<StepEvent, void> {
  const { change } = start;
  let outcome = createOutcome(change);
  let hasWaited = false;
  const onWait: ApplyContext['onWait'] = (progress) => {
    hasWaited = true;
    start.context.onWait(progress);
  };
  const context = { ...start.context, onWait };
  let run = { ...start, context };
  for (const step of chooseSteps(start)) {
    if (hasWaited) {
      const rest = { ...change, from: outcome.reached, wroteAt: outcome.wroteAt };
      const found = await readAgain(rest, context);
      const obstacles = await findObstacles(rest, found, context);
      yield obstacles;
      if (found === null || isStopped(obstacles)) return;
      run = { ...run, found, remaining: computeRemainingSteps(change, found) };
      hasWaited = false;
    }
    for await (const { next, mailbox = run.mailbox, ungiven = run.ungiven, ...event } of step(run)) {
      outcome = addStepEvent(outcome, event);
      yield event;
      run = { ...run, mailbox, ungiven };
      if (next === 'stop') return;
      if (next === 'ask-again') hasWaited = true;
    }
  }
}

async function readAgain(change: AccountChange, context: ApplyContext): Promise<FoundAccount | null> {
  context.reader.forgetSignIns(change.account.id);
  return readCurrentAccount(change, context);
}

/**
 * Taking goes down the list: block, share, then the licences. If a group takes its licence with the block, the mailbox is shared
 * first. Giving back begins with sign-in: it waits neither for seats, nor for licences and mailboxes that show minutes later, nor
 * for what a group gives hours after it was joined. Active Directory's sign-in is somebody else's to give, so there it comes last.
 */
function chooseSteps({ remaining: { block }, change: { to }, found, groups }: AccountRun): readonly ApplyStep[] {
  const taking: ApplyStep[] = [blockSignIn, shareMailbox];
  const giving: ApplyStep[] = [makeMailboxRegular, allowSignIn];
  const isByRule = groups.length > 0;
  if (to.accountEnabled && !found.onPremisesSyncEnabled)
    return [rescueMailbox, allowSignIn, shareMailbox, changeLicenses, makeMailboxRegular];
  return [
    rescueMailbox,
    ...(isByRule && block ? taking.toReversed() : taking),
    changeLicenses,
    ...(isByRule && to.accountEnabled ? giving.toReversed() : giving),
  ];
}
