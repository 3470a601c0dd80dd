import { expect, test } from 'vitest';
import { anInactive, aTenantToApplyTo, disabled } from '../tenant/tenant-to-apply-to.fixture.ts';

test('an inactive person is blocked first, then signed out everywhere, then the mailbox becomes shared', async () => {
  const { change, apply, writes, emulator } = await aTenantToApplyTo();
  const outcome = await apply(change('ana', disabled));
  expect(writes()).toEqual(['PATCH /users/ana', 'POST /users/ana/revokeSignInSessions', 'Set-Mailbox ana Shared']);
  expect(emulator.getState('ana')).toMatchObject({
    accountEnabled: false,
    sessionsRevokedAt: expect.stringMatching(/^2026-12-07/),
    mailbox: { type: 'SharedMailbox', losses: [] },
    licenses: [{ skuPartNumber: 'SPE_E3' }],
  });
  expect(outcome).toMatchObject({ refused: [], heldBack: [], waits: [], failure: null });
  expect(outcome.reached).toEqual({ accountEnabled: false, mailbox: 'shared', licenses: ['SPE_E3'] });
});

test('each step that was done is entered with the batch that it came in, its place there and the time', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo();
  const outcome = await apply(change('ana', disabled), { now: () => new Date('2026-12-07T09:30:00Z') });
  const sent = emulator.log.listEntries({ method: 'POST' });
  expect(outcome.done.map(({ step }) => step)).toEqual(['sign-in-blocked', 'sessions-revoked', 'mailbox-shared']);
  const [blocked, revoked, shared] = outcome.done;
  for (const done of [blocked, revoked]) {
    const whole = sent.find(({ requestId }) => requestId === done?.requestId);
    expect(whole?.path).toBe('/v1.0/$batch');
    expect(done?.batch).toEqual({ requestId: whole?.requestId, item: '0' });
  }
  expect(sent.find(({ requestId }) => requestId === shared?.requestId)?.path).toMatch(/InvokeCommand$/);
  expect(shared?.batch).toBeNull();
  for (const { clientRequestId, at } of outcome.done) {
    expect(clientRequestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(at).toBe('2026-12-07T09:30:00.000Z');
  }
});

test('nothing is written where nothing differs', async () => {
  const { change, apply, writes } = await aTenantToApplyTo([], { switches: { weather: null } });
  await apply(change('ana', disabled));
  const before = writes().length;
  const from = { accountEnabled: false, mailbox: 'shared' as const, licenses: ['SPE_E3'] };
  const again = await apply(change('ana', disabled, { from }));
  expect(again).toMatchObject({ done: [], failure: null, reached: from });
  expect(writes()).toHaveLength(before);
});

test('an account that enters the plan is read and left as it is', async () => {
  const { change, apply, writes } = await aTenantToApplyTo();
  expect(await apply(change('ana'))).toMatchObject({ done: [], refused: [], failure: null });
  expect(writes()).toEqual([]);
});

test('somebody whom HR has blocked in the meantime is signed out all the same', async () => {
  const { change, apply, writes, emulator } = await aTenantToApplyTo();
  const wanted = change('ana', { accountEnabled: false });
  emulator.applyEvents('ana', { accountEnabled: false });
  await apply(wanted);
  expect(writes()).toEqual(['POST /users/ana/revokeSignInSessions']);
});

test('who was blocked before this pipeline came is not signed out again, nor allowed when the file is taken back', async () => {
  const { change, apply, writes, emulator } = await aTenantToApplyTo([
    anInactive({ kind: 'uwe', accountEnabled: false }),
  ]);
  await apply(change('uwe', disabled));
  expect(writes()).toEqual(['Set-Mailbox uwe Shared']);
  const shared = change('uwe', {}, { from: { ...change('uwe').from, mailbox: 'shared' } });
  await apply(shared);
  expect(emulator.getState('uwe')).toMatchObject({ accountEnabled: false, mailbox: { type: 'UserMailbox' } });
});

test.each(['undo', 'refuse'] as const)(
  'a synced account is never written to (%s), and waits for Active Directory',
  async (syncedAccounts) => {
    const paul = anInactive({ kind: 'paul', synced: true });
    const { change, apply, writes, emulator } = await aTenantToApplyTo([paul], {
      switches: { syncedAccounts },
    });
    const first = await apply(change('paul', disabled));
    expect(first).toMatchObject({ done: [], failure: null, waits: [{ for: 'active-directory' }] });
    expect(first.reached).toEqual(change('paul').from);
    expect(writes()).toEqual([]);

    emulator.applyEvents('paul', { accountEnabled: false });
    const second = await apply(change('paul', disabled));
    expect(writes()).toEqual(['POST /users/paul/revokeSignInSessions', 'Set-Mailbox paul Shared']);
    expect(second).toMatchObject({ waits: [], reached: { accountEnabled: false, mailbox: 'shared' } });
  },
);

test('a synced account gets licences and mailbox back from the cloud, and its sign-in from Active Directory', async () => {
  const paul = anInactive({ kind: 'paul', synced: true });
  const { change, apply, writes, emulator } = await aTenantToApplyTo([paul]);
  const before = change('paul').from;
  emulator.applyEvents('paul', { accountEnabled: false });
  const delicense = await apply(change('paul', { ...disabled, licenses: [] }));
  const back = await apply(change('paul', before, { from: delicense.reached }));
  expect(back).toMatchObject({ failure: null, waits: [{ for: 'active-directory' }] });
  expect(back.reached).toEqual({ ...before, accountEnabled: false });
  expect(writes().filter((write) => write.startsWith('PATCH'))).toEqual([]);
  expect(emulator.getState('paul')).toMatchObject({
    licenses: [{ skuPartNumber: 'SPE_E3' }],
    mailbox: { type: 'UserMailbox' },
  });
});

test.each([403, 500])(
  'where the products may not be read (%s), sign-in is given back, and nothing is taken',
  async (status) => {
    const { change, apply, context, writes, emulator } = await aTenantToApplyTo([
      anInactive({ kind: 'back', accountEnabled: false }),
    ]);
    emulator.faults.add({ kind: 'status', status, path: '/subscribedSkus' });
    const run = { shared: context() };
    const blocked = { ...change('back').from, accountEnabled: false };
    const restore = { ...change('back').restore, accountEnabled: true };
    const back = change('back', { accountEnabled: true }, { from: blocked, restore });
    expect(await apply(back, run)).toMatchObject({ refused: [], failure: null });
    expect((await apply(change('ana', disabled), run)).failure).toMatchObject({ code: 'request-failed' });
    expect(writes()).toEqual(['PATCH /users/back']);
  },
);

test('where the products may not be read, a mailbox stays shared with a sentence, and its owner can sign in', async () => {
  const shared = { type: 'SharedMailbox' as const };
  const { change, apply, writes, emulator } = await aTenantToApplyTo([
    anInactive({ kind: 'back', accountEnabled: false, mailbox: shared }),
  ]);
  emulator.faults.add({ kind: 'status', status: 403, path: '/subscribedSkus' });
  const from = { ...change('back').from, ...disabled };
  const restore = { ...change('back').restore, accountEnabled: true, mailbox: 'user' as const };
  const back = change('back', { accountEnabled: true, mailbox: 'unchanged' }, { from, restore });
  const { failure, reached } = await apply(back);
  expect(failure?.message).toContain('/subscribedSkus');
  expect(reached).toMatchObject({ accountEnabled: true, mailbox: 'shared' });
  expect(writes()).toEqual(['PATCH /users/back']);
});
