// One account's evidence out of all sources, joined by object id and, for the reports, by userPrincipalName.

import type { Privileges } from '../../graph/privileges/read-privileges.ts';
import { DormantError } from '../../policy/errors.ts';
import type { AssignedLicense, Evidence } from '../../policy/evidence.ts';
import type { AccountIndex } from '../sources/account-index.ts';
import type { ActiveUsers } from '../sources/active-users.ts';
import type { Holds } from '../sources/holds.ts';
import type { Licences } from '../sources/licences.ts';
import type { LicenseGroups } from '../sources/license-groups.ts';
import type { Mailboxes } from '../sources/mailboxes.ts';
import type { OneDrives } from '../sources/one-drives.ts';
import type { UserAccount } from '../sources/users.ts';

/** Everything that is read before the first user, so that each user is complete when it comes. */
export interface Sources {
  index: AccountIndex;
  usage: ActiveUsers;
  mailboxes: Mailboxes;
  oneDrives: OneDrives;
  licences: Licences;
  privileges: Privileges;
  holds: Holds;
  groups: LicenseGroups;
}

export function join(user: UserAccount, sources: Sources): Evidence {
  const { licenseAssignmentStates: _, assignedLicenses: __, isManagementRestricted, ...account } = user;
  const licenses = licensesOf(user, sources);
  const row = sources.index.find(user.userPrincipalName);
  const usage = sources.usage.usageOf(row);
  return {
    ...account,
    manager: null,
    usage,
    incomplete: licenses === null ? [...user.incomplete, 'licenseAssignmentStates'] : user.incomplete,
    licenses: licenses?.filter(isInEffect) ?? [],
    ...inError(licenses ?? []),
    mailbox: { ...sources.mailboxes.mailboxOf(row), hold: sources.holds.holdOn(user.id) },
    oneDrive: sources.oneDrives.driveOf(user, row, usage),
    roles: sources.privileges.lookUp({ id: user.id, isManagementRestricted }),
  };
}

/** null where one of them cannot be read: what is left would not be all that the account holds. */
function licensesOf(user: UserAccount, sources: Sources): AssignedLicense[] | null {
  const { licenseAssignmentStates: states, assignedLicenses } = user;
  const { licences, groups } = sources;
  const where = `user ${user.id}`;
  try {
    return [
      ...states.map((state) => withGroup(licences.held(state, where), groups)),
      ...licences.unstated(assignedLicenses, states, where),
    ];
  } catch (error) {
    if (error instanceof DormantError) return null;
    throw error;
  }
}

function withGroup(held: AssignedLicense, groups: LicenseGroups): AssignedLicense {
  if (held.assignedByGroup === null) return held;
  const dynamicGroup = groups.dynamicGroupOf(held.assignedByGroup);
  const groupName = groups.nameOf(held.assignedByGroup);
  return { ...held, groupName, ...(dynamicGroup === null ? {} : { dynamicGroup }) };
}

function isInEffect({ doubt }: AssignedLicense): boolean {
  return doubt !== 'in-error';
}

function inError(licenses: readonly AssignedLicense[]): Pick<Evidence, 'licensesInError'> {
  const licensesInError = licenses.filter((license) => !isInEffect(license));
  return licensesInError.length === 0 ? {} : { licensesInError };
}
