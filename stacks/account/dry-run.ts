// The apply without its writes, for the preview: the same steps on the same reads, so that the two always agree.
import { noRequest } from '../../graph/request-ids.ts';
import { foldId, type GroupId, type IdKey, type UserId } from '../../policy/identifiers.ts';
import type { MailboxReader, SeenMailbox } from '../mailbox/mailbox-reader.ts';
import type { Assignment, FoundAccount, MailboxOwner } from '../tenant/live-account.ts';
import type { Receipt } from '../tenant/outcome.ts';
import type { LicenseOrder, TenantWriter } from '../tenant/tenant-writer.ts';
import { type ApplyContext, nameAssignment } from './apply-context.ts';
import { buildMailboxUnknownError } from './convert-mailbox.ts';

/**
 * A context for `applyAccount` that only reads. Writes are remembered and show at once, so nothing is waited for; receipts
 * have no request id.
 */
export function createDryRunContext(context: ApplyContext): ApplyContext {
  const createReceipt = (): Receipt => ({ ...noRequest, at: context.now().toISOString() });
  const orders = new Map<UserId, Order[]>();
  const isGiven = (id: UserId) => (orders.get(id) ?? []).some(isGiving);
  const addOrder = (id: UserId, order: Order) => {
    orders.set(id, [...(orders.get(id) ?? []), order]);
    return createReceipt();
  };
  const converted = new Map<UserId, SeenMailbox>();
  const mailboxes = createDryRunMailboxes(context.mailboxes, converted, isGiven);
  const convertMailbox = async (owner: MailboxOwner, to: 'shared' | 'user') => {
    const seen = await mailboxes.look(owner);
    // Exchange would refuse it; the preview must not promise it.
    if (isAbsent(seen)) throw buildMailboxUnknownError(owner);
    converted.set(owner.id, { ...seen, recipientType: to });
    return createReceipt();
  };
  const writer: TenantWriter = {
    setAccountEnabled: async () => createReceipt(),
    revokeSignInSessions: async () => createReceipt(),
    assignLicense: async (id, order) => addOrder(id, order),
    removeGroupMember: async ({ id }, member) => addOrder(member, { leaves: foldId(id) }),
    async addGroupMember({ id }, member) {
      const { gives } = await context.reader.readMemberGroup(id);
      return addOrder(member, { joins: id, gives: [...(gives ?? [])] });
    },
    convertMailbox: context.writer.convertMailbox && convertMailbox,
    sendMail: async () => createReceipt(),
  };
  const readAssignments: ApplyContext['reader']['readAssignments'] = async (id) => {
    const read = await context.reader.readAssignments(id);
    return read && { ...read, licenses: (orders.get(id) ?? []).reduce(applyOrder, read.licenses) };
  };
  const readLicenses: ApplyContext['reader']['readLicenses'] = async (id) =>
    (await readAssignments(id))?.licenses ?? null;
  const reader: ApplyContext['reader'] = { ...context.reader, readAssignments, readLicenses };
  return {
    ...context,
    writer,
    findStop: async () => null,
    waits: { ...context.waits, licenses: noWait, directory: noWait },
    mailboxes,
    reader,
    async find(id) {
      const found = await context.find(id);
      return found === null || !isGiven(id) ? found : addGivenLicenses(found, reader);
    },
    async look(id) {
      const found = await context.look(id);
      return found === null || !isGiven(id) ? found : addGivenLicenses(found, reader);
    },
  };
}

const noWait = { everyMs: 0, atMostMs: 0 };

/** With its licences back it has its mailbox again. */
async function addGivenLicenses<Found extends FoundAccount>(
  found: Found,
  reader: ApplyContext['reader'],
): Promise<Found> {
  const subscriptions = await reader.readSubscriptions();
  const assignments = (await reader.readLicenses(found.id)) ?? [];
  const licenses = assignments.map((each) => nameAssignment(each, subscriptions));
  return { ...found, licenses, mailbox: isAbsent(found.mailbox) ? { recipientType: 'user' } : found.mailbox };
}

function isAbsent({ recipientType }: Pick<SeenMailbox, 'recipientType'>): boolean {
  return recipientType === 'none' || recipientType === 'unknown';
}

function createDryRunMailboxes(
  { look, readStorageUsed }: MailboxReader,
  converted: ReadonlyMap<UserId, SeenMailbox>,
  isGiven: (id: UserId) => boolean,
): MailboxReader {
  return {
    readStorageUsed,
    async look(owner) {
      const seen = converted.get(owner.id) ?? (await look(owner));
      return isAbsent(seen) && isGiven(owner.id) ? { ...seen, recipientType: 'user' } : seen;
    },
  };
}

type Order = LicenseOrder | { leaves: IdKey } | { joins: GroupId; gives: readonly IdKey[] };

function isGiving(order: Order): boolean {
  return 'joins' in order || ('addLicenses' in order && order.addLicenses.length > 0);
}

function applyOrder(assignments: readonly Assignment[], order: Order): readonly Assignment[] {
  if ('leaves' in order)
    return assignments.filter(
      ({ assignedByGroup }) => assignedByGroup === null || foldId(assignedByGroup) !== order.leaves,
    );
  const shared = { disabledPlans: [], assignedOn: null };
  if ('joins' in order)
    return [...assignments, ...order.gives.map((skuId) => ({ skuId, assignedByGroup: order.joins, ...shared }))];
  const removed = new Set(order.removeLicenses.map((skuId) => foldId(skuId)));
  const stays = assignments.filter(({ skuId, assignedByGroup }) => assignedByGroup !== null || !removed.has(skuId));
  const added = order.addLicenses.map(({ skuId, disabledPlans }) => ({
    ...{ skuId: foldId(skuId), assignedByGroup: null, disabledPlans, assignedOn: null },
  }));
  return [...stays, ...added];
}
