// What Exchange Online knows of one mailbox: kind, holds, archive and size. Only reads. Microsoft documents no contract for
// this endpoint, so only this file and the writer know it.
import { isMailboxNotFound, mayNotRun, runCmdlet } from '../../graph/cmdlet.ts';
import { type Fields, findText, isFields, requireFields } from '../../graph/json-fields.ts';
import { findMailboxKind } from '../../graph/mailbox-kind.ts';
import type { Transport } from '../../graph/transport.ts';
import { type OrganizationHolds, parseHold, parseOrganizationHolds } from '../../policy/licenses/holds.ts';
import { cacheRead } from '../tenant/cached.ts';
import type { MailboxOwner } from '../tenant/live-account.ts';
import type { SeenMailbox } from './mailbox-reader.ts';

/** null: Exchange has no mailbox for the account. `organization` is read only if there is one. Throws `RequestFailed`. */
export async function readMailbox(
  exchange: Transport,
  owner: MailboxOwner,
  organization: OrganizationHoldsReader,
): Promise<SeenMailbox | null> {
  const mailbox = await readFirst(exchange, 'Get-Mailbox', owner);
  if (mailbox === null) return null;
  return parseMailbox(requireFields(mailbox, `Get-Mailbox ${owner.id}`), await organization(), owner);
}

export type OrganizationHoldsReader = () => Promise<OrganizationHolds>;

/** The same for every mailbox, so read once in ten minutes. */
export function createOrganizationHoldsReader(exchange: Transport): OrganizationHoldsReader {
  return cacheRead(() => queryOrganizationHolds(exchange), 600_000);
}

/** null: the identity's role lacks the cmdlet, or the answer does not mention holds. */
async function queryOrganizationHolds(exchange: Transport): Promise<OrganizationHolds> {
  const name = 'Get-OrganizationConfig';
  try {
    const [first] = await runCmdlet(exchange, { source: 'holds', name, parameters: {}, repeatable: true });
    return isFields(first) ? parseOrganizationHolds(first) : null;
  } catch (error) {
    if (mayNotRun(error)) return null;
    throw error;
  }
}

/**
 * Bytes in the mailbox, without its archive. null: Exchange has no mailbox or no size, or the identity's role lacks the
 * cmdlet. Throws `RequestFailed` for every other failure.
 */
export async function readStorageUsed(exchange: Transport, owner: MailboxOwner): Promise<number | null> {
  try {
    const statistics = await readFirst(exchange, 'Get-MailboxStatistics', owner);
    return statistics === null
      ? null
      : parseBytes(requireFields(statistics, `Get-MailboxStatistics ${owner.id}`).TotalItemSize);
  } catch (error) {
    if (mayNotRun(error)) return null;
    throw error;
  }
}

async function readFirst(exchange: Transport, name: `Get-${string}`, owner: MailboxOwner): Promise<unknown> {
  try {
    const [first = null] = await runCmdlet(exchange, {
      source: 'mailbox',
      name,
      parameters: { Identity: owner.id },
      owner: owner.userPrincipalName,
      repeatable: true,
    });
    return first;
  } catch (error) {
    if (isMailboxNotFound(error)) return null;
    throw error;
  }
}

function parseMailbox(fields: Fields, organization: OrganizationHolds, { id }: MailboxOwner): SeenMailbox {
  const where = `Get-Mailbox ${id}`;
  const archive = findText(fields, 'ArchiveStatus', where);
  const kind = findText(fields, 'RecipientTypeDetails', where);
  return {
    recipientType: findMailboxKind(kind ?? '') ?? 'unknown',
    kind,
    hold: parseHold(fields, organization),
    hasArchive: archive === null ? null : archive.toLowerCase() !== 'none',
  };
}

/**
 * Exchange writes `1.234 GB (1,325,097,123 bytes)`, in some answers inside of an object. The rounded number would not do:
 * 50.00 GB can be more than the limit.
 */
function parseBytes(size: unknown): number | null {
  if (typeof size === 'number') return size;
  const [, digits = ''] = /(\d[\d.,\s]*)\s*bytes/i.exec(JSON.stringify(size ?? '')) ?? [];
  return digits === '' ? null : Number(digits.replace(/\D/g, ''));
}
