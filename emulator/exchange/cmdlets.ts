// The cmdlets of Exchange Online PowerShell that the admin endpoint runs here.
import { isConnected } from '../tenant/advance-person.ts';
import type { MailboxType } from '../tenant/mailbox.ts';
import { convertMailbox } from '../tenant/mailbox-changes.ts';
import type { Person } from '../tenant/person.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { CmdletError } from './cmdlet-error.ts';
import { createMailboxFilter } from './mailbox-filter.ts';
import {
  buildMailboxObject,
  createMailboxNotFoundError,
  findMailboxType,
  requireMailboxOwner,
} from './mailbox-object.ts';

export type CmdletParameters = Record<string, unknown>;
interface CmdletPage {
  readonly value: Record<string, unknown>[];
  /** Where the next page begins, if there is one. */
  readonly next: number | null;
}

/** A cmdlet as it was called. */
export interface CmdletCall {
  readonly name: string;
  readonly args: CmdletParameters;
}

export interface Cmdlet {
  /** The parameters that this tenant supports; every other one is refused as unknown. */
  readonly parameters: readonly string[];
  run(tenant: Tenant, parameters: CmdletParameters, page: { start: number; size: number }): CmdletPage;
}

/** By name in lower case. */
export const CMDLETS: Readonly<Record<string, Cmdlet>> = {
  'get-mailbox': {
    parameters: ['Identity', 'Filter', 'RecipientTypeDetails', 'ResultSize'],
    run: getMailbox,
  },
  'set-mailbox': { parameters: ['Identity', 'Type'], run: setMailbox },
  'get-mailboxstatistics': { parameters: ['Identity'], run: getMailboxStatistics },
  'get-organizationconfig': { parameters: [], run: getOrganizationConfig },
};

const TYPES: Readonly<Record<string, MailboxType>> = {
  shared: 'SharedMailbox',
  regular: 'UserMailbox',
  room: 'RoomMailbox',
  equipment: 'EquipmentMailbox',
};

const LISTED_TYPES: ReadonlySet<string> = new Set([
  'discoverymailbox',
  'equipmentmailbox',
  'groupmailbox',
  'legacymailbox',
  'linkedmailbox',
  'linkedroommailbox',
  'roommailbox',
  'schedulingmailbox',
  'sharedmailbox',
  'teammailbox',
  'usermailbox',
]);

function getMailbox(
  tenant: Tenant,
  parameters: CmdletParameters,
  { start, size }: { start: number; size: number },
): CmdletPage {
  if (parameters.Identity !== undefined) {
    return {
      value: [buildMailboxObject(tenant, requireMailboxOwner(tenant, parameters.Identity))],
      next: null,
    };
  }
  const wanted = parseTypes(parameters.RecipientTypeDetails);
  const passes = createMailboxFilter(parameters.Filter);
  const isWanted = (person: Person) =>
    isConnected(person) &&
    (wanted === null || wanted.has(String(findMailboxType(tenant, person)).toLowerCase())) &&
    passes(() => buildMailboxObject(tenant, person));
  const limit = parseLimit(parameters.ResultSize);
  const before = limit === Number.POSITIVE_INFINITY ? 0 : [...filterPeople(tenant, [0, start], isWanted)].length;
  const value: Record<string, unknown>[] = [];
  for (const person of filterPeople(tenant, [start, tenant.people.size], isWanted)) {
    if (before + value.length === limit) break;
    if (value.length === size) return { value, next: person.index };
    value.push(buildMailboxObject(tenant, person));
  }
  return { value, next: null };
}

function* filterPeople(
  { people }: Tenant,
  [start, end]: readonly [number, number],
  isWanted: (person: Person) => boolean,
): Generator<Person> {
  for (let index = start; index < end; index += 1) {
    if (!people.has(index)) continue;
    const person = people.get(index);
    if (isWanted(person)) yield person;
  }
}

/** In lower case; null: every type. The names are from Get-Mailbox's page for Exchange Online (office-docs-powershell). */
function parseTypes(given: unknown): ReadonlySet<string> | null {
  if (given === undefined) return null;
  const wanted = [given].flat().map((type) => String(type).toLowerCase());
  const strange = wanted.find((type) => !LISTED_TYPES.has(type));
  if (strange !== undefined) throw createConversionError('RecipientTypeDetails', strange, 'RecipientTypeDetails[]');
  return new Set(wanted);
}

/** "The default value is 1000" of ResultSize; `Unlimited` is the word for all (office-docs-powershell, Get-Mailbox). */
function parseLimit(resultSize: unknown): number {
  if (resultSize === undefined) return 1000;
  if (String(resultSize).toLowerCase() === 'unlimited') return Number.POSITIVE_INFINITY;
  const limit = Number(resultSize);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw createConversionError('ResultSize', resultSize, 'Microsoft.Exchange.Data.Unlimited`1[System.UInt32]');
}

function createConversionError(parameter: string, value: unknown, type: string): CmdletError {
  return new CmdletError(
    400,
    'ParameterBindingException',
    `Cannot process argument transformation on parameter '${parameter}'. Cannot convert value "${String(value)}" to type "${type}".`,
  );
}

function setMailbox(tenant: Tenant, { Identity, Type }: CmdletParameters): CmdletPage {
  const type = TYPES[String(Type).toLowerCase()];
  if (!type) throw createConversionError('Type', Type, 'ConvertibleMailboxSubType');
  const owner = requireMailboxOwner(tenant, Identity);
  convertMailbox(tenant, tenant.people.change(owner.index), type);
  return { value: [], next: null };
}

function getMailboxStatistics(tenant: Tenant, { Identity }: CmdletParameters): CmdletPage {
  const owner = requireMailboxOwner(tenant, Identity);
  const { mailbox } = owner;
  if (!mailbox) throw createMailboxNotFoundError(String(Identity));
  const value = {
    DisplayName: owner.displayName,
    MailboxGuid: tenant.world.getId(owner.index ^ 0x2a2a2a),
    ItemCount: mailbox.itemCount,
    TotalItemSize: formatSize(mailbox.sizeBytes),
    MailboxTypeDetail: findMailboxType(tenant, owner),
  };
  return { value: [value], next: null };
}

/** Settings of the whole organisation: its retention policies are here and on no mailbox. */
function getOrganizationConfig({ id, displayName, switches }: Tenant): CmdletPage {
  const value = {
    Name: 'contoso.onmicrosoft.com',
    DisplayName: displayName,
    Identity: 'contoso.onmicrosoft.com',
    ExternalDirectoryOrganizationId: id,
    InPlaceHolds: switches.organizationHolds,
    IsDehydrated: false,
  };
  return { value: [value], next: null };
}

/** As Exchange writes a size: four digits in the largest unit that fits, then all bytes. */
function formatSize(bytes: number): string {
  const power = bytes < 1024 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const rounded = Number((bytes / 1024 ** power).toPrecision(4));
  return `${rounded} ${UNITS[power]} (${bytes.toLocaleString('en-US')} bytes)`;
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];
