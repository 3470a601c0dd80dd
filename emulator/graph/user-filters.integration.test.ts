import { expect, test } from 'vitest';
import { type ApiClient, formatError, listValues, signInAs } from '../api-client.fixture.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let audit: ApiClient;

useTenant('all', { users: 400, seed: 3 }, async (started) => {
  audit = await signInAs(started, 'audit');
});

const eventual = { ConsistencyLevel: 'eventual' };

async function found(filter: string, advanced = false): Promise<Record<string, unknown>[]> {
  const select = 'id,displayName,userPrincipalName,department,accountEnabled,userType,createdDateTime';
  const query = `$select=${select}&$top=999&$filter=${encodeURIComponent(filter)}`;
  const reply = await audit.get(`/v1.0/users?${query}${advanced ? '&$count=true' : ''}`, advanced ? eventual : {});
  expect(reply.status, reply.text).toBe(200);
  return listValues(reply);
}

async function refused(filter: string): Promise<string> {
  return formatError(await audit.get(`/v1.0/users?$filter=${encodeURIComponent(filter)}`));
}

test.each([
  ["displayName eq 'Lee Park'", 1],
  ["userPrincipalName eq 'sean.o''neill@contoso.com'", 1],
  ["startswith(userPrincipalName,'emergency-')", 2],
  ["displayName in ('Lee Park', 'Ana Reyes')", 2],
  ["(department eq 'Board' or department eq 'Executive Office') and accountEnabled eq true", 4],
  ["mail eq 'rhea.stone@fabrikam.com' and userType eq 'Guest'", 1],
])('%s finds %i', async (filter, count) => {
  expect(await found(filter)).toHaveLength(count);
});

test('ranges of UPNs part the tenant without loss', async () => {
  const low = await found("userPrincipalName le 'm'");
  const high = await found("userPrincipalName ge 'm'");
  expect(low.length).toBeGreaterThan(50);
  expect(high.length).toBeGreaterThan(50);
  expect(low.length + high.length).toBe(398);
});

test('ranges of creation dates part the tenant without loss', async () => {
  const old = await found('createdDateTime le 2024-01-01T00:00:00Z');
  const young = await found('createdDateTime ge 2024-01-01T00:00:00Z');
  expect(old.length + young.length).toBe(398);
});

test.each([
  'accountEnabled ne true',
  'not(accountEnabled eq true)',
  "endswith(mail,'@fabrikam.com')",
  'assignedLicenses/$count eq 0',
])('%s needs the advanced parameters', async (filter) => {
  expect(await refused(filter)).toContain('ConsistencyLevel:eventual');
  expect((await found(filter, true)).length).toBeGreaterThan(0);
});

test('a lambda finds the holders of a product', async () => {
  const { skuId } = Object(
    listValues(await audit.get('/v1.0/subscribedSkus')).find((sku) => sku.skuPartNumber === 'MCOEV'),
  );
  const holders = await found(`assignedLicenses/any(l:l/skuId eq ${String(skuId)})`);
  expect(holders.map(({ displayName }) => displayName)).toEqual(['Iris Hahn', 'Jule Imhof']);
});

test.each([
  ['a property that cannot be filtered', "aboutMe eq 'x'"],
  ['greater than on a date', 'createdDateTime gt 2024-01-01T00:00:00Z'],
  ['contains', "contains(displayName,'a')"],
])('%s is refused', async (_, filter) => {
  expect(await refused(filter)).toContain('Unsupported or invalid query filter clause');
});

test('nonsense is an invalid filter', async () => {
  expect(await refused("displayName eq 'open")).toContain('Invalid filter clause');
});

test('signInActivity does not combine with another property', async () => {
  const old = await found('signInActivity/lastSignInDateTime le 2026-08-01T00:00:00Z');
  expect(old.length).toBeGreaterThan(10);
  expect(
    await refused('signInActivity/lastSignInDateTime le 2026-08-01T00:00:00Z and accountEnabled eq true'),
  ).toContain('signInActivity');
});

test('$count counts what passes, and needs the header', async () => {
  const reply = await audit.get("/v1.0/users?$filter=userType eq 'Guest'&$count=true&$top=1", eventual);
  const count = Number(reply.body['@odata.count']);
  expect(count).toBe((await found("userType eq 'Guest'")).length);
  expect((await audit.get('/v1.0/users/$count', eventual)).text).toBe('398');
  expect((await audit.get('/v1.0/users/$count')).status).toBe(400);
});

test('$search needs the header and finds by the start of a word', async () => {
  expect((await audit.get('/v1.0/users?$search="displayName:park"')).status).toBe(400);
  const reply = await audit.get('/v1.0/users?$search="displayName:park"', eventual);
  expect(listValues(reply).map((user) => user.displayName)).toContain('Lee Park');
});

test('$orderby sorts over pages, and not together with $filter', async () => {
  const first = await audit.get('/v1.0/users?$orderby=displayName&$top=200');
  const second = await audit.get(String(first.body['@odata.nextLink']));
  const names = [...listValues(first), ...listValues(second)].map((user) => String(user.displayName).toLowerCase());
  expect(names).toEqual([...names].sort());
  expect((await audit.get("/v1.0/users?$orderby=displayName&$filter=userType eq 'Guest'")).status).toBe(400);
});

test('people are found by a list of ids, of which fifteen are the most', async () => {
  const page = listValues(await audit.get('/v1.0/users?$select=id&$top=16')).map((user) => `'${String(user.id)}'`);
  expect(await found(`id in (${page.slice(0, 15).join(',')})`)).toHaveLength(15);
  expect(await found(`id in (${page[3]},${page[3]},'00000000-0000-4000-8000-000000000000')`)).toHaveLength(1);
  expect(await refused(`id in (${page.join(',')})`)).toContain('Max allowed: 15');
  expect(await refused(page.map((id) => `id eq ${id}`).join(' or '))).toContain('Max allowed: 15');
});

test('an account without a userType is found by no filter on it, and is there all the same', async () => {
  const old = "displayName eq 'Olga Prien'";
  expect(await found(old)).toMatchObject([{ userType: null }]);
  for (const filter of ["userType eq 'Member'", "userType eq 'Guest'"])
    expect(await found(`${old} and ${filter}`)).toEqual([]);
  expect(await found(`${old} and userType ne 'Guest'`, true)).toEqual([]);
});

test('agent users say of what type they are, whatever is selected; other users do not', async () => {
  const [agent] = await found("displayName eq 'Sales Agent'");
  expect(agent?.['@odata.type']).toBe('#microsoft.graph.agentUser');
  expect((await found("displayName eq 'Lee Park'"))[0]).not.toHaveProperty('@odata.type');
});

test('who came by an invitation is found by it, guest or member', async () => {
  const members = await found("creationType eq 'Invitation' and userType eq 'Member'");
  expect(members.map(({ displayName }) => displayName)).toEqual(['Enzo Ricci (Fabrikam)', 'Edna Holm']);
});
