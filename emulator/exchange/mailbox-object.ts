// Finds mailboxes, and builds the objects that cmdlets return for them.
import { isConnected } from '../tenant/advance-person.ts';
import type { Mailbox, MailboxType } from '../tenant/mailbox.ts';
import { findVisibleType } from '../tenant/mailbox-changes.ts';
import type { Person } from '../tenant/person.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { CmdletError } from './cmdlet-error.ts';

/** A mailbox with the properties that this tenant supports. */
export function buildMailboxObject(tenant: Tenant, person: Person): Record<string, unknown> {
  const { mailbox } = person;
  if (!mailbox) throw createMailboxNotFoundError(person.id);
  const holds = tenant.people.findChanged(person.index)?.former.holds.show(mailbox) ?? mailbox;
  return {
    Identity: person.displayName,
    ExternalDirectoryObjectId: person.id,
    UserPrincipalName: person.userPrincipalName,
    PrimarySmtpAddress: person.mail ?? person.userPrincipalName,
    DisplayName: person.displayName,
    Alias: person.mailNickname,
    RecipientTypeDetails: findMailboxType(tenant, person),
    RecipientType: 'UserMailbox',
    IsShared: findMailboxType(tenant, person) === 'SharedMailbox',
    LitigationHoldEnabled: holds.litigationHold,
    InPlaceHolds: holds.inPlaceHolds,
    ComplianceTagHoldApplied: holds.complianceTagHold,
    DelayHoldApplied: holds.delayHold,
    DelayReleaseHoldApplied: holds.delayReleaseHold,
    ArchiveStatus: mailbox.archive ? 'Active' : 'None',
    ArchiveGuid: deriveArchiveGuid(tenant, person, mailbox),
    IsDirSynced: person.onPremisesSyncEnabled === true,
    AccountDisabled: !person.accountEnabled,
    SKUAssigned: mailbox.unlicensedSince === null,
  };
}

export function findMailboxType({ people }: Tenant, person: Person): MailboxType | null {
  return findVisibleType(people.findChanged(person.index) ?? person);
}

/** By object id, UPN or primary address; a mailbox that lost its licence is not found any more. */
export function requireMailboxOwner({ people }: Tenant, identity: unknown): Person {
  const person = typeof identity === 'string' ? people.find(identity) : undefined;
  if (!person || !isConnected(person)) throw createMailboxNotFoundError(String(identity));
  return person;
}

function deriveArchiveGuid({ world }: Tenant, { index }: Person, { archive }: Mailbox): string {
  return archive ? world.getId(index ^ 0x1a1a1a) : '00000000-0000-0000-0000-000000000000';
}

export function createMailboxNotFoundError(identity: string): CmdletError {
  return new CmdletError(
    404,
    'ManagementObjectNotFoundException',
    `The operation couldn't be performed because object '${identity}' couldn't be found on 'LO2P265A01DC001.GBRP265A001.PROD.OUTLOOK.COM'.`,
  );
}
