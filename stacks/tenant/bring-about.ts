// Makes one account what its merged file says, or says why not. The only way from a reviewed change to a write.
import { DormantError } from '../../policy/errors.ts';
import { guard, guardRestore, type Refusal } from '../../policy/guard.ts';
import { makeMailboxRegular, shareMailbox } from '../mailbox/convert.ts';
import type { ApplyContext } from './apply-context.ts';
import {
  type AccountChange,
  adoptAsFound,
  asked,
  gives,
  isChange,
  onlySharesAgain,
  reviewed,
  takes,
} from './change.ts';
import type { FoundAccount } from './fresh.ts';
import { findCurrent, waitsForDirectory } from './late-read.ts';
import { changeLicenses } from './licences.ts';
import type { Outcome } from './outcome.ts';
import { allowSignIn, blockSignIn } from './sign-in.ts';
import { type Recorded, recordFor, type Step, type Work, workOn } from './work.ts';

/**
 * One order serves both ways: what takes goes down the list (blocked, shared, then the licences), what gives goes down it, too
 * (licences, mailbox, then sign-in).
 */
const steps: readonly Step[] = [blockSignIn, shareMailbox, changeLicenses, makeMailboxRegular, allowSignIn];

/**
 * Reads first and writes only what differs, so that a run after any crash finishes what the one before began. Never throws for
 * one account's sake: what went wrong is in the outcome. An interruption is thrown as it is.
 */
export async function bringAbout(planned: AccountChange, context: ApplyContext): Promise<Outcome> {
  const record = recordFor(planned);
  try {
    const found = await findCurrent(planned, context);
    if (found === null && (await waitsInBin(planned, context, record))) return record;
    const change = found === null ? planned : adoptAsFound(planned, found);
    record.reached = { ...change.from };
    if (mayGoOn(change, found, context, record)) await walk(workOn(change, found, context, record));
  } catch (error) {
    if (!(error instanceof DormantError) || context.signal?.aborted) throw error;
    record.failure = error;
  }
  return record;
}

/** Enters why not, where it may not. */
function mayGoOn(
  change: AccountChange,
  found: FoundAccount | null,
  context: ApplyContext,
  record: Recorded,
): found is FoundAccount {
  const waits = found === null ? [] : waitsForDirectory(change, found, context.now());
  record.waits.push(...waits);
  if (waits.length === 0) record.refused.push(...refusalsOf(change, found, context));
  return found !== null && waits.length === 0 && record.refused.length === 0;
}

/** No failure: for as long as the account can be restored, its file stays, and so does what it asks for. */
async function waitsInBin(
  change: AccountChange,
  { reader }: ApplyContext,
  record: Recorded,
): Promise<boolean> {
  const deletedOn = isChange(change) ? await reader.deletedOn(change.account.id) : null;
  if (deletedOn === null) return false;
  const because = `it was deleted on ${deletedOn}; it goes on once somebody restores it`;
  record.waits.push({ for: 'restoration', because });
  return true;
}

/** Why nothing may be written; empty also when there is nothing to write. Throws where the guard has not got all that it asks. */
function refusalsOf(
  change: AccountChange,
  found: FoundAccount | null,
  { guard: context, mayTake }: ApplyContext,
): Refusal[] {
  const basis = reviewed(change);
  if (found === null) return isChange(change) ? guard(basis, null, context) : [];
  const wanted = asked(change, found);
  if (takes(wanted)) {
    if (found.unnamed !== null) throw found.unnamed;
    const isRepeated = onlySharesAgain(wanted);
    const refused = guard(basis, found, context).filter(
      ({ code }) => !isRepeated || code !== 'evidence-too-old',
    );
    return [...refused, ...enabledAgain(change, found), ...(mayTake || isRepeated ? [] : [overLimit])];
  }
  return gives(wanted) ? guardRestore(basis, found) : [];
}

const overLimit: Refusal = {
  code: 'over-limit',
  because: 'above the limits of policy.yaml nothing is taken',
};

/**
 * Blocked when it was reviewed, allowed now: somebody gave it back, and a sign-in may be too fresh to be seen. Unless it was an
 * earlier run that died while giving it back.
 */
function enabledAgain({ from, to, attempted }: AccountChange, found: FoundAccount): Refusal[] {
  const wasOurs = attempted?.accountEnabled === true;
  if (from.accountEnabled || to.accountEnabled || !found.accountEnabled || wasOurs) return [];
  return [{ code: 'active-again', because: 'its sign-in was blocked at the review and is allowed now' }];
}

async function walk(work: Work): Promise<void> {
  for (const step of steps) {
    if (work.hasWaited && !(await isStillAllowed(work))) return;
    if ((await step(work)) === 'stop') return;
  }
}

/** Minutes may lie between two steps; before the next one the guard is asked again, about the account as it is then. */
async function isStillAllowed(work: Work): Promise<boolean> {
  const { change, context, record } = work;
  const rest = { ...change, from: record.reached, wroteAt: record.wroteAt };
  const found = await findCurrent(rest, context);
  if (!mayGoOn(rest, found, context, record)) return false;
  Object.assign(work, { found, asked: asked(change, found), hasWaited: false });
  return true;
}
