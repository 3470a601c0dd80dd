import type { PersonEvents } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { anInactive, aTenantToApplyTo, disabled } from '../tenant/tenant-to-apply-to.fixture.ts';

test.each<[string, PersonEvents]>([
  ['accountEnabled', { leavesOut: ['accountEnabled'] }],
  ['accountEnabled', { shows: { accountEnabled: null } }],
  ['userPrincipalName', { leavesOut: ['userPrincipalName'] }],
  ['jobTitle', { shows: { jobTitle: 7 } }],
  ['signInActivity', { shows: { signInActivity: { lastSuccessfulSignInDateTime: '10/1/2026' } } }],
])(
  'an account whose %s cannot be read is left alone with a sentence, and the others go on',
  async (property, events) => {
    const tenant = await aTenantToApplyTo([anInactive({ kind: 'odd1' }), anInactive({ kind: 'plain' })]);
    const changes = ['odd1', 'plain'].map((who) => tenant.change(who, disabled));
    tenant.emulator.applyEvents('odd1', events);
    const shared = tenant.context();
    const [odd1, plain] = await Promise.all(changes.map((change) => tenant.apply(change, { shared })));
    expect(odd1).toMatchObject({ done: [], failure: { code: 'unexpected-answer' } });
    expect(odd1?.failure?.message).toContain(`${property} cannot be read`);
    expect(plain?.failure).toBeNull();
    expect(tenant.writes()).toEqual(expect.arrayContaining(['PATCH /users/plain']));
    expect(tenant.writes().filter((write) => write.includes('odd1'))).toEqual([]);
  },
);

test('a deleted account is waited for while it can be restored, and then it goes on', async () => {
  const tenant = await aTenantToApplyTo();
  const change = tenant.change('ana', disabled);
  tenant.emulator.applyEvents('ana', { delete: true });
  const waiting = await tenant.apply(change);
  expect(waiting).toMatchObject({
    done: [],
    refused: [],
    failure: null,
    waits: [{ for: 'restoration', because: expect.stringContaining('deleted on 2026-12-07') }],
  });
  tenant.emulator.applyEvents('ana', { restore: true });
  const { done, waits } = await tenant.apply({ ...change, from: waiting.reached });
  expect(waits).toEqual([]);
  expect(done.map(({ step }) => step)).toContain('sign-in-blocked');
});
