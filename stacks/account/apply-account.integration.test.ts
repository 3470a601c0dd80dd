import { expect, test } from 'vitest';
import { createRequestLog } from '../../graph/request-log.ts';
import { aPolicy } from '../../policy/policy.fixture.ts';
import type { ApplyOutcome } from '../tenant/outcome.ts';
import {
  anInactive,
  aTenantToApplyTo,
  delicensed,
  disabled,
  shortWaits,
  type TenantToApplyTo,
} from '../tenant/tenant-to-apply-to.fixture.ts';
import type { AccountChange } from './account-change.ts';

type Event = (tenant: TenantToApplyTo) => void;

test.each<[string, string, Event]>([
  ['gone', 'is deleted for good', ({ emulator }) => emulator.applyEvents('ana', { delete: 'for good' })],
  [
    'renamed',
    'belongs to somebody else',
    ({ emulator }) => emulator.applyEvents('ana', { userPrincipalName: 'ben.fox@contoso.com', displayName: 'Ben Fox' }),
  ],
  ['active-again', 'has signed in', ({ emulator }) => emulator.applyEvents('ana', { signIn: { successful: 'now' } })],
  ['protected', 'has become an executive', ({ emulator }) => emulator.applyEvents('ana', { jobTitle: 'CEO' })],
  [
    'protected',
    'has become a service account',
    ({ emulator }) => emulator.applyEvents('ana', { employeeType: 'Service account' }),
  ],
  ['protected', 'holds a role', ({ emulator }) => emulator.applyEvents('ana', { addRoles: ['Reports Reader'] })],
  [
    'protected',
    'may activate a role',
    ({ emulator }) => emulator.applyEvents('ana', { addEligibleRoles: ['Helpdesk Administrator'] }),
  ],
  [
    'protected',
    'holds a role through a group in a group',
    ({ emulator }) => emulator.applyEvents('ana', { addGroups: ['Service desk night shift'] }),
  ],
  [
    'protected',
    'is in a role-assignable group',
    ({ emulator }) => emulator.applyEvents('ana', { addGroups: ['Role: spare, not assigned'] }),
  ],
  [
    'protected',
    'has had its mailbox made a room',
    ({ emulator }) => emulator.applyEvents('ana', { mailbox: { type: 'RoomMailbox' } }),
  ],
])('%s: an account that %s since the review is not written to, and the reason is given', async (code, _, event) => {
  const tenant = await aTenantToApplyTo();
  const reviewed = tenant.change('ana', delicensed);
  event(tenant);
  const outcome = await tenant.apply(reviewed);
  expect(outcome.refused).toMatchObject([{ code }]);
  expect(outcome).toMatchObject({ done: [], failure: null, reached: reviewed.from });
  expect(tenant.writes()).toEqual([]);
});

test('guest: a member who has become a guest is for the guest audit', async () => {
  const guest = anInactive({ kind: 'gus', userType: 'Guest' });
  const { change, apply, writes } = await aTenantToApplyTo([guest]);
  expect((await apply(change('gus', disabled))).refused).toMatchObject([{ code: 'guest' }]);
  expect(writes()).toEqual([]);
});

test('exempt: an exemption that was merged meanwhile holds', async () => {
  const { change, apply, writes } = await aTenantToApplyTo();
  const exemptions = [{ account: 'ana.reyes@contoso.com', reason: 'on leave', owner: 'HR', until: '2027-03-01' }];
  const outcome = await apply(change('ana', disabled), { guard: { exemptions } });
  expect(outcome.refused).toMatchObject([{ code: 'exempt' }]);
  expect(writes()).toEqual([]);
});

test('evidence-too-old: a review that lay about for too long is no basis any more', async () => {
  const { change, apply, writes } = await aTenantToApplyTo();
  const outcome = await apply(change('ana', disabled), { guard: { today: '2027-01-10' } });
  expect(outcome.refused).toMatchObject([{ code: 'evidence-too-old' }]);
  expect(writes()).toEqual([]);
});

test('protected: the pipeline does not block the mailbox that it sends from', async () => {
  const { change, apply, writes } = await aTenantToApplyTo();
  const guard = { pipelineAccounts: ['ana.reyes@contoso.com'] };
  expect((await apply(change('ana', disabled), { guard })).refused).toMatchObject([{ code: 'protected' }]);
  expect(writes()).toEqual([]);
});

