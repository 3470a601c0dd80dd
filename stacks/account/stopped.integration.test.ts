import { expect, test } from 'vitest';
import type { TakingStop } from '../../policy/pause/taking-stop.ts';
import { aTenantToApplyTo, type TenantToApplyTo } from '../tenant/tenant-to-apply-to.fixture.ts';
import { applyAccount } from './apply-account.ts';
import { stopTaking } from './taking-waits.ts';

const paused: TakingStop = { kind: 'paused', because: 'paused until 2027-01-06 (a freeze)', until: '2027-01-06' };
const labelled: TakingStop = { kind: 'labelled', because: 'labelled dormant-pause by lee, #12', until: null };
const unknown: TakingStop = { kind: 'forge-unknown', because: 'GitHub cannot be asked', until: null };

/** Stopped as soon as it has written so often; `isOver` ends it. */
function applyStopped(tenant: TenantToApplyTo, stop: TakingStop, { afterWrites = 0, isOver = false } = {}) {
  const context = tenant.context();
  const findStop = async () => (!isOver && tenant.writes().length >= afterWrites ? stop : null);
  return (change: Parameters<typeof applyAccount>[0]) =>
    applyAccount(change, { ...context, findStop, writer: stopTaking(context.writer, findStop) });
}

const delicensed = { accountEnabled: false, mailbox: 'shared' as const, licenses: [] };

test.each([paused, labelled])(
  'nothing is taken while it is stopped: the account waits, and says why ($kind)',
  async (stop) => {
    const tenant = await aTenantToApplyTo();
    const outcome = await applyStopped(tenant, stop)(tenant.change('ana', delicensed));
    expect(tenant.writes()).toEqual([]);
    expect(outcome).toMatchObject({ done: [], refused: [], failure: null, waits: [{ for: 'stop', stop }] });
    expect(outcome.waits[0]).toMatchObject({ because: 'nothing is taken now', stop });
  },
);

test('a stop that comes between two writes leaves the account at the step before, and the next run goes on from there', async () => {
  const tenant = await aTenantToApplyTo();
  const change = tenant.change('ana', delicensed);
  const outcome = await applyStopped(tenant, labelled, { afterWrites: 2 })(change);
  // The block is not left without the end of its sessions.
  expect(tenant.writes()).toEqual(['PATCH /users/ana', 'POST /users/ana/revokeSignInSessions']);
  expect(outcome).toMatchObject({
    ...{ failure: null, waits: [{ for: 'stop' }] },
    reached: { accountEnabled: false, mailbox: 'unchanged', licenses: ['SPE_E3'] },
  });
  const rest = { ...change, from: outcome.reached, wroteAt: outcome.wroteAt };
  const next = await applyStopped(tenant, labelled, { isOver: true })(rest);
  expect(next).toMatchObject({ waits: [], failure: null, reached: delicensed });
  expect(tenant.writes().slice(2)).toEqual(['Set-Mailbox ana Shared', 'POST /users/ana/assignLicense']);
});

test('a stop that comes with the block lets its sessions end', async () => {
  const tenant = await aTenantToApplyTo();
  await applyStopped(tenant, labelled, { afterWrites: 1 })(tenant.change('ana', delicensed));
  expect(tenant.writes()).toEqual(['PATCH /users/ana', 'POST /users/ana/revokeSignInSessions']);
});

test('a stop that comes while a conversion is waited for keeps the licences', async () => {
  const tenant = await aTenantToApplyTo([], { switches: { conversionDelaySeconds: 1 } });
  const outcome = await applyStopped(tenant, labelled, { afterWrites: 3 })(tenant.change('ana', delicensed));
  expect(tenant.writes().at(-1)).toBe('Set-Mailbox ana Shared');
  expect(outcome).toMatchObject({ waits: [{ for: 'stop' }], reached: { mailbox: 'shared', licenses: ['SPE_E3'] } });
});

test('giving back goes on in a pause', async () => {
  const tenant = await aTenantToApplyTo();
  const change = tenant.change('ana', delicensed);
  const taken = await tenant.apply(change);
  const back = { ...change, from: taken.reached, to: change.from, wroteAt: taken.wroteAt };
  const outcome = await applyStopped(tenant, paused)(back);
  expect(outcome).toMatchObject({ waits: [], refused: [], failure: null, reached: change.from });
  expect(tenant.emulator.getState('ana')).toMatchObject({ accountEnabled: true });
});

test('a forge that cannot be asked is a failure of each account that would lose something, and nothing is taken', async () => {
  const tenant = await aTenantToApplyTo();
  const outcome = await applyStopped(tenant, unknown)(tenant.change('ana', delicensed));
  expect(outcome).toMatchObject({ done: [], failure: { code: 'forge-unknown' } });
  expect(tenant.writes()).toEqual([]);
});
