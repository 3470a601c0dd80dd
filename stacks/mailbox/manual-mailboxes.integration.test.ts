import { expect, test } from 'vitest';
import { aPolicy } from '../../policy/policy.fixture.ts';
import { anInactive, applyWithout, aTenantToApplyTo, delicensed } from '../tenant/tenant-to-apply-to.fixture.ts';

const withoutExchange = { identities: { apply: applyWithout('Exchange.ManageAsApp') } };
const manual = (unknownHold: 'hold-back' | 'proceed') => ({
  guard: { policy: aPolicy({ mailbox: { convert: 'manual', unknownHold } }) },
});
const shared = anInactive({
  kind: 'max',
  licenses: ['SPE_E3', 'VISIOCLIENT'],
  mailbox: { type: 'SharedMailbox' },
});
const wasUser = { mailbox: 'user' as const };
/** An earlier run has asked for the conversion, and a person has done it since. */
const begun = { attempted: { accountEnabled: false, mailbox: 'shared' as const, licenses: [] } };

test('where nobody can tell of a hold, hold-back keeps what carries the mailbox and lets the others go', async () => {
  const { change, apply } = await aTenantToApplyTo([shared], withoutExchange);
  const reviewed = change('max', delicensed, { restore: { ...change('max').restore, ...wasUser }, ...begun });
  const outcome = await apply(reviewed, manual('hold-back'));
  expect(outcome.heldBack).toMatchObject([{ skuPartNumber: 'SPE_E3', reason: 'hold-unknown' }]);
  expect(outcome).toMatchObject({ failure: null, reached: { licenses: ['SPE_E3'] } });
});

test('where nobody can tell of a hold, proceed lets it go', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo([shared], withoutExchange);
  const reviewed = change('max', delicensed, { restore: { ...change('max').restore, ...wasUser }, ...begun });
  expect(await apply(reviewed, manual('proceed'))).toMatchObject({ heldBack: [], failure: null });
  expect(emulator.getState('max').licenses).toEqual([]);
});

test('an identity that may at least read in Exchange sees the hold, whatever the policy says of unknown ones', async () => {
  const held = { ...shared, mailbox: { type: 'SharedMailbox' as const, litigationHold: true } };
  const { change, apply } = await aTenantToApplyTo([held]);
  const reviewed = change('max', delicensed, { restore: { ...change('max').restore, ...wasUser }, ...begun });
  expect((await apply(reviewed, manual('proceed'))).heldBack).toMatchObject([{ reason: 'litigation-hold' }]);
});

test('an identity that may read in Exchange lets go what is on no hold', async () => {
  const { change, apply } = await aTenantToApplyTo([shared]);
  const reviewed = change('max', delicensed, { restore: { ...change('max').restore, ...wasUser }, ...begun });
  expect(await apply(reviewed, manual('hold-back'))).toMatchObject({
    heldBack: [],
    reached: { licenses: [] },
  });
});

test('an identity that may read in Exchange sees the size, however the mailbox was converted', async () => {
  const large = { ...shared, mailbox: { type: 'SharedMailbox' as const, sizeGb: 62 } };
  const { change, apply } = await aTenantToApplyTo([large]);
  const reviewed = change('max', delicensed, { restore: { ...change('max').restore, ...wasUser }, ...begun });
  const { heldBack } = await apply(reviewed, manual('proceed'));
  expect(heldBack).toMatchObject([{ skuPartNumber: 'SPE_E3', reason: 'mailbox-over-limit' }]);
});
