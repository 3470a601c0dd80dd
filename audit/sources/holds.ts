// What holds the mailboxes: only Exchange knows, and only an audit identity with a role there may ask.
import { RequestFailed } from '../../graph/failure.ts';
import { isFields } from '../../graph/fields.ts';
import type { Hold } from '../../policy/evidence.ts';
import {
  holdProperties,
  type OrganizationHolds,
  parseHold,
  parseOrganizationHolds,
} from '../../policy/licenses/holds.ts';
import { fingerprintOf, idSet } from './id-set.ts';
import type { TenantReader } from './reader.ts';

export interface Holds {
  /** null: nobody could tell, as of a mailbox that Exchange does not list. */
  holdOn(id: string): Hold | null;
  /** What Exchange let the audit look at. `organization`: the policies over all mailboxes, without which nobody is on no hold. */
  access: Record<'mailboxes' | 'organization', 'read' | 'unavailable'>;
}

/** Two cmdlets for all mailboxes, 1,000 to a page. Asked only with a role, so without one it costs nothing. */
export async function readHolds(reader: TenantReader): Promise<Holds> {
  const roles = await reader.exchangeRoles();
  if (!roles.includes('Exchange.ManageAsApp')) return unreadable;
  return (await unlessRefused(() => readAll(reader))) ?? unreadable;
}

const unreadable: Holds = {
  holdOn: () => null,
  access: { mailboxes: 'unavailable', organization: 'unavailable' },
};

async function readAll(reader: TenantReader): Promise<Holds> {
  const organization = await unlessRefused(() => readOrganization(reader));
  const held = { litigation: idSet(), retention: idSet(), unknown: idSet(), none: idSet() };
  const all = { ResultSize: 'Unlimited' };
  const select = ['ExternalDirectoryObjectId', ...holdProperties];
  for await (const page of reader.exchangePages('holds', 'Get-Mailbox', all, select))
    for (const mailbox of page.filter(isFields)) {
      const hold = parseHold(mailbox, organization) ?? 'unknown';
      const id = mailbox.ExternalDirectoryObjectId;
      if (typeof id === 'string') held[hold].add(fingerprintOf(id));
    }
  return {
    holdOn(id) {
      const hold = byWeight.find((each) => held[each].has(fingerprintOf(id))) ?? 'unknown';
      return hold === 'unknown' ? null : hold;
    },
    access: { mailboxes: 'read', organization: organization === null ? 'unavailable' : 'read' },
  };
}

/** The list may show a mailbox twice. */
const byWeight = ['litigation', 'retention', 'unknown', 'none'] as const;

async function readOrganization(reader: TenantReader): Promise<OrganizationHolds> {
  const [first] = await reader.exchange('holds', 'Get-OrganizationConfig', {});
  return isFields(first) ? parseOrganizationHolds(first) : null;
}

/** null: no role group, or one without the cmdlet, or Exchange knows no such property. What may pass ends the audit. */
async function unlessRefused<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RequestFailed && refusals.has(error.status)) return null;
    throw error;
  }
}

const refusals: ReadonlySet<number | null> = new Set([400, 401, 403, 404, 501]);
