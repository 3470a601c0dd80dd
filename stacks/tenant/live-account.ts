// One account as the tenant has it now: what the guard compares with the review, and where the steps start.
import { agentProperty } from '../../graph/account-kind.ts';
import { type Fields, findText, getListOrEmpty } from '../../graph/json-fields.ts';
import {
  isNeededByAnother,
  type LicenseAssignment,
  listUnstated,
  parseAssignment,
} from '../../graph/license-assignments.ts';
import { formatUserSelect, parseUser } from '../../graph/user.ts';
import { DormantError } from '../../policy/errors.ts';
import type { LiveAccount } from '../../policy/guard/guard.ts';
import { foldId, type IdKey, type UserPrincipalName } from '../../policy/identifiers.ts';
import { formatList } from '../../policy/words/labels.ts';

/** One in effect. */
export interface Assignment extends Omit<LicenseAssignment, 'skuId' | 'doubt' | 'error'> {
  skuId: IdKey;
  /** Entra does not take it from who has left its group, because another product needs it. */
  isNeeded?: true;
}

/** One in doubt: it may not be in effect, so it is not taken and nothing relies on it. */
interface DoubtfulLicense extends Assignment {
  doubt: NonNullable<LicenseAssignment['doubt']>;
  error?: string;
}

interface OnPremisesNames {
  securityIdentifier: string | null;
  userPrincipalName: UserPrincipalName | null;
}

/** Whose mailbox it is. */
export type MailboxOwner = Pick<LiveUser, 'id' | 'userPrincipalName'>;

/** From GET /users/{id}; roles, mailbox and sign-ins are read elsewhere. */
export interface LiveUser extends Omit<LiveAccount, FoundElsewhere | 'licenses'> {
  accountEnabled: boolean;
  isManagementRestricted: boolean;
  onPremisesSyncEnabled: boolean;
  onPremises: OnPremisesNames;
  /** null: no licence can be assigned. */
  usageLocation: string | null;
  licenses: readonly Assignment[];
  doubtfulLicenses: readonly DoubtfulLicense[];
}

/** All that the apply reads of an account, except its sign-ins, which only the guard needs. */
export interface FoundAccount
  extends Omit<LiveUser, 'licenses'>,
    Pick<LiveAccount, Exclude<FoundElsewhere, 'signIns'>> {
  licenses: readonly NamedAssignment[];
  /** Why the products could not be read, so that `licenses` has ids for names; null: they were. */
  unnamed: DormantError | null;
}

/** With its product's name; the id if the tenant no longer lists the product. */
export interface NamedAssignment extends Assignment {
  skuPartNumber: string;
}

type FoundElsewhere = 'roles' | 'privilegeAccess' | 'mailbox' | 'signIns';

/** `$select` for `parseLiveUser`. */
export function buildLiveUserSelect(agents: boolean): string {
  return formatUserSelect('unavailable', agents ? [...properties, agentProperty] : properties);
}

const properties = [
  'usageLocation',
  'onPremisesSecurityIdentifier',
  'onPremisesUserPrincipalName',
  'assignedLicenses',
  'licenseAssignmentStates',
];

/** Throws `unexpected-answer` with the account's id and what is wrong: nothing is written to half an account. */
export function parseLiveUser(body: unknown): LiveUser {
  const { fields, user, where } = parseUser(body, 'GET /users/{id}', 'unavailable');
  const { signIns: _, ...rest } = fields;
  requireComplete(where, fields.incomplete);
  return {
    ...rest,
    usageLocation: findText(user, 'usageLocation', where),
    onPremises: {
      securityIdentifier: findText(user, 'onPremisesSecurityIdentifier', where),
      userPrincipalName: findText(user, 'onPremisesUserPrincipalName', where),
    },
    ...parseLicenses(user, where),
  };
}

function requireComplete(where: string, incomplete: readonly string[]): void {
  if (incomplete.length === 0) return;
  throw new DormantError('unexpected-answer', `${where}: ${formatList(incomplete)} cannot be read.`, {
    where,
    remedy: 'Nothing was done to this account. Look at it in the Entra admin center, and run the apply again.',
  });
}

/** Those in effect and those in doubt; without `assignedLicenses`, those of the states alone. */
export function parseLicenses(user: Fields, where: string): Pick<LiveUser, 'licenses' | 'doubtfulLicenses'> {
  const states = getListOrEmpty(user, 'licenseAssignmentStates', where);
  const unstated = listUnstated(getListOrEmpty(user, 'assignedLicenses', where), states, where);
  const licenses: Assignment[] = [];
  const doubtfulLicenses: DoubtfulLicense[] = [];
  const parse = (state: unknown) => ({
    ...parseAssignment(state, where),
    ...(isNeededByAnother(state) ? { isNeeded: true as const } : {}),
  });
  for (const { doubt, error, ...rest } of [...states.map(parse), ...unstated]) {
    const assignment: Assignment = { ...rest, skuId: foldId(rest.skuId) };
    if (doubt === undefined) licenses.push(assignment);
    else doubtfulLicenses.push({ ...assignment, doubt, ...(error === undefined ? {} : { error }) });
  }
  return { licenses, doubtfulLicenses };
}
