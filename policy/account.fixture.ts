// Accounts for tests, as one audit sees them. Impossible accounts are refused, so that no test relies on one.
import {
  type AssignedLicense,
  addDays,
  type Day,
  type Evidence,
  type LiveSignIns,
  type RunFacts,
  type ServiceActivity,
  type UsageRow,
} from './evidence.ts';
import { parseServicePlans } from './licenses/service-plans.ts';
import { requirePossible } from './possible-account.fixture.ts';

/** The day of every audit in these tests, a Monday. */
export const today: Day = '2026-12-07';

/** The day of the usage report that it reads. */
export const reportDay: Day = '2026-12-05';

/** `days` before the report's day: inactive for exactly so long. */
export function daysAgo(days: number): Day {
  return addDays(reportDay, -days);
}

export function aRun(change: Partial<RunFacts> = {}): RunFacts {
  return {
    auditedOn: today,
    reportRefreshDate: reportDay,
    pipelineAccounts: ['it-lifecycle@contoso.com'],
    convertedMailboxes: new Set(),
    uncounted: [],
    ...change,
  };
}

/** Ana Reyes of Sales: silent since 15 July 2026 (143 days), licensed with SPE_E3, told about by Lee Park. */
export function anAccount(change: Partial<Evidence> = {}): Evidence {
  const userPrincipalName = change.userPrincipalName ?? 'ana.reyes@contoso.com';
  const account: Evidence = {
    id: idOf(userPrincipalName),
    displayName: 'Ana Reyes',
    givenName: null,
    surname: null,
    mail: userPrincipalName,
    userType: 'member',
    accountKind: 'person',
    accountEnabled: true,
    department: 'Sales',
    jobTitle: 'Account Manager',
    employeeType: 'Employee',
    createdOn: '2021-03-01',
    onPremisesSyncEnabled: false,
    manager: leePark,
    usage: lastSeen({ exchange: '2026-07-15', oneDrive: '2026-06-30', teams: '2026-07-01' }),
    signIns: signedIn('2026-07-15'),
    licenses: [aLicense('SPE_E3')],
    mailbox: { recipientType: 'user', storageUsedBytes: 4e9, hasArchive: false, hold: 'none' },
    oneDrive: { kind: 'none' },
    roles: [],
    incomplete: [],
    ...change,
    userPrincipalName,
  };
  requirePossible(account, { today, reportDay });
  return account;
}

/** A report row; services that are not named are blank in it. */
export function lastSeen(days: Partial<ServiceActivity> = {}): UsageRow {
  return { kind: 'row', lastActivity: { ...blank, ...days } };
}

/** A report row of which the cell for Teams cannot be read. */
export function garbledRow(days: Partial<ServiceActivity> = {}): UsageRow {
  const lastActivity = { ...blank, ...days };
  return { kind: 'unreadable', lastActivity, columns: ['Teams Last Activity Date'] };
}

/** Sign-in activity; the last attempt is the last success unless another is given. */
export function signedIn(lastSuccessful: Day | null, lastAttempt = lastSuccessful): LiveSignIns {
  return { kind: 'read', lastSuccessful, lastAttempt };
}

/** Assigned directly a year ago; `assignedByGroup` makes it inherited. */
export function aLicense(skuPartNumber: string, change: Partial<AssignedLicense> = {}): AssignedLicense {
  const sku = subscribed[skuPartNumber];
  if (sku === undefined) {
    const known = Object.keys(subscribed).join(', ');
    throw new Error(`the tenant has not subscribed to ${skuPartNumber}, only to ${known}`);
  }
  const [productName, ...plans] = sku;
  return {
    productName,
    carries: parseServicePlans([skuPartNumber, ...plans]),
    skuPartNumber,
    skuId: idOf(skuPartNumber),
    assignedByGroup: null,
    groupName: null,
    disabledPlans: [],
    assignedOn: '2025-12-01',
    ...change,
  };
}

/** A GUID that is always the same for the same text. */
export function idOf(text: string): string {
  let hex = '';
  for (let round = 0; hex.length < 32; round++) hex += hashOf(`${round} ${text}`);
  return [0, 8, 12, 16, 20].map((at, index) => hex.slice(at, [8, 12, 16, 20, 32][index])).join('-');
}

const blank: ServiceActivity = {
  exchange: null,
  oneDrive: null,
  sharePoint: null,
  skypeForBusiness: null,
  yammer: null,
  teams: null,
};

/** Products of these tests' tenant, by part number: the name, and the service plans that something hangs on. */
const subscribed: Record<string, readonly [productName: string, ...plans: string[]]> = {
  SPE_E3: ['Microsoft 365 E3', 'EXCHANGE_S_ENTERPRISE', 'SHAREPOINTENTERPRISE'],
  SPE_E5: ['Microsoft 365 E5', 'EXCHANGE_S_ENTERPRISE', 'SHAREPOINTENTERPRISE', 'MCOEV'],
  SPE_F1: ['Microsoft 365 F3', 'EXCHANGE_S_DESKLESS', 'SHAREPOINTDESKLESS'],
  M365EDU_A3_FACULTY: ['Microsoft 365 A3 for faculty', 'EXCHANGE_S_ENTERPRISE', 'SHAREPOINTENTERPRISE_EDU'],
  SPB: ['Microsoft 365 Business Premium', 'EXCHANGE_S_STANDARD', 'EXCHANGE_S_ARCHIVE_ADDON'],
  EXCHANGESTANDARD: ['Exchange Online (Plan 1)', 'EXCHANGE_S_STANDARD'],
  EXCHANGEENTERPRISE: ['Exchange Online (Plan 2)', 'EXCHANGE_S_ENTERPRISE'],
  EXCHANGEARCHIVE_ADDON: ['Exchange Online Archiving for Exchange Online', 'EXCHANGE_S_ARCHIVE_ADDON'],
  CPC_E_2C_8GB_128GB: ['Windows 365 Enterprise 2 vCPU 8 GB 128 GB', 'CPC_2'],
  MCOEV: ['Microsoft Teams Phone Standard', 'MCOEV'],
  ENTERPRISEPACK: ['Office 365 E3', 'EXCHANGE_S_ENTERPRISE', 'SHAREPOINTENTERPRISE'],
  PROJECTPROFESSIONAL: ['Project Plan 3'],
  Microsoft_365_Copilot: ['Microsoft 365 Copilot'],
  POWER_BI_PRO: ['Power BI Pro'],
  EMS: ['Enterprise Mobility + Security E3'],
  VISIOCLIENT: ['Visio Plan 2', 'ONEDRIVE_BASIC'],
  PHONESYSTEM_VIRTUALUSER: ['Microsoft Teams Phone Resource Account'],
  Microsoft_Teams_Rooms_Pro: ['Microsoft Teams Rooms Pro'],
  MEETING_ROOM: ['Microsoft Teams Rooms Standard'],
  MTR_PREM: ['Teams Rooms Premium'],
  MCOCAP: ['Microsoft Teams Shared Devices'],
  FLOW_FREE: ['Power Automate Free'],
};

const leePark: Evidence['manager'] = {
  id: idOf('lee.park@contoso.com'),
  displayName: 'Lee Park',
  mail: 'lee.park@contoso.com',
  userPrincipalName: 'lee.park@contoso.com',
};

/** FNV-1a, 32 bits, as 8 hex digits. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
