// Builds one account for tests and pictures: Ana Reyes, with whatever is changed about her.

import { lastSeen } from '../../policy/account.fixture.ts';
import type { Day, Evidence } from '../../policy/evidence.ts';
import { parseServicePlans } from '../../policy/licenses/service-plans.ts';
import type { Stage } from '../../policy/schemas/account.ts';

/** One account, and where it already stands on main. */
export interface Person {
  evidence: Evidence;
  inForce?: { stage: Stage; since: Day; isReleased?: boolean };
  /** The tenant does not show yet what its file asks for. */
  isUnapplied?: boolean;
  /** A pull request with this account was closed unmerged. */
  declined?: boolean;
}

/** Ana Reyes of Sales: enabled, licensed with SPE_E3, last active on 15 July 2026, managed by Lee Park. */
export function aPerson(change: Partial<Evidence> = {}, more: Omit<Person, 'evidence'> = {}): Person {
  const userPrincipalName = change.userPrincipalName ?? 'ana.reyes@contoso.com';
  return {
    evidence: { ...ana, id: guid(userPrincipalName), mail: userPrincipalName, ...change, userPrincipalName },
    ...more,
  };
}

/** A licence by part number; direct, a year old, with an Exchange plan where its name says so. */
export function aLicense(
  skuPartNumber: string,
  change: Partial<Evidence['licenses'][number]> = {},
): Evidence['licenses'][number] {
  return {
    skuId: guid(skuPartNumber),
    skuPartNumber,
    productName: productNames[skuPartNumber] ?? skuPartNumber,
    assignedByGroup: null,
    groupName: null,
    disabledPlans: [],
    assignedOn: '2025-01-15',
    carries: /^(SPE|ENTERPRISE|EXCHANGE|SPB|STANDARDPACK|DESKLESS)/.test(skuPartNumber)
      ? parseServicePlans(['EXCHANGE_S_ENTERPRISE', 'SHAREPOINTENTERPRISE'])
      : parseServicePlans([skuPartNumber]),
    ...change,
  };
}

/** A stable GUID made from a text, so that the same person has the same id in every test. */
export function guid(text: string): string {
  let hex = '';
  for (let seed = 1; hex.length < 32; seed++) hex += fnv(`${seed}${text}`).toString(16).padStart(8, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const productNames: Record<string, string> = {
  SPE_E3: 'Microsoft 365 E3',
  SPE_E5: 'Microsoft 365 E5',
  SPE_F1: 'Microsoft 365 F3',
  ENTERPRISEPACK: 'Office 365 E3',
  EXCHANGESTANDARD: 'Exchange Online (Plan 1)',
  EMS: 'Enterprise Mobility + Security E3',
  VISIOCLIENT: 'Visio Plan 2',
  PROJECTPROFESSIONAL: 'Project Plan 3',
  POWER_BI_PRO: 'Power BI Pro',
  Microsoft_365_Copilot: 'Microsoft 365 Copilot',
  FLOW_FREE: 'Microsoft Power Automate Free',
};

const ana: Omit<Evidence, 'id'> = {
  userPrincipalName: 'ana.reyes@contoso.com',
  displayName: 'Ana Reyes',
  mail: 'ana.reyes@contoso.com',
  userType: 'member',
  accountKind: 'person',
  givenName: null,
  surname: null,
  accountEnabled: true,
  department: 'Sales',
  jobTitle: 'Account Executive',
  employeeType: null,
  createdOn: '2021-03-01',
  onPremisesSyncEnabled: false,
  manager: {
    id: guid('lee.park@contoso.com'),
    displayName: 'Lee Park',
    mail: 'lee.park@contoso.com',
    userPrincipalName: 'lee.park@contoso.com',
  },
  usage: lastSeen({ exchange: '2026-07-15', oneDrive: '2026-06-30', teams: '2026-07-01' }),
  signIns: { kind: 'read', lastSuccessful: '2026-07-15', lastAttempt: '2026-07-15' },
  licenses: [aLicense('SPE_E3')],
  mailbox: {
    recipientType: 'user',
    storageUsedBytes: 4_200_000_000,
    hasArchive: false,
    hold: 'none',
  },
  oneDrive: { kind: 'none' },
  roles: [],
  incomplete: [],
};

function fnv(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}
