// What Microsoft refuses, with where that is written. Repositories are those of github.com/microsoftgraph; a page is one of
// microsoft-graph-docs-contrib, a number one of its issues or of the repository that it names.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiClient, formatError, listValues, signInAs } from './api-client.fixture.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { getTrustedAuthority } from './trusted-authority.fixture.ts';

let emulator: Emulator;
let audit: ApiClient;
let bootstrap: ApiClient;

beforeAll(async () => {
  emulator = await startEmulator({
    users: 200,
    switches: { quotaSpeed: 10_000 },
    authority: await getTrustedAuthority(),
  });
  audit = await signInAs(emulator, 'audit');
  bootstrap = await signInAs(emulator, 'bootstrap');
});
afterAll(() => emulator.close());

const eventual = { ConsistencyLevel: 'eventual' };
const personId = () => emulator.tenant.people.requireKind('lineManager').id;
const groupId = () => [...emulator.tenant.directory.groups.keys()][0] ?? '';
const fill = (path: string) => path.replace('{user}', personId()).replace('{group}', groupId());
const ask = (path: string, headers: Record<string, string> = {}) =>
  (path.startsWith('/applications') || path.startsWith('/servicePrincipals') ? bootstrap : audit).get(
    `/v1.0${fill(path).replaceAll(' ', '%20')}`,
    headers,
  );

interface Refusal {
  readonly path: string;
  readonly isEventual?: true;
  readonly status?: number;
  readonly error: string;
  /** Where Microsoft says so, or who was answered so. */
  readonly source: string;
}

const parsing = 'BadRequest: Parsing OData Select and Expand failed: Could not find a property named';
const unsupported = 'Request_UnsupportedQuery: Unsupported or invalid query filter clause specified for property';
const notIndexed = 'Request_UnsupportedQuery: The request uses a filter property that is not indexed';

