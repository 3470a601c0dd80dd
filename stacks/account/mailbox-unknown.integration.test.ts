import { expect, test } from 'vitest';
import { aPolicy } from '../../policy/policy.fixture.ts';
import { anInactive, applyWithout, aTenantToApplyTo, disabled } from '../tenant/tenant-to-apply-to.fixture.ts';

const manual = { guard: { policy: aPolicy({ mailbox: { convert: 'manual' } }) } };
/** The apply has no role in Exchange, so that only Graph can tell. */
const graphOnly = { identities: { apply: applyWithout('Exchange.ManageAsApp') } };
const hidden = anInactive({ kind: 'vera', mailbox: { hiddenFromGraph: true } });

test('a mailbox that Graph does not find is no missing mailbox: nobody is blocked before its kind is known', async () => {
  const { change, apply, writes } = await aTenantToApplyTo([hidden], graphOnly);
  const { refused } = await apply(change('vera', disabled), manual);
  expect(refused).toMatchObject([
    { code: 'mailbox-unknown', because: expect.stringContaining('the kind of its mailbox is not known') },
  ]);
  expect(writes()).toEqual([]);
});

test('what Graph does not find Exchange may know: a shared mailbox stays protected, a person’s is converted', async () => {
  const shared = anInactive({ kind: 'team', mailbox: { type: 'SharedMailbox', hiddenFromGraph: true } });
  const { change, apply, context, emulator } = await aTenantToApplyTo([hidden, shared]);
  expect((await context().find(emulator.getState('vera').id))?.mailbox).toEqual({ recipientType: 'user' });
  expect((await apply(change('team', disabled))).refused).toMatchObject([{ code: 'protected' }]);
});

test.each([
  ['a 404 in between', { status: 404 }],
  ['no permission to read', { status: 403 }],
])('%s refuses the account before its block where nobody else can tell', async (_, fault) => {
  const { change, apply, writes, emulator } = await aTenantToApplyTo([], graphOnly);
  emulator.faults.add({ kind: 'status', path: '/mailboxSettings/userPurpose$', ...fault });
  expect((await apply(change('ana', disabled), manual)).refused).toMatchObject([{ code: 'mailbox-unknown' }]);
  expect(writes()).toEqual([]);
});

test('an account that can have no mailbox is not held up by one that nobody finds', async () => {
  const bare = anInactive({ kind: 'max', licenses: ['POWER_BI_PRO'], mailbox: null });
  const { change, apply, writes } = await aTenantToApplyTo([bare], graphOnly);
  const to = { accountEnabled: false };
  expect(await apply(change('max', to), manual)).toMatchObject({ refused: [], failure: null });
  expect(writes()).toContain('PATCH /users/max');
});

test('a licensed account of which neither Graph nor Exchange knows a mailbox has none', async () => {
  const { context, emulator } = await aTenantToApplyTo([anInactive({ kind: 'max', mailbox: null })]);
  expect((await context().find(emulator.getState('max').id))?.mailbox).toEqual({ recipientType: 'none' });
});
