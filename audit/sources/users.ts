// GET /users: every account with its licences, 999 to a page. Sign-ins have a separate quota and smaller pages, $expand
// makes pages of 100, so both are read afterwards where needed (sign-ins.ts, managers.ts).
import { agentProperty } from '../../graph/account-kind.ts';
import { findDay, getListOrEmpty, isFields } from '../../graph/json-fields.ts';
import type { GetRequest } from '../../graph/send-once.ts';
import { formatUserSelect, parseUser, type UserFields } from '../../graph/user.ts';
import type { Day } from '../../policy/evidence.ts';
import type { SignInProbe } from './sign-in-probe.ts';

/** One account as Graph lists it; licences are still raw, because parsing them needs the tenant's products. */
export interface UserAccount extends UserFields {
  createdOn: Day | null;
  licenseAssignmentStates: readonly unknown[];
  /** Every product once, even if no state tells how it was assigned. */
  assignedLicenses: readonly unknown[];
}

/** Graph gives at most 999 users to a page and silently cuts larger requests. */
export const usersPerPage = 999;

/** The listing, or the part that matches `filter`. `agents`: this cloud may know agent users. */
export function buildUsersRequest(filter?: string, top = usersPerPage, agents = true): GetRequest {
  const more = ['createdDateTime', 'licenseAssignmentStates', 'assignedLicenses', ...(agents ? [agentProperty] : [])];
  const select = formatUserSelect('unavailable', more);
  const where = filter === undefined ? '' : `&$filter=${encodeURIComponent(filter)}`;
  return {
    source: 'users',
    path: `/users?$select=${select}&$top=${top}${where}`,
  };
}

/** One entry of a page; null without an id. Other unreadable properties are named in `incomplete`. */
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
