import { expect, test } from 'vitest';
import { signInAs } from '../api-client.fixture.ts';
import { getTrustedAuthority } from '../trusted-authority.fixture.ts';
import { readTruth, startClientTenant } from './client-tenant.ts';
import { judgeSteps, listMissingSteps } from './judge-steps.ts';

test('a client’s own word counts for nothing: what it says it did has to have happened in the tenant', async () => {
  const emulator = await startClientTenant(await getTrustedAuthority());
  try {
    const truth = await readTruth(emulator);
    const said = [
      { step: 'users', ok: true, got: truth.userIds.slice(1) },
      { step: 'filter', ok: true, got: truth.idsByName },
      { step: 'batch', ok: true, got: [truth.readerId, truth.targetId] },
      { step: 'count', ok: true, got: truth.groupCount + 1 },
      { step: 'members', ok: true, got: [...truth.memberIds].reverse() },
      { step: 'write', ok: true, got: false },
      { step: 'mail', ok: true, got: 'never sent' },
      { step: 'sign-in', ok: true, got: 'not a token' },
      { step: 'report', lacks: 'no reports' },
      { step: 'subscribedSkus', ok: false, detail: '403' },
      { step: 'a poem', ok: true },
    ];
    const judge = async () =>
      Object.fromEntries((await judgeSteps(said, emulator, truth)).map(({ step, outcome }) => [step, outcome]));
    expect(await judge()).toEqual({
      users: 'failed',
      filter: 'failed',
      batch: 'failed',
      count: 'failed',
      members: 'passed',
      write: 'failed',
      mail: 'failed',
      'sign-in': 'failed',
      report: 'absent',
      subscribedSkus: 'failed',
      'a poem': 'failed',
    });
    const client = await signInAs(emulator, 'stranger');
    await client.get("/v1.0/users?$filter=startswith(displayName,'A')");
    await client.patch(`/v1.0/users/${truth.targetId}`, { accountEnabled: false });
    expect(await judge()).toMatchObject({ filter: 'passed', write: 'failed' });
    await client.get(`/v1.0/users/${truth.targetId}`);
    expect(await judge()).toMatchObject({ write: 'passed' });
  } finally {
    await emulator.close();
  }
});

test('a step that a program leaves out is missed, unless the client only signs in', () => {
  const said = ['sign-in', 'users', 'filter', 'batch', 'report', 'subscribedSkus', 'licenseDetails', 'members', 'mail'];
  expect(
    listMissingSteps(
      said.map((step) => ({ step })),
      false,
    ),
  ).toEqual(['count']);
  expect(listMissingSteps([{ step: 'certificate' }], true)).toEqual([]);
});
