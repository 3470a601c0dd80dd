// Joins one account's evidence from all sources, by object id and, for the reports, by userPrincipalName.
import type { Privileges } from '../../graph/privileges/read-privileges.ts';
import { DormantError } from '../../policy/errors.ts';
import type { AssignedLicense, Evidence } from '../../policy/evidence.ts';
import type { AccountIndex } from '../sources/account-index.ts';
import type { ActiveUsersReport } from '../sources/active-users.ts';
import type { Holds } from '../sources/holds.ts';
import type { LicenseCatalog } from '../sources/license-catalog.ts';
import type { LicenseGroups } from '../sources/license-groups.ts';
import type { MailboxReport } from '../sources/mailboxes.ts';
import type { NamedGroupMembers } from '../sources/named-groups.ts';
import type { OneDriveReport } from '../sources/one-drives.ts';
import type { UserAccount } from '../sources/users.ts';

/** Read before the first user, so that each user's evidence is complete at once. */
export interface Sources {
  index: AccountIndex;
  usage: ActiveUsersReport;
  mailboxes: MailboxReport;
  oneDrives: OneDriveReport;
  licenses: LicenseCatalog;
  privileges: Privileges;
  holds: Holds;
  groups: LicenseGroups;
  namedGroups: Pick<NamedGroupMembers, 'lookUp'>;
}

export function joinEvidence(user: UserAccount, sources: Sources): Evidence {
  const { licenseAssignmentStates: _, assignedLicenses: __, isManagementRestricted, ...account } = user;
  const licenses = parseLicenses(user, sources);
  const row = sources.index.find(user.userPrincipalName);
  const usage = sources.usage.getUsage(row);
  const namedGroups = sources.namedGroups.lookUp(user.id);
  return {
    ...account,
    manager: null,
    usage,
    incomplete: licenses === null ? [...user.incomplete, 'licenseAssignmentStates'] : user.incomplete,
    licenses: licenses?.filter(isInEffect) ?? [],
    ...pickLicensesInError(licenses ?? []),
    mailbox: { ...sources.mailboxes.getMailbox(row), hold: sources.holds.findHold(user.id) },
    oneDrive: sources.oneDrives.getDrive(user, row, usage),
    roles: sources.privileges.lookUp({ id: user.id, isManagementRestricted }),
    ...(namedGroups === undefined ? {} : { namedGroups }),
  };
}

/** null where one of them cannot be read, because the rest would not be all that the account holds. */
function parseLicenses(user: UserAccount, sources: Sources): AssignedLicense[] | null {
  const { licenseAssignmentStates: states, assignedLicenses } = user;
  const { licenses, groups } = sources;
  const where = `user ${user.id}`;
  try {
    return [
      ...states.map((state) => addGroup(licenses.parseAssignment(state, where), groups)),
      ...licenses.listUnstated(assignedLicenses, states, where),
    ];
  } catch (error) {
    if (error instanceof DormantError) return null;
    throw error;
  }
}

function addGroup(license: AssignedLicense, groups: LicenseGroups): AssignedLicense {
  if (license.assignedByGroup === null) return license;
  const dynamicGroup = groups.findDynamicGroup(license.assignedByGroup);
  const groupName = groups.findName(license.assignedByGroup);
  const groupObstacles = groups.findObstacles(license.assignedByGroup);
  return {
    ...license,
    groupName,
    ...(dynamicGroup === null ? {} : { dynamicGroup }),
    ...(groupObstacles === null ? {} : { groupObstacles }),
  };
}

function isInEffect({ doubt }: AssignedLicense): boolean {
  return doubt !== 'in-error';
}

function pickLicensesInError(licenses: readonly AssignedLicense[]): Pick<Evidence, 'licensesInError'> {
  const licensesInError = licenses.filter((license) => !isInEffect(license));
  return licensesInError.length === 0 ? {} : { licensesInError };
}
