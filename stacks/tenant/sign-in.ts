// The first and the last step: sign-in blocked, with its sessions ended, and sign-in allowed. Never for a synced account.
import type { Waiting } from './outcome.ts';
import { enter, type Step, type Work } from './work.ts';

/** A block by the cloud would be undone by the next sync, so a synced account waits until Active Directory has blocked it. */
export const blockSignIn: Step = async (work) => {
  const { change, found, asked, record } = work;
  if (change.to.accountEnabled) return 'go-on';
  if (asked.block && found.onPremisesSyncEnabled) {
    record.waits.push(activeDirectory('disable'));
    return 'stop';
  }
  if (asked.block) await setSignIn(work, false);
  if (asked.endSessions || asked.block) await endSessions(work);
  record.reached.accountEnabled = false;
  return 'go-on';
};

/** Tokens outlive the block by up to an hour; refresh tokens and cookies do not outlive this. */
async function endSessions(work: Work): Promise<void> {
  enter(work, 'sessions-revoked', await work.context.writer.revokeSignInSessions(work.found.id));
}

export const allowSignIn: Step = async (work) => {
  const { change, found, asked, record } = work;
  if (!change.to.accountEnabled) return 'go-on';
  if (asked.allow && found.onPremisesSyncEnabled) {
    record.waits.push(activeDirectory('enable'));
    return 'stop';
  }
  if (asked.allow) await setSignIn(work, true);
  record.reached.accountEnabled = true;
  return 'go-on';
};

async function setSignIn(work: Work, isAllowed: boolean): Promise<void> {
  const receipt = await work.context.writer.setAccountEnabled(work.found.id, isAllowed);
  enter(work, isAllowed ? 'sign-in-allowed' : 'sign-in-blocked', receipt);
  work.record.wroteAt = receipt.at;
}

function activeDirectory(verb: 'disable' | 'enable'): Waiting {
  const because = `Active Directory owns the account: ${verb} it there; the next run after the sync goes on`;
  return { for: 'active-directory', because };
}