test('all reasons are given, not only the first', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo();
  emulator.applyEvents('ana', { jobTitle: 'CEO', signIn: { successful: 'now' } });
  const { refused } = await apply(change('ana', disabled), { guard: { policy: aPolicy() } });
  expect(refused.map(({ code }) => code)).toEqual(['active-again', 'protected']);
});

test('sign-in that was given back by hand after the review is not taken a second time', async () => {
  const { change, apply, writes, emulator } = await aTenantToApplyTo();
  const { reached } = await apply(change('ana', disabled));
  const before = writes().length;
  emulator.tenant.clock.advance({ hours: 2 });
  emulator.applyEvents('ana', { accountEnabled: true });
  const outcome = await apply(change('ana', delicensed, { from: reached }));
  expect(outcome.refused).toMatchObject([{ code: 'active-again', because: expect.stringContaining('allowed now') }]);
  expect(writes()).toHaveLength(before);
});

test('giving back asks only whether it is still the same person', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo();
  const before = change('ana').from;
  const { reached } = await apply(change('ana', disabled));
  emulator.applyEvents('ana', { jobTitle: 'CEO', signIn: { successful: 'now' } });
  expect(await apply(change('ana', before, { from: reached }))).toMatchObject({
    refused: [],
    reached: before,
  });
  expect(emulator.getState('ana').accountEnabled).toBe(true);
});

test('nothing is given to the person who has the account now', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo();
  const before = change('ana').from;
  const { reached } = await apply(change('ana', disabled));
  emulator.applyEvents('ana', { userPrincipalName: 'ben.fox@contoso.com', displayName: 'Ben Fox' });
  expect((await apply(change('ana', before, { from: reached }))).refused).toMatchObject([{ code: 'renamed' }]);
  expect(emulator.getState('ana').accountEnabled).toBe(false);
});

test('a new name after a marriage is the same person', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo();
  const reviewed = change('ana', disabled);
  emulator.applyEvents('ana', { userPrincipalName: 'ana.fox@contoso.com' });
  expect(await apply(reviewed)).toMatchObject({ refused: [], failure: null });
  expect(emulator.getState('ana').accountEnabled).toBe(false);
});

test('an account whose file was merged and which is gone, but of which nothing is asked, is no refusal', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo();
  const adopted = change('ana');
  emulator.applyEvents('ana', { delete: true });
  expect(await apply(adopted)).toMatchObject({ refused: [], failure: null, done: [] });
});

test('one account that cannot be read fails alone; the others are done', async () => {
  const people = ['ben', 'cem', 'dag'].map((kind) => anInactive({ kind }));
  const tenant = await aTenantToApplyTo(people);
  const { change, emulator } = tenant;
  const context = tenant.context();
  emulator.faults.add({ kind: 'status', status: 503, method: 'PATCH', path: emulator.getState('cem').id });
  const outcomes = await Promise.all(
    people.map(({ kind = '' }) => tenant.apply(change(kind, disabled), { shared: context })),
  );
  expect(outcomes.map(({ failure }) => failure?.code ?? null)).toEqual([null, 'request-failed', null]);
  expect(people.map(({ kind = '' }) => emulator.getState(kind).accountEnabled)).toEqual([false, true, false]);

  emulator.faults.clear();
  await tenant.apply(change('cem', disabled));
  expect(emulator.getState('cem')).toMatchObject({
    accountEnabled: false,
    mailbox: { type: 'SharedMailbox' },
  });
});

test('thirty accounts side by side share their round trips, and are all done', async () => {
  const people = Array.from({ length: 30 }, (_, at) => anInactive({ kind: `p${at}` }));
  const tenant = await aTenantToApplyTo(people, { switches: { weather: null } });
  // Anyone who is late joins: nobody leaves before all the others have had a second to come.
  const context = tenant.context({ gathering: { quietMs: 1_000, atMostMs: 60_000 } });
  await Promise.all(people.map(({ kind = '' }) => tenant.apply(tenant.change(kind, disabled), { shared: context })));
  const batches = tenant.emulator.log.listEntries({ path: '/\\$batch$' }).length;
  // 30 × (2 reads, 2 writes) make 6 batches at the least; stragglers may need a few more.
  expect(batches).toBeLessThanOrEqual(16);
  for (const { kind = '' } of people) {
    expect(tenant.emulator.getState(kind)).toMatchObject({
      accountEnabled: false,
      mailbox: { type: 'SharedMailbox' },
    });
  }
});

