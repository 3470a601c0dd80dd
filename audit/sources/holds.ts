// Holds on mailboxes: only Exchange knows them, and only an audit identity with a role there may read them.
import { isFields } from '../../graph/json-fields.ts';
import { RequestFailed } from '../../graph/request-failed.ts';
import type { Hold } from '../../policy/evidence.ts';
import type { UserId } from '../../policy/identifiers.ts';
import {
  holdProperties,
  type OrganizationHolds,
  parseHold,
  parseOrganizationHolds,
} from '../../policy/licenses/holds.ts';
import { computeFingerprint, createIdSet } from './id-set.ts';
import type { AuditReader } from './reader.ts';

export interface Holds {
  /** null: not known, for instance for a mailbox that Exchange does not list. */
  findHold(id: UserId): Hold | null;
  /** What Exchange let the audit read. `organization`: policies over all mailboxes; without them none counts as free. */
  access: Record<'mailboxes' | 'organization', 'read' | 'unavailable'>;
}

/** Two cmdlets for all mailboxes, 1,000 to a page; without a role nothing is requested. */
export async function readHolds(reader: AuditReader): Promise<Holds> {
  const roles = await reader.readExchangeRoles();
  if (!roles.includes('Exchange.ManageAsApp')) return unknownHolds;
  return (await readUnlessRefused(() => readAll(reader))) ?? unknownHolds;
}

const unknownHolds: Holds = {
  findHold: () => null,
  access: { mailboxes: 'unavailable', organization: 'unavailable' },
};

async function readAll(reader: AuditReader): Promise<Holds> {
  const organization = await readUnlessRefused(() => readOrganization(reader));
  const idsByHold = {
    litigation: createIdSet(),
    retention: createIdSet(),
    unknown: createIdSet(),
    none: createIdSet(),
  };
  const pages = reader.readCmdletPages({
    source: 'holds',
    name: 'Get-Mailbox',
    parameters: { ResultSize: 'Unlimited' },
    select: ['ExternalDirectoryObjectId', ...holdProperties],
  });
  for await (const page of pages)
    for (const mailbox of page.filter(isFields)) {
      const hold = parseHold(mailbox, organization) ?? 'unknown';
      const id = mailbox.ExternalDirectoryObjectId;
      if (typeof id === 'string') idsByHold[hold].add(computeFingerprint(id));
    }
  return {
    findHold(id) {
      const hold = byWeight.find((each) => idsByHold[each].has(computeFingerprint(id))) ?? 'unknown';
      return hold === 'unknown' ? null : hold;
    },
    access: { mailboxes: 'read', organization: organization === null ? 'unavailable' : 'read' },
  };
}

/** The list may show a mailbox twice; its strictest hold counts. */
const byWeight = ['litigation', 'retention', 'unknown', 'none'] as const;

async function readOrganization(reader: AuditReader): Promise<OrganizationHolds> {
  const [first] = await reader.runReadCmdlet({
    source: 'holds',
    name: 'Get-OrganizationConfig',
    parameters: {},
  });
  return isFields(first) ? parseOrganizationHolds(first) : null;
}

/** null: no role group, one without the cmdlet, or a property unknown to Exchange. Passing failures end the audit. */
async function readUnlessRefused<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RequestFailed && refusals.has(error.status)) return null;
    throw error;
  }
}

const refusals: ReadonlySet<number | null> = new Set([400, 401, 403, 404, 501]);
