// The tenant that each client gets for itself: one application with what the steps need, and what the steps should find there.
import { type Emulator, startEmulator } from '../emulator.ts';
import type { Authority } from '../entra/certificates.ts';
import { type ReportName, streamReportCsv } from '../reports/report-csv.ts';
import { LICENSE_GROUPS } from '../tenant/license-groups.ts';
import type { Person } from '../tenant/person.ts';
import { ALL_SKUS, findSku, isUnlisted } from '../tenant/skus.ts';

/** Microsoft's hosts that clients have built in; the certificate carries them, for those that come through the proxy. */
export const hostnames: readonly string[] = ['graph.microsoft.com', 'login.microsoftonline.com'];

/** `authority`: as in the options of every tenant. */
export function startClientTenant(authority?: Authority): Promise<Emulator> {
  return startEmulator({
    ...(authority ? { authority } : {}),
    users: 250,
    seed: 'strangers',
    hostnames,
    certificates: true,
    checkAnswers: true,
    people: [
      { kind: 'reader', displayName: 'Ana Reyes', licenses: ['SPE_E3', 'VISIOCLIENT'] },
      { kind: 'target', displayName: 'Bo Lund', licenses: ['SPE_E3'] },
    ],
    identities: {
      stranger: {
        appRoles: [
          'GroupMember.Read.All',
          'Group.Read.All',
          'LicenseAssignment.Read.All',
          'Mail.Send',
          'Reports.Read.All',
          'User.EnableDisableAccount.All',
          'User.ReadWrite.All',
        ],
      },
    },
    switches: { displayConcealedNames: false },
  });
}

/** What is true in the tenant, read from its state and not through Graph. */
export interface Truth {
  readonly userIds: readonly string[];
  /** Of people whose displayName begins with A, in either case. */
  readonly idsByName: readonly string[];
  readonly readerId: string;
  readonly targetId: string;
  /** The lines of reports for seven days, by name. */
  readonly reports: Readonly<Record<string, readonly string[]>>;
  readonly subscribedSkus: readonly string[];
  /** The products of the reader. */
  readonly readerSkus: readonly string[];
  readonly groupId: string;
  readonly memberIds: readonly string[];
  readonly groupCount: number;
}

export async function readTruth({ tenant }: Emulator): Promise<Truth> {
  const { people, directory, seats, switches } = tenant;
  const present = Array.from({ length: people.size }, (_, index) => index)
    .filter((index) => people.has(index))
    .map((index) => people.get(index));
  const reader = people.requireKind('reader');
  const groupId = selectGroup(present);
  const members = present.filter((person) => inherits(person, groupId)).map(({ id }) => id);
  return {
    userIds: present.map(({ id }) => id),
    idsByName: present.filter(({ displayName }) => /^a/i.test(displayName)).map(({ id }) => id),
    readerId: reader.id,
    targetId: people.requireKind('target').id,
    reports: {
      getOffice365ActiveUserDetail: await readReport(tenant, 'getOffice365ActiveUserDetail'),
      getMailboxUsageDetail: await readReport(tenant, 'getMailboxUsageDetail'),
    },
    subscribedSkus: ALL_SKUS.filter((sku) => seats.countEnabled(sku.skuId) > 0 && !isUnlisted(sku, switches)).map(
      ({ skuPartNumber }) => skuPartNumber,
    ),
    readerSkus: reader.licenses.map(({ skuId }) => findSku(skuId)?.skuPartNumber ?? skuId),
    groupId,
    memberIds: [...new Set([...(directory.groups.get(groupId)?.members ?? []), ...members])],
    groupCount: directory.groups.size,
  };
}

/** The largest that fits on a page: not every client reads a second one of members. */
function selectGroup(people: readonly Person[]): string {
  const sizes = LICENSE_GROUPS.map(({ id }) => ({ id, size: people.filter((person) => inherits(person, id)).length }));
  const [largest] = sizes.filter(({ size }) => size <= 100).toSorted((left, right) => right.size - left.size);
  if (largest && largest.size > 1) return largest.id;
  throw new Error('No group of this tenant has between 2 and 100 members.');
}

function inherits({ licenses }: Person, groupId: string): boolean {
  return licenses.some(({ assignedByGroup }) => assignedByGroup === groupId);
}

async function readReport(tenant: Emulator['tenant'], report: ReportName): Promise<string[]> {
  const refreshDay = tenant.clock.today() - tenant.switches.reportLagDays;
  const day = { refreshDay, period: 7, onDay: null, isConcealed: false };
  const parts: Uint8Array[] = [];
  for await (const part of streamReportCsv(tenant, report, day)) parts.push(part);
  return splitLines(Buffer.concat(parts).toString('utf8'));
}

/** Without the byte order mark, empty lines and the kind of line end, with which clients do as they like. */
export function splitLines(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
