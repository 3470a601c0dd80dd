import { expect, test } from 'vitest';
import { callAs } from '../caller.ts';
import type { Emulator } from '../emulator.ts';
import { withTenant } from '../with-tenant.ts';
import { identityCost } from './costs.ts';

let emulator: Emulator;

withTenant(
  'each',
  {
    users: 0,
    people: [{ kind: 'ana' }],
    switches: { budgets: 'documented' },
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
])('GET %s?%s costs %s', (path, query, units) => {
  expect(identityCost('GET', path, new URLSearchParams(query))).toEqual({ units, writes: 0 });
});

test('a write costs one unit and one write, mail and reports other budgets', () => {
  expect(identityCost('PATCH', '/users/x', new URLSearchParams())).toEqual({ units: 1, writes: 1 });
  expect(identityCost('POST', '/users/x/sendMail', new URLSearchParams())).toBeNull();
  expect(identityCost('GET', '/reports/y', new URLSearchParams())).toBeNull();
});

test('beyond the budget comes 429 with whole seconds to wait, after which it goes on', async () => {
  const audit = await callAs(emulator, 'audit');
  const { budgets, tenant } = emulator;
  const { clientId = '' } = emulator.identities.audit ?? {};
  budgets.charge({ name: 'resource units', limit: 3500, windowSeconds: 10 }, clientId, 3499);
  expect((await audit.get('/v1.0/users?$select=id')).status).toBe(200);
  const refused = await audit.get('/v1.0/users?$select=id');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toMatch(/^(9|10)$/);
  tenant.clock.advance({ seconds: 11 });
  expect((await audit.get('/v1.0/users?$select=id')).status).toBe(200);
  expect(budgets.use()).toMatchObject([
    { budget: 'resource units', appId: clientId, peak: 3500, refused: 1 },
  ]);
});

test('apps have budgets of their own', async () => {
  const apply = await callAs(emulator, 'apply');
  const { clientId = '' } = emulator.identities.audit ?? {};
  emulator.budgets.charge({ name: 'resource units', limit: 3500, windowSeconds: 10 }, clientId, 3500);
  expect((await apply.get('/v1.0/users?$select=id')).status).toBe(200);
});

test('where budgets are off or generous, use is still counted', async () => {
  emulator.tenant.switches.budgets = 'off';
  const { clientId = '' } = emulator.identities.audit ?? {};
  const budget = { name: 'resource units', limit: 3500, windowSeconds: 10 };
  expect(emulator.budgets.charge(budget, clientId, 9000)).toBeNull();
  expect(emulator.budgets.use()[0]?.peak).toBe(9000);
});
