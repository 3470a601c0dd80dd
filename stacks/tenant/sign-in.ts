// The first and the last step: sign-in blocked, with its sessions ended, and sign-in allowed. Never for a synced account.

import { type AccountRun, type ApplyStep, recordStep } from './account-run.ts';
import type { WaitReason } from './outcome.ts';

/** A block by the cloud would be undone by the next sync, so a synced account waits until Active Directory has blocked it. */
export const blockSignIn: ApplyStep = async (work) => {
  const { change, found, remaining, record } = work;
  if (change.to.accountEnabled) return 'go-on';
  if (remaining.block && found.onPremisesSyncEnabled) {
    record.waits.push(buildActiveDirectoryWait('disable'));
    return 'stop';
  }
  if (remaining.block) await setSignIn(work, false);
  if (remaining.endSessions || remaining.block) await endSessions(work);
  record.reached.accountEnabled = false;
  return 'go-on';
};

/** Tokens outlive the block by up to an hour; refresh tokens and cookies do not outlive this. */
async function endSessions(work: AccountRun): Promise<void> {
  recordStep(work, 'sessions-revoked', await work.context.writer.revokeSignInSessions(work.found.id));
}

export const allowSignIn: ApplyStep = async (work) => {
  const { change, found, remaining: asked, record } = work;
  if (!change.to.accountEnabled) return 'go-on';
  if (asked.allow && found.onPremisesSyncEnabled) {
    record.waits.push(buildActiveDirectoryWait('enable'));
    return 'stop';
  }
  if (asked.allow) await setSignIn(work, true);
  record.reached.accountEnabled = true;
  return 'go-on';
};

async function setSignIn(work: AccountRun, isAllowed: boolean): Promise<void> {
  const receipt = await work.context.writer.setAccountEnabled(work.found.id, isAllowed);
  recordStep(work, isAllowed ? 'sign-in-allowed' : 'sign-in-blocked', receipt);
  work.record.wroteAt = receipt.at;
}

function buildActiveDirectoryWait(verb: 'disable' | 'enable'): WaitReason {
  const because = `Active Directory owns the account: ${verb} it there; the next run after the sync goes on`;
  return { for: 'active-directory', because };
}
