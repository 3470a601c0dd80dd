// One entry of GET /users: the audit lists it, the apply reads it again, both in the same way.
import type { AccountKind, SignIns } from '../policy/evidence.ts';
import type { IdKey, UserId, UserPrincipalName } from '../policy/identifiers.ts';
import { kindProperties, parseAccountKind, parseUserType } from './account-kind.ts';
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
  id: UserId;
  userPrincipalName: UserPrincipalName;
  displayName: string;
  givenName: string | null;
  surname: string | null;
  mail: string | null;
  userType: 'member' | 'guest';
  accountKind: AccountKind;
  accountEnabled: boolean;
  department: string | null;
  jobTitle: string | null;
  employeeType: string | null;
  onPremisesSyncEnabled: boolean;
  /** In a restricted management unit. Graph returns it on $select only, and null for all other accounts. */
  isManagementRestricted: boolean;
  signIns: SignIns;
  /**
   * Properties that are missing or invalid, each replaced by a value that takes nothing away. Such an account is doubtful
   * in the audit, and the apply does not touch it.
   */
  incomplete: readonly string[];
}

/** Whether a tenant's signInActivity can be read at all; it needs Entra ID P1 and AuditLog.Read.All. */
export type SignInAvailability = 'read' | 'unavailable';

/** A GUID needs no encoding; anything else must not reach another path. */
export function buildUserPath(id: UserId | IdKey): string {
  return `/users/${encodeURIComponent(id)}`;
}

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

interface ParsedUser {
  fields: UserFields;
  /** The whole entry, for properties that only one caller reads. */
  user: Fields;
  /** Reads more properties; adds to `fields.incomplete`. */
  more: TolerantFields['read'];
  /** How errors name the account. */
  where: string;
}

/** Throws `unexpected-answer` for an entry without an id: it is unknown whose it is. */
export function parseUser(body: unknown, request: string, signIns: SignInAvailability): ParsedUser {
  const user = requireFields(body, request);
  const id = requireText(user, 'id', request);
  const where = `user ${id}`;
  const { read, incomplete } = readTolerantly(user, where);
  // The id replaces the name: no report has a row with it, and no pattern matches it.
  const userPrincipalName = read('userPrincipalName', requireText, id);
  const fields: UserFields = {
    id: read('id', requireGuid, id),
    userPrincipalName,
    displayName: read('displayName', findText, null) ?? userPrincipalName,
    givenName: read('givenName', findText, null),
    surname: read('surname', findText, null),
    mail: read('mail', findText, null),
    userType: read('userType', parseUserType, 'member'),
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

const unavailable: SignIns = { kind: 'unavailable' };
const missing: SignIns = { kind: 'missing' };

/** If one account is read by itself, a missing value means that no sign-in is known. */
export const noSignInKnown = { kind: 'read', lastSuccessful: null, lastAttempt: null } as const;

/**
 * Absent if the account never signed in, if its last sign-in was before April 2020, and for some on a crowded page
 * (msgraph-sdk-powershell 1898). An empty value says no more.
 */
export function parseSignInDays(user: Fields, key: string, where: string): SignIns {
  const value = user[key];
  if (value === undefined || value === null) return missing;
  const activity = requireFields(value, where);
  const attempts = [
    parseSignInDay(activity, 'lastSignInDateTime', where),
    parseSignInDay(activity, 'lastNonInteractiveSignInDateTime', where),
  ].filter((day) => day !== null);
  const lastSuccessful = parseSignInDay(activity, 'lastSuccessfulSignInDateTime', where);
  const lastAttempt = attempts.sort().at(-1) ?? null;
  return lastSuccessful === null && lastAttempt === null ? missing : { kind: 'read', lastSuccessful, lastAttempt };
}

/** Entra also writes "none" as the first day of the calendar. */
function parseSignInDay(activity: Fields, key: string, where: string): string | null {
  const day = findDay(activity, key, where);
  return day === null || day < '1970-01-01' ? null : day;
}
