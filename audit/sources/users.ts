// GET /users: every account with its licences, 999 to a page. Sign-ins make a page smaller and have a quota of their own, anything
// that is expanded makes it a hundred: who needs these is asked for afterwards (sign-ins.ts, managers.ts).
import { agentProperty } from '../../graph/account-kind.ts';
import { findDay, getListOrEmpty, isFields } from '../../graph/json-fields.ts';
import { formatUserSelect, parseUser, type UserFields } from '../../graph/user.ts';
import type { Day } from '../../policy/evidence.ts';
import type { ReadRequest } from './reader.ts';
import type { SignInProbe } from './sign-in-probe.ts';

/** One account as Graph lists it; licences are still raw, they need the tenant's products to be read. */
export interface UserAccount extends UserFields {
  createdOn: Day | null;
  licenseAssignmentStates: readonly unknown[];
  /** Names every product once, also where no state tells how it came. */
  assignedLicenses: readonly unknown[];
}

/** Graph gives at most 999 users to a page; it cuts more without a word. */
export const usersPerPage = 999;

/** The listing, or the part of it that `filter` names. `agents`: this cloud may know agent users. */
export function buildUsersRequest(filter?: string, top = usersPerPage, agents = true): ReadRequest {
  const more = [
    'createdDateTime',
    'licenseAssignmentStates',
    'assignedLicenses',
    ...(agents ? [agentProperty] : []),
  ];
  const select = formatUserSelect('unavailable', more);
  const where = filter === undefined ? '' : `&$filter=${encodeURIComponent(filter)}`;
  return {
    source: 'users',
    path: `/users?$select=${select}&$top=${top}${where}`,
  };
}

/** One entry of a page; null for one without an id. What else is odd about it is in `incomplete`. */
export function parseUserAccount(entry: unknown, signIns: Pick<SignInProbe, 'kind'>): UserAccount | null {
  if (!isFields(entry) || typeof entry.id !== 'string' || entry.id === '') return null;
  const { fields, more } = parseUser(entry, 'GET /users', signIns.kind);
  return {
    ...fields,
    createdOn: more('createdDateTime', findDay, null),
    licenseAssignmentStates: more('licenseAssignmentStates', getListOrEmpty, []),
    assignedLicenses: more('assignedLicenses', getListOrEmpty, []),
  };
}
