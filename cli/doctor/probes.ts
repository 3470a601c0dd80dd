// One harmless read per app role: a role may be in the token and still be refused, for want of a licence or by Exchange.
import type { AppRole } from '../../bootstrap/app-roles.ts';
import { listExchangeCmdlets } from '../../bootstrap/exchange-roles.ts';
import { runCmdlet } from '../../graph/cmdlet.ts';
import { RequestFailed } from '../../graph/request-failed.ts';
import type { DoctorContext } from './context.ts';

/** `untried`: the role only writes, and probes never do. `unlicensed`: granted, but the tenant lacks Entra ID P1 or P2. */
type ProbeResult = 'allowed' | 'untried' | 'unlicensed' | { refused: string };

export async function tryAppRole(appRole: AppRole, context: DoctorContext): Promise<ProbeResult> {
  const read = probes[appRole];
  if (read === null) return 'untried';
  try {
    await read(context);
    return 'allowed';
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    // A 404 means that reading is allowed.
    if (/Premium|B2C/i.test(error.graphCode)) return 'unlicensed';
    return error.status === 404 ? 'allowed' : { refused: error.message };
  }
}

type ProbeRead = (context: DoctorContext) => Promise<unknown>;

const probes: Record<AppRole, ProbeRead | null> = {
  'AdministrativeUnit.Read.All': createGraphRead(() => '/directory/administrativeUnits?$select=id'),
  'AuditLog.Read.All': createGraphRead(() => '/users?$top=1&$select=id,signInActivity'),
  'Directory.Read.All': createGraphRead(() => '/groups?$top=1&$select=id,membershipRule'),
  'Exchange.ManageAsApp': askExchange,
  'Group.Create': null,
  'GroupMember.Read.All': createGraphRead(() => '/groups?$top=1&$select=id'),
  'GroupMember.ReadWrite.All': null,
  'LicenseAssignment.Read.All': createGraphRead(() => '/subscribedSkus?$select=skuId'),
  'LicenseAssignment.ReadWrite.All': null,
  'Mail.Send': null,
  'MailboxSettings.Read': createGraphRead(({ files }) => `/users/${getSender(files)}/mailboxSettings`),
  'Policy.Read.All': createGraphRead(() => '/identity/conditionalAccess/policies?$top=1'),
  'Policy.ReadWrite.ConditionalAccess': null,
  'PrivilegedEligibilitySchedule.Read.AzureADGroup': createGraphRead(() => {
    const filter = encodeURIComponent(`groupId eq '${unknownGroupId}'`);
    return `/identityGovernance/privilegedAccess/group/eligibilitySchedules?$filter=${filter}`;
  }),
  'Reports.Read.All': createReportsRead("/reports/getOffice365ActiveUserDetail(period='D7')"),
  'ReportSettings.ReadWrite.All': createReportsRead('/admin/reportSettings'),
  'RoleManagement.Read.Directory': async (context) => {
    await createGraphRead(() => '/roleManagement/directory/roleAssignments?$select=id')(context);
    await createGraphRead(() => '/roleManagement/directory/roleEligibilitySchedules?$select=id')(context);
  },
  'User.EnableDisableAccount.All': null,
  'User.Read.All': createGraphRead(() => '/users?$top=1&$select=id'),
  'User.RevokeSessions.All': null,
};

/** The API requires a filter by one group; no group has this id. */
const unknownGroupId = '00000000-0000-0000-0000-000000000000';

function createGraphRead(path: (context: DoctorContext) => string): ProbeRead {
  return (context) => context.connection.graph.send({ source: 'doctor', path: path(context) });
}

/** In the version of Graph that has the reports of this cloud. */
function createReportsRead(path: string): ProbeRead {
  return (context) => context.connection.reports.send({ source: 'doctor', path });
}

/** Every cmdlet of its role that only reads: the organisation, or the mailbox that notices are sent from. */
async function askExchange({ connection, identity, files }: DoctorContext): Promise<void> {
  const sender = { Identity: files.tenant.value.notifications.sender };
  for (const name of listExchangeCmdlets(identity).filter(isRead)) {
    const parameters = name === 'Get-OrganizationConfig' ? {} : sender;
    await runCmdlet(connection.exchange, { source: 'doctor', name, parameters, repeatable: true });
  }
}

function isRead(cmdlet: string): cmdlet is `Get-${string}` {
  return cmdlet.startsWith('Get-');
}

function getSender({ tenant }: DoctorContext['files']): string {
  return encodeURIComponent(tenant.value.notifications.sender);
}
