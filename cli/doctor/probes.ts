// One harmless read per app role: a role may stand in the token and still be refused, by the licence or by Exchange.
import type { AppRole } from '../../bootstrap/app-roles.ts';
import { exchangeCmdletsFor } from '../../bootstrap/exchange-roles.ts';
import { runCmdlet } from '../../graph/cmdlet.ts';
import { RequestFailed } from '../../graph/failure.ts';
import type { Scene } from './scene.ts';

/** `untried`: the role only writes, and this never does. `unlicensed`: it is granted, and the tenant lacks Entra ID P1 or P2. */
export type Answered = 'allowed' | 'untried' | 'unlicensed' | { refused: string };

export async function probe(appRole: AppRole, scene: Scene): Promise<Answered> {
  const read = probes[appRole];
  if (read === null) return 'untried';
  try {
    await read(scene);
    return 'allowed';
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    // Not there is not the same as not allowed to look.
    if (/Premium|B2C/i.test(error.graphCode)) return 'unlicensed';
    return error.status === 404 ? 'allowed' : { refused: error.message };
  }
}

type Read = (scene: Scene) => Promise<unknown>;

const probes: Record<AppRole, Read | null> = {
  'AdministrativeUnit.Read.All': get(() => '/directory/administrativeUnits?$select=id'),
  'AuditLog.Read.All': get(() => '/users?$top=1&$select=id,signInActivity'),
  'Directory.Read.All': get(() => '/groups?$top=1&$select=id,membershipRule'),
  'Exchange.ManageAsApp': askExchange,
  'Group.Create': null,
  'GroupMember.Read.All': get(() => '/groups?$top=1&$select=id'),
  'LicenseAssignment.Read.All': get(() => '/subscribedSkus?$select=skuId'),
  'LicenseAssignment.ReadWrite.All': null,
  'Mail.Send': null,
  'MailboxSettings.Read': get(({ files }) => `/users/${senderOf(files)}/mailboxSettings`),
  'Policy.Read.All': get(() => '/identity/conditionalAccess/policies?$top=1'),
  'Policy.ReadWrite.ConditionalAccess': null,
  'PrivilegedEligibilitySchedule.Read.AzureADGroup': get(() => {
    const filter = encodeURIComponent(`groupId eq '${nobody}'`);
    return `/identityGovernance/privilegedAccess/group/eligibilitySchedules?$filter=${filter}`;
  }),
  'Reports.Read.All': getReports("/reports/getOffice365ActiveUserDetail(period='D7')"),
  'ReportSettings.ReadWrite.All': getReports('/admin/reportSettings'),
  'RoleManagement.Read.Directory': async (scene) => {
    await get(() => '/roleManagement/directory/roleAssignments?$select=id')(scene);
    await get(() => '/roleManagement/directory/roleEligibilitySchedules?$select=id')(scene);
  },
  'User.EnableDisableAccount.All': null,
  'User.Read.All': get(() => '/users?$top=1&$select=id'),
  'User.RevokeSessions.All': null,
};

/** The filter by one group is asked for; no group has this id. */
const nobody = '00000000-0000-0000-0000-000000000000';

function get(path: (scene: Scene) => string): Read {
  return (scene) => scene.connection.graph.send({ source: 'doctor', path: path(scene) });
}

/** In the version of Graph that has them in this cloud. */
function getReports(path: string): Read {
  return (scene) => scene.connection.reports.send({ source: 'doctor', path });
}

/** Every cmdlet of its role that only reads; what they read is the organisation, or the mailbox that notices are sent from. */
async function askExchange({ connection, identity, files }: Scene): Promise<void> {
  const sender = { Identity: files.tenant.value.notifications.sender };
  for (const name of exchangeCmdletsFor(identity).filter((cmdlet) => cmdlet.startsWith('Get-'))) {
    const parameters = name === 'Get-OrganizationConfig' ? {} : sender;
    await runCmdlet(connection.exchange, { source: 'doctor', name, parameters, repeatable: true });
  }
}

function senderOf({ tenant }: Scene['files']): string {
  return encodeURIComponent(tenant.value.notifications.sender);
}
