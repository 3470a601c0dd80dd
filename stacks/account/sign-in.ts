// The first and the last step: sign-in blocked with its sessions ended, and sign-in allowed. Never for a synced account.
import type { WaitReason } from '../tenant/outcome.ts';
import type { AccountRun, ApplyStep, Telling } from './account-run.ts';

/** The next sync would undo a block in the cloud, so a synced account waits for Active Directory's. */
export const blockSignIn: ApplyStep = async function* (run) {
  const { change, found, remaining } = run;
  if (change.to.accountEnabled) return;
  if (remaining.block && found.onPremisesSyncEnabled)
    return yield { waits: [buildActiveDirectoryWait('disable')], next: 'stop' };
  if (remaining.block) yield* setSignIn(run, false);
  if (remaining.endSessions || remaining.block) yield* endSessions(run);
  yield { reached: { accountEnabled: false } };
};

/** Access tokens outlive the block by up to an hour; refresh tokens and cookies do not outlive this. */
async function* endSessions({ context, found }: AccountRun): Telling<void> {
  const receipt = await context.writer.revokeSignInSessions(found.id);
  yield { done: [{ step: 'sessions-revoked', ...receipt }] };
}

export const allowSignIn: ApplyStep = async function* (run) {
  const { change, found, remaining } = run;
  if (!change.to.accountEnabled) return;
  if (remaining.allow && found.onPremisesSyncEnabled)
    return yield { waits: [buildActiveDirectoryWait('enable')], next: 'stop' };
  if (remaining.allow) yield* setSignIn(run, true);
  yield { reached: { accountEnabled: true } };
};

async function* setSignIn({ context, found }: AccountRun, isAllowed: boolean): Telling<void> {
  const receipt = await context.writer.setAccountEnabled(found.id, isAllowed);
  const step = isAllowed ? 'sign-in-allowed' : 'sign-in-blocked';
  yield { done: [{ step, ...receipt }], wroteAt: receipt.at };
}

function buildActiveDirectoryWait(verb: 'disable' | 'enable'): WaitReason {
  const because = `Active Directory owns the account: ${verb} it there; the next run after the sync goes on`;
  return { for: 'active-directory', because };
}
