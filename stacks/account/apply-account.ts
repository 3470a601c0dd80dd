// Makes one account what its merged file says, or reports why not. The only way from a reviewed change to a write.
import { DormantError } from '../../policy/errors.ts';
import type { ApplyContext } from '../tenant/apply-context.ts';
import type { FoundAccount } from '../tenant/live-account.ts';
import type { ApplyOutcome } from '../tenant/outcome.ts';
import { type AccountChange, computeRemainingSteps, isChange } from './account-change.ts';
import {
  type AccountRun,
  type ApplyStep,
  createAccountRun,
  createOutcomeRecord,
  type OutcomeRecord,
} from './account-run.ts';
import { catchUp } from './catch-up.ts';
import { changeLicenses } from './change-licenses.ts';
import { makeMailboxRegular, shareMailbox } from './convert-mailbox.ts';
import { findRefusals } from './refusals.ts';
import { listDirectoryWaits, readCurrentAccount } from './replication-delay.ts';
import { saveMailbox } from './save-mailbox.ts';
import { allowSignIn, blockSignIn } from './sign-in.ts';
import { findTakingGroups } from './taking-groups.ts';

/**
 * Reads first and writes only what differs, so that a run after a crash finishes what the last one began. Never throws for
 * one account's failure, which goes into the outcome; an interruption is rethrown.
 */
export async function applyAccount(planned: AccountChange, context: ApplyContext): Promise<ApplyOutcome> {
  const record = createOutcomeRecord(planned);
  try {
    const found = await readCurrentAccount(planned, context);
    if (found === null && (await isInRecycleBin(planned, context, record))) return record;
    const change = found === null ? planned : await catchUp(planned, found, context);
    record.reached = { ...change.from };
    const isAllowed = await mayGoOn(change, found, { context, record });
    if (found !== null && isAllowed) await runSteps(await beginRun({ change, found, context, record }));
  } catch (error) {
    if (!(error instanceof DormantError) || context.signal?.aborted) throw error;
    record.failure = error;
  }
  return record;
}

/** No failure: while the account can be restored, its file and what it asks for stay. */
async function isInRecycleBin(
  change: AccountChange,
  { reader }: ApplyContext,
  record: OutcomeRecord,
): Promise<boolean> {
  const deletedOn = isChange(change) ? await reader.readDeletionDay(change.account.id) : null;
  if (deletedOn === null) return false;
  const because = `it was deleted on ${deletedOn}; its change continues once somebody restores it`;
  record.waits.push({ for: 'restoration', because });
  return true;
}

/** Records the reason if it may not. */
async function mayGoOn(
  change: AccountChange,
  found: FoundAccount | null,
  { context, record }: Pick<AccountRun, 'context' | 'record'>,
): Promise<boolean> {
  const waits = found === null ? [] : listDirectoryWaits(change, found, context.now());
  record.waits.push(...waits);
  if (waits.length === 0) record.refused.push(...(await findRefusals(change, found, context)));
  return waits.length === 0 && record.refused.length === 0;
}

async function beginRun(start: Pick<AccountRun, 'change' | 'found' | 'context' | 'record'>): Promise<AccountRun> {
  const { change, found, context } = start;
  const { block, unshare } = computeRemainingSteps(change, found);
  const isGiven = unshare && change.to.accountEnabled;
  const licenses = [...(block ? found.licenses : []), ...(isGiven ? change.restore.licenses : [])];
  return createAccountRun({ ...start, groups: await findTakingGroups(licenses, context) });
}

async function runSteps(run: AccountRun): Promise<void> {
  for (const step of chooseSteps(run)) {
    if (run.hasWaited && !(await isStillAllowed(run))) return;
    if ((await step(run)) === 'stop') return;
  }
}

/**
 * Taking goes down the list (block, share, then the licences), and so does giving (licences, mailbox, then sign-in). If a
 * group takes its licence with the block, the mailbox is shared first; it is given back only after sign-in is allowed.
 */
function chooseSteps({ remaining: { block }, change: { to }, groups }: AccountRun): readonly ApplyStep[] {
  const taking: ApplyStep[] = [blockSignIn, shareMailbox];
  const giving: ApplyStep[] = [makeMailboxRegular, allowSignIn];
  const isByRule = groups.length > 0;
  return [
    saveMailbox,
    ...(isByRule && block ? taking.toReversed() : taking),
    changeLicenses,
    ...(isByRule && to.accountEnabled ? giving.toReversed() : giving),
  ];
}

/** Minutes may pass between two steps; before the next one the guard is asked again about the account as it is now. */
async function isStillAllowed(run: AccountRun): Promise<boolean> {
  const { change, context, record } = run;
  const rest = { ...change, from: record.reached, wroteAt: record.wroteAt };
  context.reader.forgetSignIns(change.account.id);
  const found = await readCurrentAccount(rest, context);
  const isAllowed = await mayGoOn(rest, found, run);
  if (found === null || !isAllowed) return false;
  run.found = found;
  run.remaining = computeRemainingSteps(change, found);
  run.hasWaited = false;
  return true;
}
