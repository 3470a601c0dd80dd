// The tenant's writer with each request in the log: before it is sent, because a run may be killed while it is under way, and
// again with its receipt.
import type { Subscriptions } from '../../graph/subscriptions.ts';
import { foldId } from '../../policy/identifiers.ts';
import { noticeHeader } from '../notice/deliver.ts';
import type { Receipt } from '../tenant/outcome.ts';
import type { TenantWriter } from '../tenant/tenant-writer.ts';
import type { ApplyLog, LoggedAccount, StepEntry } from './apply-log.ts';

/** `account` null: only mails are sent with it. */
export function logWrites(writer: TenantWriter, log: ApplyLog, account: LoggedAccount | null): TenantWriter {
  const logRequest = createRequestLogger(log, account && nameAccount(account));
  const { convertMailbox } = writer;
  return {
    setAccountEnabled: (id, accountEnabled) =>
      logRequest({ step: accountEnabled ? 'sign-in-allowed' : 'sign-in-blocked' }, () =>
        writer.setAccountEnabled(id, accountEnabled),
      ),
    revokeSignInSessions: (id) => logRequest({ step: 'sessions-revoked' }, () => writer.revokeSignInSessions(id)),
    assignLicense: (id, order, subscriptions) => {
      const removed = order.removeLicenses.map((skuId) => nameLicense(skuId, subscriptions));
      const given = order.addLicenses.map(({ skuId }) => nameLicense(skuId, subscriptions));
      return logRequest({ step: 'licenses-changed', removed, given }, () =>
        writer.assignLicense(id, order, subscriptions),
      );
    },
    removeGroupMember: (group, member) =>
      logRequest({ step: 'group-left', group: group.displayName }, () => writer.removeGroupMember(group, member)),
    addGroupMember: (group, member) =>
      logRequest({ step: 'group-joined', group: group.displayName }, () => writer.addGroupMember(group, member)),
    convertMailbox:
      convertMailbox &&
      ((owner, to) =>
        logRequest({ step: to === 'shared' ? 'mailbox-shared' : 'mailbox-regular' }, () => convertMailbox(owner, to))),
    sendMail: (sender, message) => {
      const { subject, toRecipients, internetMessageHeaders } = message;
      const to = toRecipients.map(({ emailAddress }) => emailAddress.address).join(', ');
      const notice = internetMessageHeaders.find(({ name }) => name === noticeHeader)?.value ?? '';
      return logRequest({ step: 'mail-sent', notice, to, subject }, () => writer.sendMail(sender, message));
    },
  };
}

type Request = Omit<StepEntry, 'what' | 'account'>;

function createRequestLogger(log: ApplyLog, account: LoggedAccount | null) {
  return async <Answer extends Receipt | null>(request: Request, send: () => Promise<Answer>): Promise<Answer> => {
    const entry = { ...request, account };
    await log.append({ ...entry, what: 'asked' });
    try {
      const receipt = await send();
      await log.append({ ...entry, what: 'done', ...(receipt === null ? {} : { receipt }) });
      return receipt;
    } catch (error) {
      await log.append({ ...entry, what: 'failed', because: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  };
}

function nameAccount({ id, userPrincipalName, displayName }: LoggedAccount): LoggedAccount {
  return { id, userPrincipalName, displayName };
}

function nameLicense(skuId: string, subscriptions: Subscriptions): string {
  return subscriptions.get(foldId(skuId))?.skuPartNumber ?? skuId;
}