const refusals: readonly Refusal[] = [
  {
    path: '/users?$select=id,favouriteColour',
    error: `${parsing} 'favouriteColour'`,
    source: 'microsoft-graph-docs 3957',
  },
  { path: '/users/{user}?$select=badge', error: `${parsing} 'badge'`, source: 'microsoft-graph-docs 3957' },
  { path: '/groups?$select=badge', error: `${parsing} 'badge'`, source: 'msgraph-sdk-powershell 2103' },
  { path: '/users?$expand=colleagues', error: `${parsing} 'colleagues'`, source: 'msgraph-sdk-powershell 2103' },
  { path: '/applications?$expand=colleagues', error: `${parsing} 'colleagues'`, source: 'msgraph-sdk-powershell 2103' },
  { path: '/servicePrincipals?$select=badge', error: `${parsing} 'badge'`, source: 'msgraph-sdk-powershell 2103' },
  {
    path: '/users?$expand=manager,directReports',
    error: 'Only one property can be expanded',
    source: 'concepts/query-parameters.md: "Only one relationship can be expanded in a single request"',
  },
  {
    path: '/users?$expand=manager&$count=true',
    isEventual: true,
    error: 'Request_UnsupportedQuery: $expand',
    source: 'concepts/aad-advanced-queries.md: "$expand is not currently supported with advanced queries"',
  },
  {
    path: '/users?$filter=badge eq 1',
    error: 'BadRequest: Invalid filter clause',
    source: 'microsoft-graph-docs 3044',
  },
  { path: "/users?$filter=accountEnabled eq 'true'", error: 'BadRequest: Invalid filter clause', source: '3044' },
  { path: '/users?$filter=displayName eq true', error: 'BadRequest: Invalid filter clause', source: '3044' },
  {
    path: "/users?$filter=createdDateTime ge '2024-01-01'",
    error: 'BadRequest: Invalid filter clause',
    source: '3044',
  },
  {
    path: "/users?$filter=assignedLicenses/any(l:l/skuId eq '05e9a617-0261-4cee-bb44-138d3ef5d965')",
    error: 'BadRequest: Invalid filter clause',
    source: '3044: a literal of another type; skuId is an Edm.Guid in the metadata',
  },
  {
    path: "/users?$filter=startswith(accountEnabled,'t')",
    error: 'BadRequest: Invalid filter clause: No function signature',
    source: 'pnp/cli-microsoft365 6064',
  },
  { path: "/users?$filter=companyName eq 'Contoso'", error: `${unsupported} 'companyName'`, source: '1326' },
  { path: "/users?$filter=officeLocation eq 'Berlin'", error: unsupported, source: 'ms-identity-dotnetcore-b2c 9' },
  { path: "/users?$filter=onPremisesSamAccountName eq 'ana'", error: unsupported, source: '9135' },
  { path: "/users?$filter=employeeType eq 'Employee'", error: unsupported, source: 'filter-directory-objects.md' },
  { path: '/users?$filter=department eq null', error: unsupported, source: 'filter-directory-objects.md' },
  {
    path: "/groups?$filter=description eq 'x'",
    error: `${unsupported} 'description' of resource 'Group'`,
    source: 'the same page',
  },
  {
    path: '/servicePrincipals?$filter=appRoleAssignmentRequired eq true',
    error: `${unsupported} 'appRoleAssignmentRequired' of resource 'ServicePrincipal'`,
    source: '1726',
  },
  {
    path: "/users?$filter=userType ne 'Guest'",
    error: 'Request_UnsupportedQuery',
    source: '13583 of microsoft-graph-docs',
  },
  {
    path: '/users?$filter=not(accountEnabled eq true)',
    error: 'Request_UnsupportedQuery',
    source: 'aad-advanced-queries.md',
  },
  {
    path: "/users?$filter=endswith(mail,'@x.com')",
    error: 'Request_UnsupportedQuery',
    source: 'aad-advanced-queries.md',
  },
  {
    path: '/users?$filter=assignedLicenses/$count eq 0',
    error: 'Request_UnsupportedQuery',
    source: 'aad-advanced-queries.md',
  },
  {
    path: "/users?$filter=id ge '3'&$count=true",
    isEventual: true,
    error: notIndexed,
    source: 'aad-advanced-queries.md',
  },
  { path: "/users?$filter=mySite eq 'x'&$count=true", isEventual: true, error: notIndexed, source: 'the same page' },
  {
    path: '/users?$filter=assignedLicenses/$count eq 1&$count=true',
    isEventual: true,
    error: notIndexed,
    source: 'filter-directory-objects.md',
  },
  { path: "/users?$filter=contains(displayName,'a')", error: unsupported, source: 'PR 10156 of microsoft-graph-docs' },
  {
    path: '/users?$orderby=createdDateTime desc',
    error: "Unsupported sort property 'createdDateTime' for 'User'",
    source: '1354',
  },
  {
    path: '/users?$orderby=badge',
    error: "Could not find a property named 'badge'",
    source: 'unverified: the sentence of $select',
  },
  {
    path: "/users?$orderby=displayName&$filter=userType eq 'Guest'",
    error: 'Request_UnsupportedQuery',
    source: 'aad-advanced-queries.md',
  },
  {
    path: '/users?$search="displayName:park"',
    error: 'Request_UnsupportedQuery: Request with $search',
    source: 'aad-advanced-queries.md',
  },
  {
    path: '/users?$select=id,mySite',
    status: 501,
    error: 'NotImplemented',
    source: 'user-list.md: only of a single user',
  },
  {
    path: '/users/$count',
    error: 'Request_BadRequest: $count is not currently supported.',
    source: 'aad-advanced-queries.md',
  },
  {
    path: '/groups/$count',
    error: 'Request_BadRequest: $count is not currently supported.',
    source: 'aad-advanced-queries.md',
  },
  { path: '/users?$top=1000', error: "Invalid page size specified: '1000'", source: 'user-list.md: at most 999' },
  { path: '/users?$skip=10', error: "'$skip' is not supported", source: 'concepts/paging.md' },
  {
    path: '/users?$orderBy=displayName&$apply=x',
    error: "query parameter '$apply' is not supported",
    source: 'msgraph-sdk-go 620',
  },
  {
    path: "/groups/{group}/members?$filter=startswith(displayName,'a')",
    error: 'The specified filter to the reference property query is currently not supported.',
    source: 'microsoft-graph-docs 11242, 12152',
  },
  { path: '/groups/{group}/members?$orderby=displayName', error: 'Given expression for $orderby', source: '2652' },
  {
    path: '/groups/{group}/transitiveMembers/microsoft.graph.user',
    error: 'Request_UnsupportedQuery: OData cast',
    source: 'group-list-transitivemembers.md; PR 13280 of microsoft-graph-docs',
  },
  {
    path: "/subscribedSkus?$filter=skuPartNumber eq 'SPE_E3'",
    error: 'Filtered searches against this resource are not supported.',
    source: 'microsoft-graph-docs 5922',
  },
];

