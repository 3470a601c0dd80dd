// The first and the last step: sign-in blocked with its sessions ended, and sign-in allowed. Never for a synced account.

import type { WaitReason } from '../tenant/outcome.ts';
import type { AccountRun, ApplyStep } from './account-run.ts';

/** The next sync would undo a block in the cloud, so a synced account waits for Active Directory's. */
export const blockSignIn: ApplyStep = async (run) => {
  const { change, found, remaining, record } = run;
  if (change.to.accountEnabled) return 'go-on';
  if (remaining.block && found.onPremisesSyncEnabled) {
    record.waits.push(buildActiveDirectoryWait('disable'));
    return 'stop';
  }
  if (remaining.block) await setSignIn(run, false);
  if (remaining.endSessions || remaining.block) await endSessions(run);
  record.reached.accountEnabled = false;
  return 'go-on';
};

/** Access tokens outlive the block by up to an hour; refresh tokens and cookies do not outlive this. */
async function endSessions(run: AccountRun): Promise<void> {
  const receipt = await run.context.writer.revokeSignInSessions(run.found.id);
  run.record.done.push({ step: 'sessions-revoked', ...receipt });
}

export const allowSignIn: ApplyStep = async (run) => {
  const { change, found, remaining, record } = run;
  if (!change.to.accountEnabled) return 'go-on';
  if (remaining.allow && found.onPremisesSyncEnabled) {
    record.waits.push(buildActiveDirectoryWait('enable'));
    return 'stop';
  }
  if (remaining.allow) await setSignIn(run, true);
  record.reached.accountEnabled = true;
  return 'go-on';
};

async function setSignIn(run: AccountRun, isAllowed: boolean): Promise<void> {
  const receipt = await run.context.writer.setAccountEnabled(run.found.id, isAllowed);
  run.record.done.push({ step: isAllowed ? 'sign-in-allowed' : 'sign-in-blocked', ...receipt });
  run.record.wroteAt = receipt.at;
}

function buildActiveDirectoryWait(verb: 'disable' | 'enable'): WaitReason {
  const because = `Active Directory owns the account: ${verb} it there; the next run after the sync goes on`;
  return { for: 'active-directory', because };
}