test('an apply deletes nobody and writes to nobody but those it was given', async () => {
  const tenant = await aTenantToApplyTo([anInactive({ kind: 'ben' })]);
  const before = tenant.change('ana').from;
  const { reached } = await tenant.apply(tenant.change('ana', delicensed));
  await tenant.apply(tenant.change('ana', before, { from: reached }));
  const { emulator } = tenant;
  expect(emulator.log.listEntries({ method: 'DELETE' })).toEqual([]);
  const { id } = emulator.getState('ana');
  const written = emulator.log
    .listEntries({ identity: 'apply' })
    .filter(({ method, path }) => method !== 'GET' && !/\$batch$|\/token$/.test(path))
    .filter(({ body }) => body?.includes('"Get-OrganizationConfig"') !== true);
  for (const { path, body } of written) expect(`${path} ${body}`).toContain(id);
  expect(written.length).toBeGreaterThan(6);
  expect(emulator.getState('ben').isChanged).toBe(false);
});

/** Both ways, each with the writes that it makes. */
const ways: readonly [string, number][] = [
  ['taking', 4],
  ['giving back', 3],
];

for (const [way, count] of ways) {
  for (let killedAfter = 1; killedAfter <= count; killedAfter++) {
    test(`${way}: a run that dies after its write ${killedAfter} of ${count} is finished by the next one`, async () => {
      const tenant = await aTenantToApplyTo([anInactive({ kind: 'ana', licenses: ['SPE_E3', 'VISIOCLIENT'] })]);
      const before = tenant.change('ana').from;
      const after = { ...before, ...delicensed };
      const change =
        way === 'taking'
          ? tenant.change('ana', after)
          : tenant.change('ana', before, { from: (await tenant.apply(tenant.change('ana', after))).reached });
      await expect(dyingAfter(killedAfter, tenant, change)).rejects.toThrow('killed');

      // As the note in the state tells the next run.
      const outcome = await tenant.apply({ ...change, attempted: change.to });
      expect(outcome).toMatchObject({ refused: [], waits: [], failure: null, reached: change.to });
      expect(tenant.emulator.getState('ana')).toMatchObject(
        way === 'taking'
          ? { accountEnabled: false, sessionsRevokedAt: expect.any(String), licenses: [] }
          : { accountEnabled: true, mailbox: { type: 'UserMailbox' }, licenses: [{}, {}] },
      );
      expect(tenant.emulator.getState('ana').mailbox?.losses).toEqual([]);
    });
  }
}

test('what a killed run had taken is given back, though no state tells that it was taken', async () => {
  const tenant = await aTenantToApplyTo();
  const change = tenant.change('ana', delicensed);
  await expect(dyingAfter(4, tenant, change)).rejects.toThrow('killed');
  // The merge is reverted before the next run: from and to are the same again.
  const outcome = await tenant.apply({
    ...change,
    to: change.from,
    attempted: change.to,
    wroteAt: new Date().toISOString(),
  });
  expect(outcome).toMatchObject({ failure: null, reached: change.from });
  expect(tenant.emulator.getState('ana')).toMatchObject({
    accountEnabled: true,
    mailbox: { type: 'UserMailbox' },
    licenses: [{ skuPartNumber: 'SPE_E3' }],
  });
});

test('an account that a killed run had given back can be taken again', async () => {
  const tenant = await aTenantToApplyTo([], { switches: { weather: null } });
  const before = tenant.change('ana').from;
  const { reached } = await tenant.apply(tenant.change('ana', disabled));
  const back = tenant.change('ana', before, { from: reached });
  await expect(dyingAfter(2, tenant, back)).rejects.toThrow('killed');
  const outcome = await tenant.apply(
    tenant.change('ana', disabled, { from: reached, attempted: before, wroteAt: null }),
  );
  expect(outcome).toMatchObject({ refused: [], failure: null });
  expect(tenant.emulator.getState('ana')).toMatchObject({
    accountEnabled: false,
    mailbox: { type: 'SharedMailbox' },
  });
});

/** The process is gone right after the tenant has carried out its n-th write: the run never uses the answer. */
function dyingAfter(writes: number, tenant: TenantToApplyTo, change: AccountChange): Promise<ApplyOutcome> {
  const life = new AbortController();
  const before = tenant.writes().length;
  const log = createRequestLog(() => {
    if (tenant.writes().length - before >= writes) life.abort(new Error('killed'));
  });
  return tenant.apply(change, { log, signal: life.signal, waits: shortWaits });
}
