// The true state of one account, without delays or concealment, for a test's assertions.
import { DAY_MS, formatDate } from '../clock.ts';
import { findLastDay } from './activity.ts';
import { findDisconnectedSince, isConnected, MAILBOX_GRACE_DAYS } from './advance-person.ts';
import type { CloudPc, OneDrive, Phone } from './belongings.ts';
import { listGroupIds } from './group-members.ts';
import { isOnHold } from './holds.ts';
import type { Mailbox } from './mailbox.ts';
import type { License } from './person.ts';
import { listActiveRoles, listRoleDefinitions } from './privilege.ts';
import { findSku } from './skus.ts';
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
  /** With the group's id for inherited ones. */
  readonly licenses: readonly {
    skuId: string;
    skuPartNumber: string;
    assignedByGroup: string | null;
    disabledPlans: readonly string[];
    state: License['state'];
    /** `None`: it is in effect. */
    error: string;
  }[];
  /** Display names of the groups that the person is in, dynamic ones too. */
  readonly groups: readonly string[];
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

/** A mailbox with derived facts. Dates are the days on which something happens unless it is prevented. */
interface MailboxState extends Mailbox {
  readonly isConnected: boolean;
  /** By the mailbox's own holds or by a policy over the whole organisation. */
  readonly isOnHold: boolean;
  readonly flipsBackOn: string | null;
  /** The day on which a disconnected mailbox is lost. */
  readonly lostOn: string | null;
}

/** The state of the person at an index; deleted people too. */
export function buildAccountState(tenant: Tenant, index: number): AccountState {
  const person = tenant.people.get(index);
  const changed = tenant.people.findChanged(index);
  const lastSignIn = findLastDay(person.signIns.successful, tenant.clock.today());
  const roles = listActiveRoles(tenant.directory, person.id);
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
    licenses: person.licenses.map(({ skuId, assignedByGroup, disabledPlans, state, error }) => ({
      skuId,
      skuPartNumber: findSku(skuId)?.skuPartNumber ?? skuId,
      assignedByGroup,
      disabledPlans,
      state,
      error,
    })),
    groups: [...listGroupIds(tenant.directory, person)].map(
      (id) => tenant.directory.groups.get(id)?.properties.displayName ?? id,
    ),
    mailbox: person.mailbox && buildMailboxState(tenant, person.mailbox),
    oneDrive: structuredClone(person.oneDrive),
    cloudPc: structuredClone(person.cloudPc),
    phone: structuredClone(person.phone),
    roles: listRoleDefinitions(tenant.directory)
      .filter(({ id }) => roles.has(id))
      .map(({ displayName }) => displayName),
    lastSuccessfulSignIn: lastSignIn === null ? null : formatDate(lastSignIn),
    sessionsRevokedAt: changed?.revokedAt ?? null,
    deletedDateTime: changed?.deletedDateTime ?? null,
    isChanged: tenant.people.isChanged(index),
  };
}

function buildMailboxState({ switches }: Tenant, mailbox: Mailbox): MailboxState {
  const { flipsBack } = mailbox;
  const disconnected = findDisconnectedSince(mailbox);
  return {
    ...mailbox,
    isConnected: isConnected({ mailbox }),
    isOnHold: isOnHold(mailbox, switches.organizationHolds),
    flipsBackOn: flipsBack && formatDate(Math.floor(flipsBack.at / DAY_MS)),
    lostOn: disconnected === null ? null : formatDate(Math.floor(disconnected / DAY_MS) + MAILBOX_GRACE_DAYS),
  };
}
