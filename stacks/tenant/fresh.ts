// One account as the tenant has it now: what the guard compares with the review, and what the steps start from.
import {
  booleanOf,
  booleanOrNull,
  dayOrNull,
  type Fields,
  fieldsOf,
  listOrEmpty,
  textOf,
  textOrNull,
} from '../../graph/fields.ts';
import type { Day, SignIns } from '../../policy/evidence.ts';
import type { FreshAccount } from '../../policy/guard.ts';

/** One entry of licenseAssignmentStates that is in effect. */
export interface Assignment {
  /** In lower case. */
  skuId: string;
  /** null: assigned directly. */
  assignedByGroup: string | null;
  /** Service plan ids that are off in it. */
  disabledPlans: readonly string[];
  /** lastUpdatedDateTime; null when Graph does not say. */
  assignedOn: Day | null;
}

/** How Active Directory knows a synced account. */
export interface OnPremisesNames {
  securityIdentifier: string | null;
  userPrincipalName: string | null;
}

/** What GET /users/{id} tells; roles and mailbox come from elsewhere. */
export interface UserNow extends Omit<FreshAccount, 'roles' | 'mailbox'> {
  accountEnabled: boolean;
  onPremisesSyncEnabled: boolean;
  onPremises: OnPremisesNames;
  /** null: licences cannot be given. */
  usageLocation: string | null;
  licenses: readonly Assignment[];
}

/** All of an account that the apply looks at. */
export type FoundAccount = UserNow & Pick<FreshAccount, 'roles' | 'mailbox'>;

/** A GUID needs no encoding; anything else must not reach another path. */
export function userPath(id: string): string {
  return `/users/${encodeURIComponent(id)}`;
}

/** `$select` of `userNow`; signInActivity only where it may be read. */
export function userProperties(signIns: 'read' | 'unavailable'): string {
  return [...properties, ...(signIns === 'read' ? ['signInActivity'] : [])].join(',');
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
  'usageLocation',
  'onPremisesSyncEnabled',
  'onPremisesSecurityIdentifier',
  'onPremisesUserPrincipalName',
  'licenseAssignmentStates',
];

/** Throws `unexpected-answer`, naming the account by its id. */
export function userNow(body: unknown, signIns: 'read' | 'unavailable'): UserNow {
  const user = fieldsOf(body, 'GET /users/{id}');
  const id = textOf(user, 'id', 'GET /users/{id}');
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
    usageLocation: textOrNull(user, 'usageLocation', where),
    onPremisesSyncEnabled: booleanOrNull(user, 'onPremisesSyncEnabled', where) === true,
    onPremises: {
      securityIdentifier: textOrNull(user, 'onPremisesSecurityIdentifier', where),
      userPrincipalName: textOrNull(user, 'onPremisesUserPrincipalName', where),
    },
    licenses: assignmentsOf(user, where),
    signIns: signIns === 'read' ? signInsOf(user, where) : { kind: 'unavailable' },
  };
}

/** In state Error the assignment failed (no seats, a conflict), so nothing is held by it. */
export function assignmentsOf(user: Fields, where: string): Assignment[] {
  return listOrEmpty(user, 'licenseAssignmentStates', where).flatMap((entry) => {
    const state = fieldsOf(entry, where);
    if (state.state === 'Error') return [];
    return [
      {
        skuId: textOf(state, 'skuId', where).toLowerCase(),
        assignedByGroup: textOrNull(state, 'assignedByGroup', where),
        disabledPlans: listOrEmpty(state, 'disabledPlans', where).map(String),
        assignedOn: dayOrNull(state, 'lastUpdatedDateTime', where),
      },
    ];
  });
}

/** The property is absent for those who never signed in. */
function signInsOf(user: Fields, where: string): SignIns {
  const activity = fieldsOf(user.signInActivity ?? {}, where);
  const day = (key: string) => {
    const read = dayOrNull(activity, key, where);
    // Entra writes "never" as the first day of the calendar, too.
    return read === null || read < '1970-01-01' ? null : read;
  };
  const attempts = [day('lastSignInDateTime'), day('lastNonInteractiveSignInDateTime')];
  return {
    kind: 'read',
    lastSuccessful: day('lastSuccessfulSignInDateTime'),
    lastAttempt:
      attempts
        .filter((each) => each !== null)
        .sort()
        .at(-1) ?? null,
  };
}