test.each(refusals)('$path is refused ($source)', async ({ path, isEventual, status = 400, error }) => {
  const reply = await ask(path, isEventual ? eventual : {});
  expect(reply.status, reply.text).toBe(status);
  expect(formatError(reply)).toContain(error);
});

/** The same asked as Microsoft documents it, and what its pages do not say: there the tenant is lenient. */
const accepted: readonly { path: string; isEventual?: true; source: string }[] = [
  { path: "/users?$filter=companyName eq 'Contoso'&$count=true", isEventual: true, source: '1326' },
  { path: '/users?$filter=department eq null&$count=true', isEventual: true, source: 'filter-directory-objects.md' },
  { path: "/users?$filter=userType ne 'Guest'&$count=true", isEventual: true, source: 'aad-advanced-queries.md' },
  { path: '/users?$orderby=createdDateTime&$count=true', isEventual: true, source: 'aad-advanced-queries.md' },
  { path: "/users?$filter=proxyAddresses/any(p:startswith(p,'smtp:a'))", source: 'filter-directory-objects.md' },
  {
    path: '/users?$select=id,extension_4750531c75d84e8698ecd21bbd5da9f5_badge',
    source: 'concepts/extensibility-overview.md',
  },
  { path: '/users?$select=id,manager&$expand=manager($select=id)', source: 'msgraph-sdk-dotnet 2068' },
  { path: '/users?$filter=id eq {user}&$select=id', source: 'unverified: a bare GUID for a text' },
  { path: '/users?fields=id', source: 'unverified: a parameter of nobody' },
  { path: "/groups?$filter=groupTypes/any(t:t eq 'DynamicMembership')", source: 'group-list.md' },
  { path: '/groups?$expand=owners', source: 'group-list.md' },
  { path: '/groups/{group}/members/microsoft.graph.user?$select=id', source: 'group-list-members.md' },
  {
    path: "/groups/{group}/members?$filter=startswith(displayName,'a')&$count=true",
    isEventual: true,
    source: '11242',
  },
  {
    path: '/roleManagement/directory/roleAssignments?$select=id,badge',
    source: 'known issues: parameters "might fail silently"',
  },
  { path: '/subscribedSkus?$select=skuId,badge', source: 'known issues' },
];

test.each(accepted)('$path is taken ($source)', async ({ path, isEventual }) => {
  const reply = await ask(path, isEventual ? eventual : {});
  expect(reply.status, reply.text).toBe(200);
  expect(Array.isArray(reply.body.value)).toBe(true);
});

test('texts are compared by ge and le, or not: Microsoft’s pages do not agree', async () => {
  const path = "/users?$filter=userPrincipalName ge 'm'";
  expect((await ask(path)).status).toBe(200);
  emulator.tenant.switches.textRanges = 'refused';
  const refused = await ask(path);
  emulator.tenant.switches.textRanges = 'allowed';
  expect([refused.status, formatError(refused)]).toEqual([
    400,
    "Request_UnsupportedQuery: Unsupported or invalid query filter clause specified for property 'userPrincipalName' of resource 'User'.",
  ]);
});

test('options without a dollar count in beta alone', async () => {
  const select = (version: string) => audit.get(`/${version}/users?select=id&$top=1`);
  expect(Object.keys(listValues(await select('beta'))[0] ?? {})).toEqual(['id']);
  expect(Object.keys(listValues(await select('v1.0'))[0] ?? {}).length).toBeGreaterThan(1);
});
