// The apply without its writes, for the preview: the same steps on the same reads, so that the two can never disagree.
import { unknownMailbox } from '../mailbox/convert.ts';
import type { Mailboxes, Owner, SeenMailbox } from '../mailbox/mailboxes.ts';
import type { ApplyContext } from './apply-context.ts';
import type { Assignment } from './fresh.ts';
import type { Receipt } from './outcome.ts';
import type { LicenseOrder, TenantWriter } from './writer.ts';

/**
 * A context for `bringAbout` that sends reads only. What would be written is remembered and shows at once, so nothing is waited
 * for; receipts have no request id.
 */
export function pretending(context: ApplyContext): ApplyContext {
  const { reader, mailboxes } = context;
  const receipt = (): Receipt => ({ requestId: '', at: context.now().toISOString() });
  const orders = new Map<string, LicenseOrder>();
  const writer: TenantWriter = {
    setAccountEnabled: async () => receipt(),
    revokeSignInSessions: async () => receipt(),
    async assignLicense(id, order) {
      orders.set(id, order);
      return receipt();
    },
  };
  return {
    ...context,
    writer,
    waits: { ...context.waits, directory: { everyMs: 0, atMostMs: 0 } },
    mailboxes: mailboxes.way === 'manual' ? mailboxes : pretendedMailboxes(mailboxes, receipt),
    reader: {
      ...reader,
      async licenses(id) {
        const held = await reader.licenses(id);
        const order = orders.get(id);
        return held && order ? after(order, held) : held;
      },
    },
  };
}

function pretendedMailboxes(mailboxes: Mailboxes, receipt: () => Receipt): Mailboxes {
  const converted = new Map<string, SeenMailbox>();
  return {
    way: 'exchange',
    look: async (owner: Owner) => converted.get(owner.id) ?? (await mailboxes.look(owner)),
    storageUsed: mailboxes.storageUsed,
    async convert(owner, to) {
      const seen = await mailboxes.look(owner);
      // Exchange would refuse this one; the preview must not promise it.
      if (seen.recipientType === 'unknown' || seen.recipientType === 'none') throw unknownMailbox(owner);
      converted.set(owner.id, { ...seen, recipientType: to });
      return receipt();
    },
  };
}

function after({ addLicenses, removeLicenses }: LicenseOrder, held: readonly Assignment[]): Assignment[] {
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
