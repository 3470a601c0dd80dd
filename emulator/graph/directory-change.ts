// What a write meant for Entra's audit log. Activities and categories are those of reference-audit-activities.md (entra-docs).
import type { LogEntry } from '../metering/request-log.ts';
import { isRecord } from '../odata/filter-match.ts';

export interface DirectoryChange {
  readonly activity: string;
  readonly category: string;
  readonly operationType: 'Add' | 'Assign' | 'Unassign' | 'Update' | 'Delete';
  readonly targetType: string;
  readonly targetId: string | null;
  readonly modified: readonly { displayName: string; oldValue: null; newValue: string }[];
}

type Row = readonly [
  method: string,
  path: RegExp,
  activity: string,
  category: string,
  operationType: DirectoryChange['operationType'],
  targetType: string,
];

/** The first group of a path is the id of the target; a POST that creates something has none. */
const rows: readonly Row[] = [
  ['PATCH', /^\/users\/([^/]+)$/, 'Update user', 'UserManagement', 'Update', 'User'],
  ['DELETE', /^\/users\/([^/]+)$/, 'Delete user', 'UserManagement', 'Delete', 'User'],
  ['POST', /^\/directory\/deletedItems\/([^/]+)\/restore$/, 'Restore user', 'UserManagement', 'Update', 'User'],
  ['POST', /^\/users\/([^/]+)\/assignLicense$/, 'Change user license', 'UserManagement', 'Update', 'User'],
  [
    'POST',
    /^\/users\/([^/]+)\/revokeSignInSessions$/,
    'Update StsRefreshTokenValidFrom Timestamp',
    'UserManagement',
    'Update',
    'User',
  ],
  // Without /$ref the member itself is deleted.
  ['DELETE', /^\/groups\/[^/]+\/(?:members|owners)\/([^/]+)$/, 'Delete user', 'UserManagement', 'Delete', 'User'],
  ['POST', /^\/groups\/([^/]+)\/assignLicense$/, 'Set group license', 'GroupManagement', 'Update', 'Group'],
  ['POST', /^\/groups$/, 'Add group', 'GroupManagement', 'Add', 'Group'],
  ['PATCH', /^\/groups\/([^/]+)$/, 'Update group', 'GroupManagement', 'Update', 'Group'],
  ['DELETE', /^\/groups\/([^/]+)$/, 'Delete group', 'GroupManagement', 'Delete', 'Group'],
  ['POST', /^\/groups\/([^/]+)\/members\/\$ref$/, 'Add member to group', 'GroupManagement', 'Assign', 'Group'],
  [
    'DELETE',
    /^\/groups\/([^/]+)\/members\/[^/]+\/\$ref$/,
    'Remove member from group',
    'GroupManagement',
    'Unassign',
    'Group',
  ],
  ['POST', /^\/groups\/([^/]+)\/owners\/\$ref$/, 'Add owner to group', 'GroupManagement', 'Assign', 'Group'],
  [
    'DELETE',
    /^\/groups\/([^/]+)\/owners\/[^/]+\/\$ref$/,
    'Remove owner from group',
    'GroupManagement',
    'Unassign',
    'Group',
  ],
  ['POST', /^\/roleManagement\/directory\/roleAssignments$/, 'Add member to role', 'RoleManagement', 'Assign', 'Role'],
  [
    'DELETE',
    /^\/roleManagement\/directory\/roleAssignments\/([^/]+)$/,
    'Remove member from role',
    'RoleManagement',
    'Unassign',
    'Role',
  ],
  ['POST', /^\/identity\/conditionalAccess\/policies$/, 'Add conditional access policy', 'Policy', 'Add', 'Policy'],
  [
    'PATCH',
    /^\/identity\/conditionalAccess\/policies\/([^/]+)$/,
    'Update conditional access policy',
    'Policy',
    'Update',
    'Policy',
  ],
  [
    'DELETE',
    /^\/identity\/conditionalAccess\/policies\/([^/]+)$/,
    'Delete conditional access policy',
    'Policy',
    'Delete',
    'Policy',
  ],
  ['POST', /^\/applications$/, 'Add application', 'ApplicationManagement', 'Add', 'Application'],
  ['PATCH', /^\/applications\/([^/]+)$/, 'Update application', 'ApplicationManagement', 'Update', 'Application'],
  ['DELETE', /^\/applications\/([^/]+)$/, 'Delete application', 'ApplicationManagement', 'Delete', 'Application'],
  ['POST', /^\/servicePrincipals$/, 'Add service principal', 'ApplicationManagement', 'Add', 'ServicePrincipal'],
  [
    'DELETE',
    /^\/servicePrincipals\/([^/]+)$/,
    'Remove service principal',
    'ApplicationManagement',
    'Delete',
    'ServicePrincipal',
  ],
  [
    'POST',
    /^\/servicePrincipals\/([^/]+)\/appRoleAssign\w+$/,
    'Add app role assignment to service principal',
    'UserManagement',
    'Assign',
    'ServicePrincipal',
  ],
];

/** Of a request in the log; none where it changed nothing in the directory, or failed. Blocking is two: itself, and an update. */
export function describeChanges({ method, path, status, body }: LogEntry): DirectoryChange[] {
  if (status < 200 || status > 299) return [];
  const below = path.replace(/^\/(v1\.0|beta)/i, '');
  for (const [wanted, pattern, activity, category, operationType, targetType] of rows) {
    const found = method === wanted ? pattern.exec(below) : null;
    if (!found) continue;
    const modified = listModified(body);
    const change = { activity, category, operationType, targetType, targetId: found[1] ?? null, modified };
    const switched = modified.find(({ displayName }) => displayName === 'AccountEnabled');
    if (activity !== 'Update user' || !switched) return [change];
    return [{ ...change, activity: switched.newValue === '[true]' ? 'Enable account' : 'Disable account' }, change];
  }
  return [];
}

function listModified(body: string | null): { displayName: string; oldValue: null; newValue: string }[] {
  const parsed = parseBody(body);
  return Object.entries(parsed).map(([name, value]) => ({
    displayName: name.charAt(0).toUpperCase() + name.slice(1),
    oldValue: null,
    newValue: JSON.stringify([value]),
  }));
}

/** The log keeps the beginning of a long body, which is then no JSON any more. */
function parseBody(body: string | null): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body ?? '{}');
    return isRecord(parsed) ? parsed : {};
  } catch {
    return {};
  }
}
