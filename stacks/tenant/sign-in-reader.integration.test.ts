import type { EmulatorOptions } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { aServer } from '../../graph/server.fixture.ts';
import { createSignInReader } from './sign-in-reader.ts';
import { anInactive, aTenantToApplyTo, disabled, type TenantToApplyTo } from './tenant-to-apply-to.fixture.ts';

const gathering = { quietMs: 20, atMostMs: 1_000 };

async function someSilent(count: number, switches: EmulatorOptions['switches'] = {}) {
  const kinds = Array.from({ length: count }, (_, at) => `p${at}`);
  const tenant = await aTenantToApplyTo(
    kinds.map((kind) => anInactive({ kind })),
    { switches },
  );
  const disableAll = async () => {
    const shared = tenant.context({ signInGathering: { quietMs: 200, atMostMs: 5_000 } });
    return Promise.all(kinds.map((kind) => tenant.apply(tenant.change(kind, disabled), { shared })));
  };
  return { ...tenant, kinds, disableAll };
}

const listsIn = ({ emulator }: Pick<TenantToApplyTo, 'emulator'>) =>
  emulator.log
    .listEntries({ identity: 'apply' })
    .filter(({ query, status }) => query.includes('signInActivity') && query.includes('id%20in') && status === 200);
const singlesIn = ({ emulator }: Pick<TenantToApplyTo, 'emulator'>) =>
  emulator.log
    .listEntries({ path: '^/v1.0/users/', identity: 'apply' })
    .filter(({ query, status }) => query.includes('signInActivity') && status === 200);

test('the sign-ins of the accounts of a run are read fifteen to a request, and none of them is lost', async () => {
  const tenant = await someSilent(60, { signInListings: 'by-minute' });
  const outcomes = await tenant.disableAll();
  expect(outcomes.filter(({ failure, refused }) => failure !== null || refused.length > 0)).toEqual([]);
  expect(tenant.kinds.every((kind) => !tenant.emulator.getState(kind).accountEnabled)).toBe(true);
  // Each is asked about twice: its mailbox was waited for in between.
  expect(listsIn(tenant).length).toBeLessThanOrEqual(2 * 4 + 4);
  expect(singlesIn(tenant)).toEqual([]);
});

test('where Graph refuses such a list, each account is read alone', async () => {
  const tenant = await someSilent(7);
  tenant.emulator.faults.add({ kind: 'status', status: 400, path: '/v1.0/users$', query: 'id%20in' });
  const outcomes = await tenant.disableAll();
  expect(outcomes.filter(({ failure }) => failure !== null)).toEqual([]);
  expect(singlesIn(tenant).length).toBeGreaterThanOrEqual(7);
});

test('anyone who comes without a value in a list is read alone before anything is taken', async () => {
  const tenant = await someSilent(6, { crowdedSignInPage: 2 });
  tenant.emulator.applyEvents('p3', { signIn: { successful: 'now' } });
  tenant.emulator.applyEvents('p4', { signIn: { successful: 'now' } });
  const outcomes = await tenant.disableAll();
  expect(outcomes.map(({ refused }) => refused.map(({ code }) => code).join())).toEqual([
    '',
    '',
    '',
    'active-again',
    'active-again',
    '',
  ]);
});

test('an account that keeps what it has costs nothing of the quota of sign-ins', async () => {
  const tenant = await aTenantToApplyTo();
  await tenant.apply(tenant.change('ana', {}));
  expect(listsIn(tenant)).toEqual([]);
  expect(singlesIn(tenant)).toEqual([]);
});

test('what was read serves for an hour, and not for longer', async () => {
  const user = { id: 'a', signInActivity: { lastSuccessfulSignInDateTime: '2026-01-01T00:00:00Z' } };
  const { graph, heard } = await aServer(() => ({ body: { value: [user] } }));
  let now = 0;
  const { read, forget } = createSignInReader(graph, { gathering, now: () => now });
  await read('a');
  now = 59 * 60_000;
  await read('a');
  expect(heard).toHaveLength(1);
  now = 61 * 60_000;
  expect(await read('a')).toEqual({ kind: 'read', lastSuccessful: '2026-01-01', lastAttempt: null });
  expect(heard).toHaveLength(2);
  forget('a');
  await read('a');
  expect(heard).toHaveLength(3);
});

test.each<[string, number, unknown, object]>([
  ['is gone', 404, { error: { code: 'Request_ResourceNotFound' } }, { status: 404 }],
  ['may not be read', 403, {}, { status: 403 }],
  ['has a value that nobody can read', 200, { id: 'a', signInActivity: 'yesterday' }, { code: 'unexpected-answer' }],
])('of an account that %s nothing is concluded, and the next one is read', async (_, status, body, error) => {
  const { graph } = await aServer(({ path }) =>
    path.endsWith('/$batch')
      ? {
          body: {
            responses: [
              { id: '0', status, headers: {}, body },
              { id: '1', status: 200, headers: {}, body: { id: 'b' } },
            ],
          },
        }
      : { body: { value: [] } },
  );
  const { read } = createSignInReader(graph, { gathering });
  const [a, b] = await Promise.allSettled([read('a'), read('b')]);
  expect(a).toMatchObject({ status: 'rejected', reason: error });
  expect(b).toEqual({
    status: 'fulfilled',
    value: { kind: 'read', lastSuccessful: null, lastAttempt: null },
  });
});
