// Rows for Entra's logs: the sign-ins of people, and the changes of the directory that this tenant was asked for.

import { DAY_MS } from '../../clock.ts';
import type { LogEntry } from '../../metering/request-log.ts';
import { isRecord } from '../../odata/filter-match.ts';
import type { Person } from '../../tenant/person.ts';
import { generateGuid } from '../../tenant/seeded-random.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { type DirectoryChange, describeChanges } from '../directory-change.ts';
import { requirePremium, requireSignInReader } from '../sign-in-pages.ts';
import { selectProperties } from '../stored-object.ts';
import { findUserProperty } from '../user-properties.ts';
import { defineObjects } from './object-resource.ts';
import type { View } from './resource.ts';

/** "The maximum and default page size is 1,000 objects" (signin-list.md); a page of 999 is the most that this tenant gives. */
const PAGE = 999;
/** "30 days with Entra ID P1 or P2" (reference-reports-data-retention.md of entra-docs); without it sign-ins cannot be read. */
const KEPT_DAYS = 30;
const KEPT_DAYS_FREE = 7;
/** The Office 365 portal, which stands for everything that people sign in to. */
const PORTAL = { id: '00000006-0000-0ff1-ce00-000000000000', displayName: 'Microsoft Office 365 Portal' } as const;

/** The roles are looked at by `requireSignInReader`, which has the words of these logs. */
const readLogsAsPerson = { permissions: ['AuditLog.Read.All'], people: 'everybody' } as const;

interface SignIn {
  readonly person: Person;
  readonly id: string;
  readonly at: string;
  readonly isSuccess: boolean;
}

/** The last interactive sign-in of each person, as signInActivity has it: the latest first. */
const signIns = defineObjects<SignIn>({
  path: '/auditLogs/signIns',
  typeName: 'signIn',
  list: {
    permissions: ['AuditLog.Read.All'],
    delegated: readLogsAsPerson,
    units: null,
    page: 'signin-list.md',
    query: ['$filter', '$orderby', '$select', '$top'],
  },
  get: {
    permissions: ['AuditLog.Read.All'],
    delegated: readLogsAsPerson,
    units: null,
    page: 'signin-get.md',
    query: ['$select'],
  },
  require: ({ site, c }) => {
    requirePremium(site);
    requireSignInReader(c.get('caller'));
  },
  computePageSize: ({ query }) => query.top ?? PAGE,
  entries: ({ site }) => listSignIns(site.tenant),
  write: (signIn, view, select) => selectProperties(buildSignIn(signIn, view), select),
});

interface Audit {
  readonly entry: LogEntry;
  readonly change: DirectoryChange;
  readonly id: string;
}

const directoryAudits = defineObjects<Audit>({
  path: '/auditLogs/directoryAudits',
  typeName: 'directoryAudit',
  list: {
    permissions: ['AuditLog.Read.All', 'Directory.Read.All'],
    delegated: readLogsAsPerson,
    units: null,
    page: 'directoryaudit-list.md',
    query: ['$filter', '$orderby', '$top'],
  },
  get: {
    permissions: ['AuditLog.Read.All', 'Directory.Read.All'],
    delegated: readLogsAsPerson,
    units: null,
    page: 'directoryaudit-get.md',
  },
  require: ({ c }) => requireSignInReader(c.get('caller')),
  computePageSize: ({ query }) => query.top ?? PAGE,
  entries: ({ site }) => {
    const days = site.tenant.switches.premium ? KEPT_DAYS : KEPT_DAYS_FREE;
    const since = new Date(site.tenant.clock.now() - days * DAY_MS).toISOString();
    const entries = site.log.listEntries().filter(({ time }) => time >= since);
    return entries.flatMap((entry) => describeChanges(entry).map((change, at) => toAudit(entry, change, at))).reverse();
  },
  write: (audit, view, select) => selectProperties(buildAudit(audit, view), select),
});

export const auditLogResources = [signIns, directoryAudits] as const;

function listSignIns(tenant: Tenant): SignIn[] {
  const readActivity = findUserProperty('signInActivity');
  const since = new Date(tenant.clock.now() - KEPT_DAYS * DAY_MS).toISOString();
  const found: SignIn[] = [];
  for (let index = 0; index < tenant.people.size; index += 1) {
    if (!tenant.people.has(index)) continue;
    const person = tenant.people.get(index);
    const activity = readActivity?.(person, tenant);
    if (!isRecord(activity) || typeof activity.lastSignInDateTime !== 'string') continue;
    const at = activity.lastSignInDateTime;
    const success = activity.lastSuccessfulSignInDateTime;
    if (at >= since)
      found.push({
        person,
        id: String(activity.lastSignInRequestId),
        at,
        isSuccess: typeof success === 'string' && success.slice(0, 10) >= at.slice(0, 10),
      });
  }
  return found.sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** A wrong password is error 50126 (reference-error-codes.md of entra-docs). */
function buildSignIn({ person, id, at, isSuccess }: SignIn, { site: { tenant } }: View): Record<string, unknown> {
  return {
    id,
    createdDateTime: at,
    userDisplayName: person.displayName,
    userPrincipalName: person.userPrincipalName,
    userId: person.id,
    appId: PORTAL.id,
    appDisplayName: PORTAL.displayName,
    ipAddress: `203.0.113.${person.index % 256}`,
    clientAppUsed: 'Browser',
    correlationId: generateGuid(tenant.world.random, person.index, 9301),
    conditionalAccessStatus: 'notApplied',
    isInteractive: true,
    riskDetail: 'none',
    riskLevelAggregated: 'none',
    riskLevelDuringSignIn: 'none',
    riskState: 'none',
    resourceDisplayName: PORTAL.displayName,
    resourceId: PORTAL.id,
    status: isSuccess
      ? { errorCode: 0, failureReason: 'Other.', additionalDetails: null }
      : { errorCode: 50_126, failureReason: 'Invalid username or password.', additionalDetails: null },
    deviceDetail: { deviceId: '', displayName: '', operatingSystem: 'Windows10', browser: 'Edge' },
    location: { city: person.officeLocation, state: null, countryOrRegion: person.usageLocation },
    appliedConditionalAccessPolicies: [],
  };
}

const toAudit = (entry: LogEntry, change: DirectoryChange, at: number): Audit => ({
  entry,
  change,
  id: `Directory_${entry.requestId}_${at}`,
});

function buildAudit({ entry, change, id }: Audit, { site }: View): Record<string, unknown> {
  const { people, directory } = site.tenant;
  const principal = [...directory.servicePrincipals.values()].find(({ appId }) => appId === entry.appId);
  const person = change.targetId ? people.find(change.targetId) : undefined;
  const object = directory.groups.get(change.targetId ?? '') ?? directory.applications.get(change.targetId ?? '');
  return {
    id,
    category: change.category,
    correlationId: entry.requestId,
    result: 'success',
    resultReason: '',
    activityDisplayName: change.activity,
    activityDateTime: entry.time,
    loggedByService: 'Core Directory',
    operationType: change.operationType,
    initiatedBy: {
      user: null,
      app: {
        appId: entry.appId,
        displayName: principal?.properties.displayName ?? null,
        servicePrincipalId: principal?.id ?? null,
        servicePrincipalName: null,
      },
    },
    targetResources: [
      {
        id: change.targetId ?? null,
        displayName: person?.displayName ?? object?.properties.displayName ?? null,
        type: change.targetType,
        userPrincipalName: person?.userPrincipalName ?? null,
        groupType: null,
        modifiedProperties: change.modified,
      },
    ],
    additionalDetails: [],
  };
}
