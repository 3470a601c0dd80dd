import { expect, test } from 'vitest';
import { formatError, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { useTenant } from '../use-tenant.fixture.ts';
import { computeIdentityCost } from './costs.ts';

let emulator: Emulator;

useTenant(
  'each',
  {
    users: 0,
    people: [{ kind: 'ana' }],
    switches: { quotaSpeed: 1 },
  },
  (started) => {
    emulator = started;
  },
);

test.each([
  ['/users', '', 2],
  ['/users', '$select=id', 1],
  ['/users', '$select=id&$expand=manager', 2],
  ['/users/x', '$select=id', 1],
  ['/groups/x/transitiveMembers', '', 5],
  ['/groups/x/members', '', 3],
  ['/subscribedSkus', '', 3],
  ['/groups', '', 1],
  ['/groups/x/memberOf', '', 1],
  ['/users/x/memberOf', '', 2],
  ['/servicePrincipals', '', 1],
  ['/servicePrincipals/x/appRoleAssignments', '', 2],
  ['/roleManagement/directory/roleDefinitions', '', 1],
  ['/directory/unknown', '', 1],
])('GET %s?%s costs %s', (path, query, units) => {
  expect(computeIdentityCost('GET', path, new URLSearchParams(query))).toEqual({ units, writes: 0 });
});

test('a write costs one unit and one write, mail and reports other budgets', () => {
  expect(computeIdentityCost('PATCH', '/users/x', new URLSearchParams())).toEqual({ units: 1, writes: 1 });
  expect(computeIdentityCost('POST', '/users/x/checkMemberGroups', new URLSearchParams())).toEqual({
    units: 4,
    writes: 0,
  });
  expect(computeIdentityCost('POST', '/directoryObjects/getByIds', new URLSearchParams())).toEqual({
    units: 3,
    writes: 0,
  });
  expect(computeIdentityCost('POST', '/users/x/sendMail', new URLSearchParams())).toBeNull();
  expect(computeIdentityCost('GET', '/reports/y', new URLSearchParams())).toBeNull();
});

test('beyond the budget comes 429 with whole seconds to wait, after which it goes on', async () => {
  const audit = await signInAs(emulator, 'audit');
  const { budgets, tenant } = emulator;
  const { clientId = '' } = emulator.identities.audit ?? {};
  budgets.charge({ name: 'resource units', limit: 3500, windowSeconds: 10 }, clientId, 3499);
  expect((await audit.get('/v1.0/users?$select=id')).status).toBe(200);
  const refused = await audit.get('/v1.0/users?$select=id');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toMatch(/^(9|10)$/);
  tenant.clock.advance({ seconds: 11 });
  expect((await audit.get('/v1.0/users?$select=id')).status).toBe(200);
  expect(budgets.listUse()).toMatchObject([{ budget: 'resource units', appId: clientId, peak: 3500, refused: 1 }]);
});

test('apps have budgets of their own', async () => {
  const apply = await signInAs(emulator, 'apply');
  const { clientId = '' } = emulator.identities.audit ?? {};
  emulator.budgets.charge({ name: 'resource units', limit: 3500, windowSeconds: 10 }, clientId, 3500);
  expect((await apply.get('/v1.0/users?$select=id')).status).toBe(200);
});

test('where budgets are off or generous, use is still counted', async () => {
  emulator.tenant.switches.budgets = 'off';
  const { clientId = '' } = emulator.identities.audit ?? {};
  const budget = { name: 'resource units', limit: 3500, windowSeconds: 10 };
  expect(emulator.budgets.charge(budget, clientId, 9000)).toBeNull();
  expect(emulator.budgets.listUse()[0]?.peak).toBe(9000);
});

test('where its windows pass sixty times as fast, so does what 429 asks to wait', async () => {
  emulator.tenant.switches.quotaSpeed = 60;
  const { clientId = '' } = emulator.identities.audit ?? {};
  const budget = { name: 'writes', limit: 1, windowSeconds: 150 };
  expect(emulator.budgets.charge(budget, clientId, 1)).toBeNull();
  const wait = emulator.budgets.charge(budget, clientId, 1) ?? 0;
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(2.5);
  emulator.tenant.clock.advance({ seconds: 3 });
  expect(emulator.budgets.charge(budget, clientId, 1)).toBeNull();
});

test('all apps together have a budget of writes and one of reports', async () => {
  const [audit, apply] = [await signInAs(emulator, 'audit'), await signInAs(emulator, 'apply')];
  emulator.budgets.charge({ name: 'reports of all', limit: 40, windowSeconds: 600 }, 'every app', 40);
  emulator.budgets.charge({ name: 'writes of all', limit: 18_000, windowSeconds: 300 }, 'every app', 18_000);
  const report = "/v1.0/reports/getMailboxUsageDetail(period='D180')";
  expect((await audit.get(report)).status).toBe(429);
  const { id } = emulator.getState('ana');
  expect((await apply.patch(`/v1.0/users/${id}`, { accountEnabled: false })).status).toBe(429);
});

test('of five requests to one mailbox at a time the fifth is refused', async () => {
  const audit = await signInAs(emulator, 'audit');
  const { id } = emulator.getState('ana');
  const path = `/v1.0/users/${id}/mailboxSettings/userPurpose`;
  const faultId = emulator.faults.add({ kind: 'hold', path: 'mailboxSettings' });
  const four = Array.from({ length: 4 }, () => audit.get(path));
  await expect.poll(() => emulator.log.listEntries({ path: 'mailboxSettings' }).length).toBe(4);
  expect((await audit.get(path)).status).toBe(429);
  emulator.faults.remove(faultId);
  expect((await Promise.all(four)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
});

test('where the four are of an app, five mailboxes are too many; a batch has its requests wait for each other', async () => {
  emulator.tenant.switches.mailboxConcurrency = 'per-app';
  const audit = await signInAs(emulator, 'audit');
  const ids = Array.from({ length: 6 }, (_, at) => emulator.addPerson({ kind: `p${at}` }).id);
  const url = (id = '') => `/users/${id}/mailboxSettings/userPurpose`;
  const faultId = emulator.faults.add({ kind: 'hold', path: 'mailboxSettings' });
  const four = ids.slice(0, 4).map((id) => audit.get(`/v1.0${url(id)}`));
  await expect.poll(() => emulator.log.listEntries({ path: 'mailboxSettings' }).length).toBe(4);
  const fifth = await audit.get(`/v1.0${url(ids[4])}`);
  expect([fifth.status, formatError(fifth)]).toEqual([429, expect.stringContaining('MailboxConcurrency')]);
  emulator.faults.remove(faultId);
  expect((await Promise.all(four)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const requests = ids.map((id) => ({ id, method: 'GET', url: url(id) }));
  const { body } = await audit.post('/v1.0/$batch', { requests });
  expect(Object(body).responses.map(({ status }: { status: number }) => status)).toEqual(ids.map(() => 200));
});

test('of all apps one request a second reaches Conditional Access, and its 429 does not say how long to wait', async () => {
  const policies = '/v1.0/identity/conditionalAccess/policies';
  const apply = await signInAs(emulator, 'apply');
  expect((await apply.get(policies)).status).toBe(200);
  const refused = await apply.get(`${policies}/x`);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null]);
  emulator.tenant.clock.advance({ seconds: 1 });
  expect((await apply.get(policies)).status).toBe(200);
});
