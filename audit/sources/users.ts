// GET /users: every account with its manager, licences and last sign-ins, 500 to a page. The one long read of an audit.
import { agentProperty } from '../../graph/account-kind.ts';
import { dayOrNull, type Fields, isFields, listOrEmpty, textOf, textOrNull } from '../../graph/fields.ts';
import { readUser, type UserFields, userSelect } from '../../graph/user.ts';
import type { Day, Manager } from '../../policy/evidence.ts';
import type { ReadRequest } from './reader.ts';
import type { SignInAccess } from './sign-in-access.ts';

/** One account as Graph lists it; licences are still raw, they need the tenant's products to be read. */
export interface UserAccount extends UserFields {
  createdOn: Day | null;
  manager: Manager | null;
  licenseAssignmentStates: readonly unknown[];
  /** Names every product once, also where no state tells how it came. */
  assignedLicenses: readonly unknown[];
}

/** Graph gives at most 500 users to a page with signInActivity and 999 without; it cuts more without a word. */
export const usersPerPage = 500;

/** The largest page to ask for first. */
export function largestPage({ kind }: Pick<SignInAccess, 'kind'>): number {
  return kind === 'read' ? usersPerPage : 999;
}

/** The listing, or the part of it that `filter` names. `agents`: this cloud may know agent users. */
export function usersRequest(
  signIns: Pick<SignInAccess, 'kind'>,
  filter?: string,
  top = largestPage(signIns),
  agents = true,
): ReadRequest {
  const more = [
    'createdDateTime',
    'licenseAssignmentStates',
    'assignedLicenses',
    ...(agents ? [agentProperty] : []),
  ];
  const select = userSelect(signIns.kind, more);
  const where = filter === undefined ? '' : `&$filter=${encodeURIComponent(filter)}`;
  return {
    source: 'users',
    path: `/users?$select=${select}&$expand=manager($select=id,displayName,mail,userPrincipalName,jobTitle,department)&$top=${top}${where}`,
    // GET users costs 2, $select takes one off, $expand adds one.
    units: 2,
  };
}

/** One entry of a page; null for one without an id. What else is odd about it is in `incomplete`. */
export function userAccount(entry: unknown, signIns: Pick<SignInAccess, 'kind'>): UserAccount | null {
  if (!isFields(entry) || typeof entry.id !== 'string' || entry.id === '') return null;
  const { fields, more } = readUser(entry, 'GET /users', signIns.kind);
  return {
    ...fields,
    createdOn: more('createdDateTime', dayOrNull, null),
    manager: more('manager', managerOf, null),
    licenseAssignmentStates: more('licenseAssignmentStates', listOrEmpty, []),
    assignedLicenses: more('assignedLicenses', listOrEmpty, []),
  };
}

function managerOf(user: Fields, key: string, where: string): Manager | null {
  const value = user[key];
  if (!isFields(value)) return null;
  const at = `${where}, manager`;
  const id = textOf(value, 'id', at);
  // A manager can be an organisational contact, which has no userPrincipalName.
  const userPrincipalName = textOrNull(value, 'userPrincipalName', at) ?? '';
  const displayName = textOrNull(value, 'displayName', at) ?? (userPrincipalName || id);
  return {
    id,
    displayName,
    mail: textOrNull(value, 'mail', at),
    userPrincipalName,
    jobTitle: textOrNull(value, 'jobTitle', at),
    department: textOrNull(value, 'department', at),
  };
}
