// A stop of taking as one account meets it: as a wait before its first step, and between any two requests that take.
import { type FindStop, toForgeUnknownError } from '../taking-stop.ts';
import { toStopWait, type WaitReason } from '../tenant/outcome.ts';
import type { LicenseOrder, TenantWriter } from '../tenant/tenant-writer.ts';

/** Thrown instead of a request that takes; the account stays as it is until then, and the next run goes on. */
export class TakingStopped extends Error {
  readonly wait: WaitReason;

  constructor(wait: WaitReason) {
    super(wait.because);
    this.name = 'TakingStopped';
    this.wait = wait;
  }
}

/** null: it goes on. Throws `forge-unknown`, which is a failure. */
export async function findStopWait(findStop: FindStop): Promise<WaitReason | null> {
  const stop = await findStop();
  if (stop?.kind === 'forge-unknown') throw toForgeUnknownError(stop);
  return stop && toStopWait(stop);
}

/**
 * For one account's change: looks before each request that takes. A block is not left without the end of its sessions, which
 * would be half of it.
 */
export function stopTaking(writer: TenantWriter, findStop: FindStop): TenantWriter {
  let isBlocked = false;
  const requireOpen = async () => {
    const wait = await findStopWait(findStop);
    if (wait !== null) throw new TakingStopped(wait);
  };
  const { convertMailbox } = writer;
  return {
    ...writer,
    async setAccountEnabled(id, accountEnabled) {
      if (!accountEnabled) await requireOpen();
      const receipt = await writer.setAccountEnabled(id, accountEnabled);
      isBlocked = !accountEnabled;
      return receipt;
    },
    async revokeSignInSessions(id) {
      if (!isBlocked) await requireOpen();
      return writer.revokeSignInSessions(id);
    },
    async assignLicense(id, order: LicenseOrder, subscriptions) {
      if (order.removeLicenses.length > 0) await requireOpen();
      return writer.assignLicense(id, order, subscriptions);
    },
    async removeGroupMember(group, member) {
      await requireOpen();
      return writer.removeGroupMember(group, member);
    },
    convertMailbox:
      convertMailbox &&
      (async (owner, to) => {
        if (to === 'shared') await requireOpen();
        return convertMailbox(owner, to);
      }),
  };
}
