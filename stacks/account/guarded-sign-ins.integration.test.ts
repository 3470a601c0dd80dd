import type { EmulatorOptions } from '@dormant-m365/emulator';
import { NO_SIGN_IN_FORMS } from '@dormant-m365/emulator/tenant';
import { expect, test } from 'vitest';
import { aPolicy } from '../../policy/policy.fixture.ts';
import {
  anInactive,
  applyWithout,
  aTenantToApplyTo,
  disabled,
  type TenantToApplyTo,
  today,
} from '../tenant/tenant-to-apply-to.fixture.ts';

const blind: readonly [string, Omit<EmulatorOptions, 'people'>][] = [
  ['the tenant has no Entra ID P1', { switches: { premium: false } }],
  ['the permission is missing', { identities: { apply: applyWithout('AuditLog.Read.All') } }],
  ['Microsoft answers 200 without a value for anybody', { switches: { signInsShownOf: 'nobody' } }],
];
const optional = { policy: aPolicy({ signIns: 'optional' }) };

test.each(blind)('where %s, nothing is taken from anybody: the policy requires sign-ins', async (_, options) => {
  const { context, apply, change, writes, emulator } = await aTenantToApplyTo([], options);
  expect(await context().reader.readSignInAccess()).toBe('unavailable');
  expect((await context().find(emulator.getState('ana').id))?.signIns).toEqual({ kind: 'unavailable' });
  for (const to of [disabled, { ...disabled, mailbox: 'unchanged' as const }, { licenses: [] }]) {
    const { refused, done } = await apply(change('ana', to));
    expect(refused).toMatchObject([{ code: 'sign-ins-unavailable' }]);
    expect(done).toEqual([]);
  }
  expect(writes()).toEqual([]);
});

test.each(blind)('where %s, giving back goes on', async (_, options) => {
  const { apply, change, emulator } = await aTenantToApplyTo(
    [anInactive({ kind: 'ana', accountEnabled: false, licenses: [] })],
    options,
  );
  const before = change('ana', { accountEnabled: true }, { from: { ...change('ana').from, accountEnabled: false } });
  const restore = { ...before.restore, accountEnabled: true };
  expect(await apply({ ...before, restore })).toMatchObject({ refused: [], failure: null });
  expect(emulator.getState('ana').accountEnabled).toBe(true);
});

test.each(blind)('where %s and the policy says "optional", the apply goes on', async (_, options) => {
  const { apply, change, emulator } = await aTenantToApplyTo([], options);
  expect(await apply(change('ana', { accountEnabled: false }), { guard: optional })).toMatchObject({
    refused: [],
    failure: null,
  });
  expect(emulator.getState('ana').accountEnabled).toBe(false);
});

test('sign-ins that ever were are enough to know that they can be read', async () => {
  const { context } = await aTenantToApplyTo([], { switches: { crowdedSignInPage: 5 } });
  expect(await context().reader.readSignInAccess()).toBe('read');
});

test('with nobody on the first page who ever signed in, anyone who tried to is looked for', async () => {
  const unused = Array.from({ length: 120 }, (_, at) => ({ kind: `new${at}`, signIn: 'missing' as const }));
  const { context } = await aTenantToApplyTo([...unused]);
  expect(await context().reader.readSignInAccess()).toBe('read');
});

test('a filter that Graph refuses is no sign-in seen, and no end of the run', async () => {
  const { context, emulator } = await aTenantToApplyTo([], { switches: { signInsShownOf: 'nobody' } });
  emulator.faults.add({ kind: 'status', status: 400, path: '/v1.0/users$', query: 'lastSignInDateTime' });
  expect(await context().reader.readSignInAccess()).toBe('unavailable');
});

test.each(NO_SIGN_IN_FORMS)('of one account alone, "%s" means that nobody knows of a sign-in', async (form) => {
  const { apply, change, context, emulator } = await aTenantToApplyTo([anInactive({ kind: 'ana', signIn: form })]);
  const found = await context().find(emulator.getState('ana').id);
  expect(found?.signIns).toEqual({ kind: 'read', lastSuccessful: null, lastAttempt: null });
  expect(await apply(change('ana', disabled))).toMatchObject({ refused: [], failure: null });
});

const attempt = ({ emulator }: TenantToApplyTo) => emulator.applyEvents('ana', { signIn: { attempt: 'now' } });

test('attempts without any known success refuse, attempts after an old success do not', async () => {
  const never = await aTenantToApplyTo([anInactive({ kind: 'ana', signIn: 'missing' })]);
  attempt(never);
  expect((await never.apply(never.change('ana', disabled))).refused).toMatchObject([{ code: 'sign-in-attempts-only' }]);
  expect(never.writes()).toEqual([]);

  const sprayed = await aTenantToApplyTo();
  attempt(sprayed);
  expect((await sprayed.apply(sprayed.change('ana', disabled))).refused).toEqual([]);
});

test.each([today, '2026-12-08', '2099-01-01'])(
  'a file whose last sign-in is of %s does not switch the guard off',
  async (signIn) => {
    const { apply, change, writes, emulator } = await aTenantToApplyTo();
    emulator.applyEvents('ana', { signIn: { successful: 'now' } });
    const edited = change('ana', disabled, { evidence: { auditedOn: today, lastActivity: { signIn } } });
    expect((await apply(edited)).refused).toMatchObject([{ code: 'active-again' }]);
    expect(writes()).toEqual([]);
  },
);
