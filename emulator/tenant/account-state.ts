// One account as the tenant knows it, delays and disguises aside: what a test asserts against.
import { DAY_MS, dateOf } from '../clock.ts';
import { lastDay } from './activity.ts';
import type { CloudPc, OneDrive, Phone } from './belongings.ts';
import { isOnHold } from './holds.ts';
import type { Mailbox } from './mailbox.ts';
import { activeRolesOf, listRoleDefinitions } from './privilege.ts';
import { disconnectedSince, isConnected, MAILBOX_GRACE_DAYS } from './settle.ts';
import { skuById } from './skus.ts';
import type { Tenant } from './tenant.ts';

export interface AccountState {
  readonly id: string;
  readonly kind: string | null;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly department: string | null;
  readonly jobTitle: string | null;
  readonly accountEnabled: boolean;
  readonly onPremisesSyncEnabled: boolean | null;
  readonly managerId: string | null;
  /** Part numbers, with the group's id for inherited ones. */
  readonly licenses: readonly {
    skuPartNumber: string;
    assignedByGroup: string | null;
    disabledPlans: readonly string[];
  }[];
  readonly mailbox: MailboxState | null;
  /** null: never opened. */
  readonly oneDrive: OneDrive | null;
  readonly cloudPc: CloudPc | null;
  readonly phone: Phone | null;
  /** Display names of the roles held now. */
  readonly roles: readonly string[];
  readonly lastSuccessfulSignIn: string | null;
  readonly sessionsRevokedAt: string | null;
  readonly deletedDateTime: string | null;
  /** Whether anything was changed since the tenant started. */
  readonly isChanged: boolean;
}

/** A mailbox with what follows from it. Dates are those of the day on which something happens unless it is prevented. */
export interface MailboxState extends Mailbox {
  readonly isConnected: boolean;
  /** By the mailbox's own holds or by a policy over the whole organisation. */
  readonly isOnHold: boolean;
  readonly flipsBackOn: string | null;
  /** The day on which a disconnected mailbox is lost. */
  readonly lostOn: string | null;
}

/** The state of the person at an index; deleted people too. */
export function accountState(tenant: Tenant, index: number): AccountState {
  const person = tenant.people.at(index);
  const held = tenant.people.held(index);
  const lastSignIn = lastDay(person.signIns.successful, tenant.clock.today());
  const roles = activeRolesOf(tenant.directory, person.id);
  return {
    id: person.id,
    kind: person.kind,
    userPrincipalName: person.userPrincipalName,
    displayName: person.displayName,
    department: person.department,
    jobTitle: person.jobTitle,
    accountEnabled: person.accountEnabled,
    onPremisesSyncEnabled: person.onPremisesSyncEnabled,
    managerId: person.managerId,
    licenses: person.licenses.map(({ skuId, assignedByGroup, disabledPlans }) => ({
      skuPartNumber: skuById(skuId)?.skuPartNumber ?? skuId,
      assignedByGroup,
      disabledPlans,
    })),
    mailbox: person.mailbox && mailboxState(tenant, person.mailbox),
    oneDrive: structuredClone(person.oneDrive),
    cloudPc: structuredClone(person.cloudPc),
    phone: structuredClone(person.phone),
    roles: listRoleDefinitions(tenant.directory)
      .filter(({ id }) => roles.has(id))
      .map(({ displayName }) => displayName),
    lastSuccessfulSignIn: lastSignIn === null ? null : dateOf(lastSignIn),
    sessionsRevokedAt: held?.revokedAt ?? null,
    deletedDateTime: held?.deletedDateTime ?? null,
    isChanged: tenant.people.changed.has(index),
  };
}

function mailboxState({ switches }: Tenant, mailbox: Mailbox): MailboxState {
  const { flipsBack } = mailbox;
  const disconnected = disconnectedSince(mailbox);
  return {
    ...mailbox,
    isConnected: isConnected({ mailbox }),
    isOnHold: isOnHold(mailbox, switches.organizationHolds),
    flipsBackOn: flipsBack && dateOf(Math.floor(flipsBack.at / DAY_MS)),
    lostOn: disconnected === null ? null : dateOf(Math.floor(disconnected / DAY_MS) + MAILBOX_GRACE_DAYS),
  };
}
