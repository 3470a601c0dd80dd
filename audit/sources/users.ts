// GET /users: every account with its manager, licences and last sign-ins, 500 to a page. The one long read of an audit.
import { RequestFailed } from '../../graph/failure.ts';
import {
  booleanOf,
  booleanOrNull,
  dayOrNull,
  type Fields,
  fieldsOf,
  isFields,
  listOrEmpty,
  textOf,
  textOrNull,
} from '../../graph/fields.ts';
import type { Day, Manager, SignIns } from '../../policy/evidence.ts';
import type { ReadRequest, TenantReader } from './reader.ts';

/** One account as Graph lists it; licences are still raw, they need the tenant's products to be read. */
export interface UserAccount {
  id: string;
  userPrincipalName: string;
  displayName: string;
  mail: string | null;
  userType: 'member' | 'guest';
  accountEnabled: boolean;
  department: string | null;
  jobTitle: string | null;
  employeeType: string | null;
  createdOn: Day | null;
  onPremisesSyncEnabled: boolean;
  manager: Manager | null;
  licenseAssignmentStates: readonly unknown[];
  signIns: SignIns;
}

/** Whether signInActivity can be read, and if not, why. */
export type SignInAccess =
  | { kind: 'read' }
  | { kind: 'unavailable'; because: 'no-premium' | 'no-permission' };

const premiumRefusal = 'Authentication_RequestFromNonPremiumTenantOrB2CTenant';

/** One request for one user, so that the long listing need not start over when the answer is no. */
export async function readSignInAccess(reader: TenantReader): Promise<SignInAccess> {
  try {
    await reader.get({ source: 'sign-in access', path: '/users?$select=id,signInActivity&$top=1' });
    return { kind: 'read' };
  } catch (error) {
    if (!(error instanceof RequestFailed) || error.status !== 403) throw error;
    return {
      kind: 'unavailable',
      because: error.graphCode === premiumRefusal ? 'no-premium' : 'no-permission',
    };
  }
}

/** Graph gives at most 500 users to a page with signInActivity and 999 without; it cuts more without a word. */
export const usersPerPage = 500;

/** The listing, or the part of it that `filter` names. */
export function usersRequest(signIns: SignInAccess, filter?: string): ReadRequest {
  const select = [...properties, ...(signIns.kind === 'read' ? ['signInActivity'] : [])].join(',');
  const top = signIns.kind === 'read' ? usersPerPage : 999;
  const where = filter === undefined ? '' : `&$filter=${encodeURIComponent(filter)}`;
  return {
    source: 'users',
    path: `/users?$select=${select}&$expand=manager($select=id,displayName,mail,userPrincipalName)&$top=${top}${where}`,
    // GET users costs 2, $select takes one off, $expand adds one.
    units: 2,
  };
}

const properties = [
  'id',
  'userPrincipalName',
  'displayName',
  'mail',
  'userType',
  'accountEnabled',
  'department',
  'jobTitle',
  'employeeType',
  'createdDateTime',
  'onPremisesSyncEnabled',
  'licenseAssignmentStates',
];

/** One entry of a page. Throws `unexpected-answer`, naming the account by its id. */
export function userAccount(entry: unknown, signIns: SignInAccess): UserAccount {
  const user = fieldsOf(entry, 'GET /users');
  const id = textOf(user, 'id', 'GET /users');
  const where = `user ${id}`;
  const userPrincipalName = textOf(user, 'userPrincipalName', where);
  return {
    id,
    userPrincipalName,
    displayName: textOrNull(user, 'displayName', where) ?? userPrincipalName,
    mail: textOrNull(user, 'mail', where),
    // userType is null for accounts older than 2014, and those are members.
    userType: textOrNull(user, 'userType', where)?.toLowerCase() === 'guest' ? 'guest' : 'member',
    accountEnabled: booleanOf(user, 'accountEnabled', where),
    department: textOrNull(user, 'department', where),
    jobTitle: textOrNull(user, 'jobTitle', where),
    employeeType: textOrNull(user, 'employeeType', where),
    createdOn: dayOrNull(user, 'createdDateTime', where),
    onPremisesSyncEnabled: booleanOrNull(user, 'onPremisesSyncEnabled', where) === true,
    manager: managerOf(user.manager, where),
    licenseAssignmentStates: listOrEmpty(user, 'licenseAssignmentStates', where),
    signIns: signIns.kind === 'read' ? signInsOf(user.signInActivity, where) : unavailable,
  };
}

const unavailable: SignIns = { kind: 'unavailable' };
const neverSignedIn: SignIns = { kind: 'read', lastSuccessful: null, lastAttempt: null };

/** The property is absent for those who never signed in. */
function signInsOf(value: unknown, where: string): SignIns {
  if (value === undefined || value === null) return neverSignedIn;
  const activity = fieldsOf(value, where);
  const attempts = [
    signInDay(activity, 'lastSignInDateTime', where),
    signInDay(activity, 'lastNonInteractiveSignInDateTime', where),
  ].filter((day) => day !== null);
  return {
    kind: 'read',
    lastSuccessful: signInDay(activity, 'lastSuccessfulSignInDateTime', where),
    lastAttempt: attempts.sort().at(-1) ?? null,
  };
}

/** Entra writes "never" as the first day of the calendar, too. */
function signInDay(activity: Fields, key: string, where: string): Day | null {
  const day = dayOrNull(activity, key, where);
  return day === null || day < '1970-01-01' ? null : day;
}

function managerOf(value: unknown, where: string): Manager | null {
  if (!isFields(value)) return null;
  const at = `${where}, manager`;
  const id = textOf(value, 'id', at);
  // A manager can be an organisational contact, which has no userPrincipalName.
  const userPrincipalName = textOrNull(value, 'userPrincipalName', at) ?? '';
  const displayName = textOrNull(value, 'displayName', at) ?? (userPrincipalName || id);
  return { id, displayName, mail: textOrNull(value, 'mail', at), userPrincipalName };
}
