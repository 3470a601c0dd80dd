import type { PersonInput } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import type { DesiredState, RestoreState } from '../../policy/schemas/account.ts';
import { anInactive, aTenantToApplyTo, delicensed, disabled } from '../tenant/tenant-to-apply-to.fixture.ts';

// The state is lost: all that is known is the file, and the tenant as it is.

const shared = { type: 'SharedMailbox' as const };
const old = { guard: { today: '2027-03-01' } };

/** Max as his file says he was: enabled, with a mailbox of his own and SPE_E3. */
async function max(now: PersonInput, mailbox: RestoreState['mailbox'] = 'user') {
  const tenant = await aTenantToApplyTo([anInactive({ kind: 'max', ...now }), anInactive({ kind: 'usual' })]);
  const restore = { ...tenant.change('usual').restore, mailbox };
  const from = tenant.change('usual').from;
  const change = (to: Partial<DesiredState>) =>
    tenant.change('max', { ...from, ...to }, { restore, from, isNew: true });
  return { ...tenant, change };
}

test.each<[string, PersonInput, Partial<DesiredState>, RestoreState['mailbox']]>([
  ['blocked and shared', { accountEnabled: false, mailbox: shared }, disabled, 'user'],
  ['blocked and shared, its kind unknown before', { accountEnabled: false, mailbox: shared }, disabled, 'unknown'],
  ['blocked, shared and delicensed', { accountEnabled: false, mailbox: shared, licenses: [] }, delicensed, 'user'],
  [
    'blocked, with a mailbox that a reviewer left a person’s',
    { accountEnabled: false },
    { accountEnabled: false },
    'user',
  ],
  [
    'blocked and delicensed, without a mailbox',
    { accountEnabled: false, mailbox: null, licenses: [] },
    { accountEnabled: false, licenses: [] },
    'none',
  ],
])('%s: it is adopted as it is, on evidence of whatever age, and nothing is written', async (_, now, to, mailbox) => {
  const { change, apply, writes } = await max(now, mailbox);
  const wanted = change(to);
  expect(await apply(wanted, old)).toMatchObject({
    done: [],
    refused: [],
    failure: null,
    reached: wanted.to,
  });
  expect(writes()).toEqual([]);
});

test('what is left to do is done, and what was done is not done again', async () => {
  const { change, apply, writes } = await max({ accountEnabled: false, mailbox: shared });
  expect(await apply(change(delicensed))).toMatchObject({ refused: [], reached: { licenses: [] } });
  expect(writes()).toEqual(['POST /users/max/assignLicense']);
});

test('what is left to do asks the guard', async () => {
  const { change, apply, writes } = await max({ accountEnabled: false, mailbox: shared });
  expect((await apply(change(delicensed), old)).refused).toMatchObject([{ code: 'evidence-too-old' }]);
  expect(writes()).toEqual([]);
});

test('a licence that somebody took by hand, and that the stage keeps, is not given', async () => {
  const { change, apply, writes } = await max({ accountEnabled: false, mailbox: shared, licenses: [] });
  expect(await apply(change(disabled))).toMatchObject({ done: [], failure: null });
  expect(writes()).toEqual([]);
});

test('sign-in that was given back by hand, while the mailbox is still shared, stays given back', async () => {
  const { change, apply, writes } = await max({ mailbox: shared });
  expect((await apply(change(disabled))).refused).toMatchObject([{ code: 'active-again' }]);
  expect(writes()).toEqual([]);
});

test('a shared mailbox of unknown kind whose account nobody has blocked is protected', async () => {
  const { change, apply, writes } = await max({ mailbox: shared }, 'unknown');
  expect((await apply(change(disabled))).refused).toMatchObject([{ code: 'protected' }]);
  expect(writes()).toEqual([]);
});

test('an account as its file says it was is taken from like any other', async () => {
  const { change, apply, writes } = await max({});
  expect(await apply(change(disabled))).toMatchObject({ refused: [], failure: null });
  expect(writes()).toEqual(['PATCH /users/max', 'POST /users/max/revokeSignInSessions', 'Set-Mailbox max Shared']);
});
