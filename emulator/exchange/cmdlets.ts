// The cmdlets of Exchange Online PowerShell that the admin endpoint runs here.

import type { Mailbox, MailboxType } from '../tenant/mailbox.ts';
import { convertMailbox, shownType } from '../tenant/mailbox-changes.ts';
import type { Person } from '../tenant/person.ts';
import { isConnected } from '../tenant/settle.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { CmdletError } from './cmdlet-error.ts';

export type CmdletParameters = Record<string, unknown>;
export interface CmdletPage {
  readonly value: Record<string, unknown>[];
  /** Where the next page begins, if there is one. */
  readonly next: number | null;
}

export type Cmdlet = (
  tenant: Tenant,
  parameters: CmdletParameters,
  start: number,
  size: number,
) => CmdletPage;

export const CMDLETS: Readonly<Record<string, Cmdlet>> = {
  'get-mailbox': getMailbox,
  'set-mailbox': setMailbox,
  'get-mailboxstatistics': getMailboxStatistics,
};

const TYPES: Readonly<Record<string, MailboxType>> = {
  shared: 'SharedMailbox',
  regular: 'UserMailbox',
  room: 'RoomMailbox',
  equipment: 'EquipmentMailbox',
};

function getMailbox(tenant: Tenant, parameters: CmdletParameters, start: number, size: number): CmdletPage {
  if (parameters.Identity !== undefined) {
    return { value: [mailboxObject(tenant, ownerOf(tenant, parameters.Identity))], next: null };
  }
  const wanted = [parameters.RecipientTypeDetails].flat().filter((type) => type !== undefined);
  const value: Record<string, unknown>[] = [];
  for (let index = start; index < tenant.people.size; index += 1) {
    if (!tenant.people.exists(index)) continue;
    const person = tenant.people.at(index);
    if (!isConnected(person) || (wanted.length > 0 && !wanted.includes(typeOf(tenant, person)))) continue;
    if (value.length === size) return { value, next: index };
    value.push(mailboxObject(tenant, person));
  }
  return { value, next: null };
}

/** Converts, and takes no other parameter that would change something this tenant does not keep. */
function setMailbox(tenant: Tenant, { Identity, Type, ...others }: CmdletParameters): CmdletPage {
  const unknown = Object.keys(others)[0];
  if (unknown)
    throw new CmdletError(
      400,
      'ParameterBindingException',
      `A parameter cannot be found that matches parameter name '${unknown}'.`,
    );
  const type = TYPES[String(Type).toLowerCase()];
  if (!type)
    throw new CmdletError(
      400,
      'ParameterBindingException',
      `Cannot process argument transformation on parameter 'Type'. Cannot convert value "${String(Type)}" to type "ConvertibleMailboxSubType".`,
    );
  const owner = ownerOf(tenant, Identity);
  convertMailbox(tenant, tenant.people.change(owner.index), type);
  return { value: [], next: null };
}

function getMailboxStatistics(tenant: Tenant, { Identity }: CmdletParameters): CmdletPage {
  const owner = ownerOf(tenant, Identity);
  const { mailbox } = owner;
  if (!mailbox) throw notFound(String(Identity));
  const value = {
    DisplayName: owner.displayName,
    MailboxGuid: tenant.world.idOf(owner.index ^ 0x2a2a2a),
    ItemCount: mailbox.itemCount,
    TotalItemSize: sizeText(mailbox.sizeBytes),
    MailboxTypeDetail: typeOf(tenant, owner),
  };
  return { value: [value], next: null };
}

function mailboxObject(tenant: Tenant, person: Person): Record<string, unknown> {
  const { mailbox } = person;
  if (!mailbox) throw notFound(person.id);
  return {
    Identity: person.displayName,
    ExternalDirectoryObjectId: person.id,
    UserPrincipalName: person.userPrincipalName,
    PrimarySmtpAddress: person.mail ?? person.userPrincipalName,
    DisplayName: person.displayName,
    Alias: person.mailNickname,
    RecipientTypeDetails: typeOf(tenant, person),
    RecipientType: 'UserMailbox',
    IsShared: typeOf(tenant, person) === 'SharedMailbox',
    LitigationHoldEnabled: mailbox.litigationHold,
    InPlaceHolds: [],
    ArchiveStatus: mailbox.archive ? 'Active' : 'None',
    ArchiveGuid: archiveGuid(tenant, person, mailbox),
    IsDirSynced: person.onPremisesSyncEnabled === true,
    AccountDisabled: !person.accountEnabled,
    SKUAssigned: mailbox.unlicensedSince === null,
  };
}

function typeOf({ people }: Tenant, person: Person): MailboxType | null {
  return shownType(people.held(person.index) ?? person);
}

/** By object id, UPN or primary address; a mailbox that lost its licence is not found any more. */
function ownerOf({ people }: Tenant, identity: unknown): Person {
  const person = typeof identity === 'string' ? people.find(identity) : undefined;
  if (!person || !isConnected(person)) throw notFound(String(identity));
  return person;
}

function archiveGuid({ world }: Tenant, { index }: Person, { archive }: Mailbox): string {
  return archive ? world.idOf(index ^ 0x1a1a1a) : '00000000-0000-0000-0000-000000000000';
}

/** As Exchange writes a size: four digits in the largest unit that fits, then all of them. */
function sizeText(bytes: number): string {
  const power = bytes < 1024 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const rounded = Number((bytes / 1024 ** power).toPrecision(4));
  return `${rounded} ${UNITS[power]} (${bytes.toLocaleString('en-US')} bytes)`;
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

function notFound(identity: string): CmdletError {
  return new CmdletError(
    404,
    'ManagementObjectNotFoundException',
    `The operation couldn't be performed because object '${identity}' couldn't be found on 'LO2P265A01DC001.GBRP265A001.PROD.OUTLOOK.COM'.`,
  );
}
