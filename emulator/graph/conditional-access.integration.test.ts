import { expect, test } from 'vitest';
import { type ApiClient, formatError, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;
let apply: ApiClient;
let group: string;

useTenant('each', { users: 0, people: [{ kind: 'ana' }], switches: { budgets: 'off' } }, async (started) => {
  emulator = started;
  apply = await signInAs(started, 'apply');
  const made = await apply.post('/v1.0/groups', {
    displayName: 'Quarantine',
    mailEnabled: false,
    mailNickname: 'quarantine',
    securityEnabled: true,
  });
  group = String(made.body.id);
});

const path = '/v1.0/identity/conditionalAccess/policies';
const unknown = '00000000-0000-4000-8000-000000000000';

const aPolicy = () => ({
  displayName: 'Quarantine',
  state: 'enabledForReportingButNotEnforced',
  conditions: {
    clientAppTypes: ['all'],
    users: { includeGroups: [group], excludeUsers: [] },
    applications: { includeApplications: ['All'] },
  },
  grantControls: { operator: 'OR', builtInControls: ['block'] },
});

test('a policy is made, found by its name, switched and deleted', async () => {
  const { status, body } = await apply.post(path, aPolicy());
  expect(status).toBe(201);
  const one = `${path}/${String(body.id)}`;
  expect((await apply.patch(one, { state: 'enabled' })).status).toBe(204);
  const found = listValues(await apply.get(`${path}?$filter=displayName eq 'Quarantine'`));
  expect(found).toMatchObject([{ id: body.id, state: 'enabled', modifiedDateTime: expect.any(String) }]);
  expect((await apply.delete(one)).status).toBe(204);
  expect(listValues(await apply.get(path))).toEqual([]);
});

test.each<[string, (policy: ReturnType<typeof aPolicy>) => object]>([
  ['without a name', (policy) => ({ ...policy, displayName: '' })],
  ['in a state that is none', (policy) => ({ ...policy, state: 'on' })],
  ['with a property of the wrong type', (policy) => ({ ...policy, displayName: 7 })],
  ['without conditions', (policy) => ({ ...policy, conditions: null })],
  ['without controls', (policy) => ({ ...policy, grantControls: null })],
  [
    'with a group that does not exist',
    (policy) => ({ ...policy, conditions: { ...policy.conditions, users: { includeGroups: [unknown] } } }),
  ],
  [
    'that leaves out a user who does not exist',
    (policy) => ({ ...policy, conditions: { ...policy.conditions, users: { excludeUsers: [unknown] } } }),
  ],
  [
    'that leaves out a role by its name',
    (policy) => ({
      ...policy,
      conditions: { ...policy.conditions, users: { excludeRoles: ['Global Administrator'] } },
    }),
  ],
])('a policy %s is refused, made or changed, and nothing of it is kept', async (_, change) => {
  expect((await apply.post(path, change(aPolicy()))).status).toBe(400);
  const { body } = await apply.post(path, aPolicy());
  const before = (await apply.get(`${path}/${String(body.id)}`)).body;
  const refused = await apply.patch(`${path}/${String(body.id)}`, change(aPolicy()));
  expect([refused.status, formatError(refused)]).toEqual([400, expect.stringMatching(/^BadRequest|policy|ids/)]);
  expect((await apply.get(`${path}/${String(body.id)}`)).body).toEqual(before);
});

test('what a change leaves out of the conditions stays as it was', async () => {
  const { body } = await apply.post(path, aPolicy());
  const ana = emulator.getState('ana').id;
  await apply.patch(`${path}/${String(body.id)}`, { conditions: { users: { excludeUsers: [ana] } } });
  expect((await apply.get(`${path}/${String(body.id)}`)).body.conditions).toEqual({
    ...aPolicy().conditions,
    users: { includeGroups: [group], excludeUsers: [ana] },
  });
});
