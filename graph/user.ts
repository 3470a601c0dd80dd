// One entry of GET /users: what the audit lists and the apply looks at again, read the same way by both.
import { kindProperties, parseAccountKind, type UserAccountKind } from './account-kind.ts';
import {
  type Fields,
  findBoolean,
  findDay,
  findText,
  readTolerantly,
  requireBoolean,
  requireFields,
  requireGuid,
  requireText,
  type TolerantFields,
} from './json-fields.ts';

export interface UserFields {
  id: string;
  userPrincipalName: string;
  displayName: string;
  givenName: string | null;
  surname: string | null;
  mail: string | null;
  userType: 'member' | 'guest';
  accountKind: UserAccountKind;
  accountEnabled: boolean;
  department: string | null;
  jobTitle: string | null;
  employeeType: string | null;
  onPremisesSyncEnabled: boolean;
  /** In a restricted management unit; only on $select, null for everybody else. */
  isManagementRestricted: boolean;
  signIns: SignInDays;
  /**
   * Properties that are missing or not what they must be, each with a stand-in that takes nothing from anybody. Whoever has one
   * is doubtful in the audit, and is not touched by the apply.
   */
  incomplete: readonly string[];
}

/**
 * Days of signInActivity, as YYYY-MM-DD; null: none known. `lastAttempt` counts failed ones, too. `missing`: the tenant's can be
 * read, and this account came without any.
 */
export type SignInDays =
  | { kind: 'read'; lastSuccessful: string | null; lastAttempt: string | null }
  | { kind: 'missing' }
  | { kind: 'unavailable' };

/** Whether a tenant's signInActivity can be read at all; it needs Entra ID P1 and AuditLog.Read.All. */
export type SignInAvailability = 'read' | 'unavailable';

/** `$select` of `parseUser` and of `more`. */
export function formatUserSelect(signIns: SignInAvailability, more: readonly string[]): string {
  return [...properties, ...more, ...(signIns === 'read' ? ['signInActivity'] : [])].join(',');
}

const properties = [
  'id',
  'userPrincipalName',
  'displayName',
  'givenName',
  'surname',
  'mail',
  'userType',
  ...kindProperties,
  'accountEnabled',
  'department',
  'jobTitle',
  'employeeType',
  'onPremisesSyncEnabled',
  'isManagementRestricted',
];

export interface ParsedUser {
  fields: UserFields;
  /** The whole entry, for what only one reader asks for. */
  user: Fields;
  /** Reads more of it; adds to `fields.incomplete`. */
  more: TolerantFields['read'];
  /** What errors call the account. */
  where: string;
}

/** Throws `unexpected-answer` for an entry without an id: nobody can tell whose it is. */
export function parseUser(body: unknown, request: string, signIns: SignInAvailability): ParsedUser {
  const user = requireFields(body, request);
  const id = requireText(user, 'id', request);
  const where = `user ${id}`;
  const { read, incomplete } = readTolerantly(user, where);
  // The id stands in for the name: no report has a row of it, and no pattern means it.
  const userPrincipalName = read('userPrincipalName', requireText, id);
  const fields: UserFields = {
    id: read('id', requireGuid, id),
    userPrincipalName,
    displayName: read('displayName', findText, null) ?? userPrincipalName,
    givenName: read('givenName', findText, null),
    surname: read('surname', findText, null),
    mail: read('mail', findText, null),
    // userType is null for accounts older than 2014, and those are members.
    userType: read('userType', findText, null)?.toLowerCase() === 'guest' ? 'guest' : 'member',
    accountKind: read('creationType', (entry, _, at) => parseAccountKind(entry, at), 'person'),
    accountEnabled: read('accountEnabled', requireBoolean, false),
    department: read('department', findText, null),
    jobTitle: read('jobTitle', findText, null),
    employeeType: read('employeeType', findText, null),
    onPremisesSyncEnabled: read('onPremisesSyncEnabled', findBoolean, null) === true,
    isManagementRestricted: read('isManagementRestricted', findBoolean, null) === true,
    signIns: signIns === 'read' ? read('signInActivity', parseSignInDays, missing) : unavailable,
    incomplete,
  };
  return { fields, user, more: read, where };
}

const unavailable: SignInDays = { kind: 'unavailable' };
const missing: SignInDays = { kind: 'missing' };

/** What a read of one account by itself may conclude from a value that is missing: nobody knows of a sign-in. */
export const noSignInKnown = { kind: 'read', lastSuccessful: null, lastAttempt: null } as const;

/**
 * Absent for those who never signed in, for those whose last sign-in was before April 2020, and for some on a crowded page
 * (msgraph-sdk-powershell 1898); with nothing in it, it says no more.
 */
export function parseSignInDays(user: Fields, key: string, where: string): SignInDays {
  const value = user[key];
  if (value === undefined || value === null) return missing;
  const activity = requireFields(value, where);
  const attempts = [
    parseSignInDay(activity, 'lastSignInDateTime', where),
    parseSignInDay(activity, 'lastNonInteractiveSignInDateTime', where),
  ].filter((day) => day !== null);
  const lastSuccessful = parseSignInDay(activity, 'lastSuccessfulSignInDateTime', where);
  const lastAttempt = attempts.sort().at(-1) ?? null;
  return lastSuccessful === null && lastAttempt === null
    ? missing
    : { kind: 'read', lastSuccessful, lastAttempt };
}

/** Entra writes "none" as the first day of the calendar, too. */
function parseSignInDay(activity: Fields, key: string, where: string): string | null {
  const day = findDay(activity, key, where);
  return day === null || day < '1970-01-01' ? null : day;
}
