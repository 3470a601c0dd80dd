// The apply without its writes, for the preview: the same steps on the same reads, so that the two can never disagree.
import { noRequest } from '../../graph/request-ids.ts';
import { unknownMailbox } from '../mailbox/convert.ts';
import type { Mailboxes, Owner, SeenMailbox } from '../mailbox/mailboxes.ts';
import { type ApplyContext, nameAssignment } from './apply-context.ts';
import type { Assignment, FoundAccount } from './fresh.ts';
import type { Receipt } from './outcome.ts';
import type { LicenseOrder, TenantWriter } from './writer.ts';

/**
 * A context for `bringAbout` that sends reads only. What would be written is remembered and shows at once, so nothing is waited
 * for; receipts have no request id.
 */
export function pretending(context: ApplyContext): ApplyContext {
  const receipt = (): Receipt => ({ ...noRequest, at: context.now().toISOString() });
  const orders = new Map<string, LicenseOrder[]>();
  const writer: TenantWriter = {
    setAccountEnabled: async () => receipt(),
    revokeSignInSessions: async () => receipt(),
    async assignLicense(id, order) {
      orders.set(id, [...(orders.get(id) ?? []), order]);
      return receipt();
    },
  };
  const licenses: ApplyContext['reader']['licenses'] = async (id) => {
    const held = await context.reader.licenses(id);
    return held && (orders.get(id) ?? []).reduce(after, held);
  };
  const reader: ApplyContext['reader'] = { ...context.reader, licenses };
  const isGiven = (id: string) => (orders.get(id) ?? []).some(({ addLicenses }) => addLicenses.length > 0);
  return {
    ...context,
    writer,
    waits: { ...context.waits, licences: noWait, directory: noWait },
    mailboxes: pretendedMailboxes(context.mailboxes, receipt, isGiven),
    reader,
    async find(id) {
      const found = await context.find(id);
      return found === null || !isGiven(id) ? found : licensed(found, reader);
    },
    async look(id) {
      const found = await context.look(id);
      return found === null || !isGiven(id) ? found : licensed(found, reader);
    },
  };
}

const noWait = { everyMs: 0, atMostMs: 0 };

/** With its licences back it has its mailbox back, too. */
async function licensed<Found extends FoundAccount>(
  found: Found,
  reader: ApplyContext['reader'],
): Promise<Found> {
  const subscriptions = await reader.subscriptions();
  const held = (await reader.licenses(found.id)) ?? [];
  const licenses = held.map((each) => nameAssignment(each, subscriptions));
  return { ...found, licenses, mailbox: isAbsent(found.mailbox) ? { recipientType: 'user' } : found.mailbox };
}

function isAbsent({ recipientType }: Pick<SeenMailbox, 'recipientType'>): boolean {
  return recipientType === 'none' || recipientType === 'unknown';
}

function pretendedMailboxes(
  mailboxes: Mailboxes,
  receipt: () => Receipt,
  isGiven: (id: string) => boolean,
): Mailboxes {
  const converted = new Map<string, SeenMailbox>();
  const { storageUsed } = mailboxes;
  const look = async (owner: Owner): Promise<SeenMailbox> => {
    const seen = converted.get(owner.id) ?? (await mailboxes.look(owner));
    return isAbsent(seen) && isGiven(owner.id) ? { ...seen, recipientType: 'user' } : seen;
  };
  if (mailboxes.way === 'manual') return { way: 'manual', look, storageUsed };
  return {
    way: 'exchange',
    look,
    storageUsed,
    async convert(owner, to) {
      const seen = await look(owner);
      // Exchange would refuse this one; the preview must not promise it.
      if (isAbsent(seen)) throw unknownMailbox(owner);
      converted.set(owner.id, { ...seen, recipientType: to });
      return receipt();
    },
  };
}

function after(
  held: readonly Assignment[],
  { addLicenses, removeLicenses }: LicenseOrder,
): readonly Assignment[] {
  const removed = new Set(removeLicenses.map((skuId) => skuId.toLowerCase()));
  const stays = held.filter(({ skuId, assignedByGroup }) => assignedByGroup !== null || !removed.has(skuId));
  const added = addLicenses.map(({ skuId, disabledPlans }) => ({
    skuId: skuId.toLowerCase(),
    assignedByGroup: null,
    disabledPlans,
    assignedOn: null,
  }));
  return [...stays, ...added];
}
