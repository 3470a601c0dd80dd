// All that the product can change in a tenant: the only eight requests in it that are not reads. The one DELETE is of a
// membership in a group; a path that deletes an object cannot be formed.
import type { BatchAnswer } from '../../graph/batch.ts';
import { mayNotRun, runCmdlet } from '../../graph/cmdlet.ts';
import type { Connection } from '../../graph/connect.ts';
import { buildMemberAddition, buildMemberReferencePath } from '../../graph/group-member.ts';
import { RequestFailed } from '../../graph/request-failed.ts';
import { noRequest, type RequestIds } from '../../graph/request-ids.ts';
import type { Subscriptions } from '../../graph/subscriptions.ts';
import type { WritingTransport } from '../../graph/transport.ts';
import { buildUserPath } from '../../graph/user.ts';
import { DormantError } from '../../policy/errors.ts';
import type { SkuId, UserId } from '../../policy/identifiers.ts';
import type { RestorableGroup } from '../../policy/schemas/account.ts';
import type { MailboxOwner } from './live-account.ts';
import type { Receipt } from './outcome.ts';
import { type BatcherOptions, createRequestBatcher } from './request-batcher.ts';
import { isMemberAlready, toGroupRefusal, toWriteRefusal } from './write-errors.ts';

export interface LicenseOrder {
  addLicenses: readonly { skuId: SkuId; disabledPlans: readonly string[] }[];
  removeLicenses: readonly string[];
}

/** As Graph takes it, in part. */
interface OutgoingMail {
  subject: string;
  toRecipients: readonly { emailAddress: { address: string } }[];
  internetMessageHeaders: readonly { name: string; value: string }[];
}

/** Each throws a `DormantError` with the reason of a refusal. All but a mail may be sent twice without harm. */
export interface TenantWriter {
  setAccountEnabled(id: UserId, accountEnabled: boolean): Promise<Receipt>;
  revokeSignInSessions(id: UserId): Promise<Receipt>;
  /** One call for all that is added and removed, because licences can depend on each other. */
  assignLicense(id: UserId, order: LicenseOrder, subscriptions: Subscriptions): Promise<Receipt>;
  /** Takes an account out of a group. null: it was in none. */
  removeGroupMember(group: RestorableGroup, member: UserId): Promise<Receipt | null>;
  /** null: it is a member already. */
  addGroupMember(group: RestorableGroup, member: UserId): Promise<Receipt | null>;
  /** Asks for the conversion; it shows some time later. null: an admin converts mailboxes, so there is nothing to call. */
  convertMailbox: ((owner: MailboxOwner, to: 'shared' | 'user') => Promise<Receipt>) | null;
  /** Never repeated, because it would arrive twice. Throws `RequestFailed`. */
  sendMail(sender: string, message: OutgoingMail): Promise<Receipt>;
}

interface WriterOptions extends Omit<BatcherOptions, 'source'> {
  /** Whether Exchange may be asked to convert mailboxes. */
  converts: boolean;
  now(): Date;
}

export function createTenantWriter(
  { graph, exchange }: Connection['writing'],
  { converts, now, ...batching }: WriterOptions,
): TenantWriter {
  const writes = createRequestBatcher<'PATCH' | 'POST' | 'DELETE'>(graph, { source: 'writes', ...batching });
  const toReceipt = ({ requestId, clientRequestId, batch }: RequestIds): Receipt => {
    return { requestId, clientRequestId, batch, at: now().toISOString() };
  };
  const send = async (
    request: { method: 'PATCH' | 'POST'; url: string; body: unknown },
    subscriptions?: Subscriptions,
  ): Promise<Receipt> => {
    const answer: BatchAnswer = await writes.ask(request);
    const { method, url } = request;
    if (answer.status >= 400) throw toWriteRefusal(`${method} ${url}`, answer, subscriptions);
    return toReceipt(answer);
  };
  return {
    setAccountEnabled: (id, accountEnabled) =>
      send({ method: 'PATCH', url: buildUserPath(id), body: { accountEnabled } }),
    revokeSignInSessions: (id) => send({ method: 'POST', url: `${buildUserPath(id)}/revokeSignInSessions`, body: {} }),
    assignLicense: (id, { addLicenses, removeLicenses }, subscriptions) =>
      send(
        {
          method: 'POST',
          url: `${buildUserPath(id)}/assignLicense`,
          body: { addLicenses, removeLicenses },
        },
        subscriptions,
      ),
    async removeGroupMember(group, member) {
      const url = buildMemberReferencePath(group.id, member);
      const answer = await writes.ask({ method: 'DELETE', url });
      if (answer.status < 400) return toReceipt(answer);
      if (answer.status === 404) return null;
      throw toGroupRefusal(`DELETE ${url}`, answer);
    },
    async addGroupMember(group, member) {
      const request = { method: 'POST' as const, ...buildMemberAddition(group.id, member, graph) };
      const answer = await writes.ask(request);
      if (answer.status < 400) return toReceipt(answer);
      if (isMemberAlready(answer)) return null;
      throw toGroupRefusal(`POST ${request.url}`, answer);
    },
    convertMailbox: converts ? async (owner, to) => toReceipt(await setMailbox(exchange, owner, to)) : null,
    async sendMail(sender, message) {
      const answer = await graph.send({
        source: 'notices',
        method: 'POST',
        path: `/users/${encodeURIComponent(sender)}/sendMail`,
        body: { message, saveToSentItems: true },
        repeatable: false,
      });
      return toReceipt({ ...answer, batch: null });
    },
  };
}

/** For the audit, which may write this one setting of a tenant, even while the run is being interrupted. */
export function createReportSettingWriter({ reports }: Connection['writing']) {
  return {
    async setConcealedNames(displayConcealedNames: boolean): Promise<void> {
      await reports.send({
        source: 'report settings',
        method: 'PATCH',
        path: '/admin/reportSettings',
        body: { displayConcealedNames },
        repeatable: true,
        mustFinish: true,
      });
    },
  };
}

/** Microsoft documents no contract for this endpoint; `exchange-reads.ts` reads from it. */
async function setMailbox(
  exchange: WritingTransport,
  { id, userPrincipalName }: MailboxOwner,
  to: 'shared' | 'user',
): Promise<RequestIds> {
  let ids = noRequest;
  const send: WritingTransport['send'] = async (request) => {
    const answer = await exchange.send(request);
    ids = { requestId: answer.requestId, clientRequestId: answer.clientRequestId, batch: null };
    return answer;
  };
  try {
    await runCmdlet<string>(
      { ...exchange, send },
      {
        source: 'mailbox',
        name: 'Set-Mailbox',
        parameters: { Identity: id, Type: to === 'shared' ? 'Shared' : 'Regular' },
        owner: userPrincipalName,
        repeatable: true,
      },
    );
  } catch (error) {
    throw error instanceof RequestFailed ? buildNotConvertedError(id, to, error) : error;
  }
  return ids;
}

function buildNotConvertedError(id: string, to: 'shared' | 'user', cause: RequestFailed): DormantError {
  const kind = to === 'shared' ? 'a shared mailbox' : 'a user mailbox';
  return new DormantError('mailbox-not-converted', `Exchange did not make it ${kind}: ${cause.message}`, {
    where: `Set-Mailbox ${id}`,
    remedy: mayNotRun(cause)
      ? 'Give the apply its role in Exchange (`dormant doctor` says how), or set mailbox.convert: manual.'
      : 'Convert it by hand in the Exchange admin centre, or run the apply again.',
    cause,
  });
}
