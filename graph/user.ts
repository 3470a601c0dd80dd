// One entry of GET /users: what the audit lists and the apply looks at again, read the same way by both.
import { booleanOf, booleanOrNull, dayOrNull, type Fields, fieldsOf, textOf, textOrNull } from './fields.ts';

export interface UserFields {
  id: string;
  userPrincipalName: string;
  displayName: string;
  mail: string | null;
  userType: 'member' | 'guest';
  accountEnabled: boolean;
  department: string | null;
  jobTitle: string | null;
  employeeType: string | null;
  onPremisesSyncEnabled: boolean;
  signIns: SignInDays;
}

/** Days of signInActivity, as YYYY-MM-DD; null: never. `lastAttempt` counts failed ones, too. */
export type SignInDays =
  | { kind: 'read'; lastSuccessful: string | null; lastAttempt: string | null }
  | { kind: 'unavailable' };

/** `$select` of `readUser` and of `more`; signInActivity needs Entra ID P1 and AuditLog.Read.All. */
export function userSelect(signIns: SignInDays['kind'], more: readonly string[]): string {
  return [...properties, ...more, ...(signIns === 'read' ? ['signInActivity'] : [])].join(',');
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
  'onPremisesSyncEnabled',
];

export interface ReadUser {
  fields: UserFields;
  /** The whole entry, for what only one reader asks for. */
  user: Fields;
  /** What errors call the account. */
  where: string;
}

/** Throws `unexpected-answer`, naming the account by its id, or `request` where not even that can be read. */
export function readUser(body: unknown, request: string, signIns: SignInDays['kind']): ReadUser {
  const user = fieldsOf(body, request);
  const id = textOf(user, 'id', request);
  const where = `user ${id}`;
  const userPrincipalName = textOf(user, 'userPrincipalName', where);
  const fields: UserFields = {
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
    onPremisesSyncEnabled: booleanOrNull(user, 'onPremisesSyncEnabled', where) === true,
    signIns: signIns === 'read' ? signInDays(user.signInActivity, where) : unavailable,
  };
  return { fields, user, where };
}

const unavailable: SignInDays = { kind: 'unavailable' };
const neverSignedIn: SignInDays = { kind: 'read', lastSuccessful: null, lastAttempt: null };

/** The property is absent for those who never signed in. */
function signInDays(value: unknown, where: string): SignInDays {
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
function signInDay(activity: Fields, key: string, where: string): string | null {
  const day = dayOrNull(activity, key, where);
  return day === null || day < '1970-01-01' ? null : day;
}
