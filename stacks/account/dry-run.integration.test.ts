import { expect, test } from 'vitest';
import { aPolicy } from '../../policy/policy.fixture.ts';
import { anInactive, aTenantToApplyTo, delicensed, disabled } from '../tenant/tenant-to-apply-to.fixture.ts';
import { createDryRunContext } from './dry-run.ts';

test('a preview says what the apply then does, and writes nothing', async () => {
  const tenant = await aTenantToApplyTo([anInactive({ kind: 'ana', licenses: ['SPE_E3', 'VISIOCLIENT'] })]);
  const change = tenant.change('ana', delicensed);
  const foreseen = await tenant.apply(change, { shared: createDryRunContext(tenant.context()) });
  expect(tenant.writes()).toEqual([]);
  const done = await tenant.apply(change);
  const steps = (outcome: typeof done) => outcome.done.map(({ step, removed, given }) => ({ step, removed, given }));
  expect(steps(foreseen)).toEqual(steps(done));
  expect(foreseen.reached).toEqual(done.reached);
});

test('so it does for what is given back', async () => {
  const tenant = await aTenantToApplyTo();
  const before = tenant.change('ana').from;
  const { reached } = await tenant.apply(tenant.change('ana', delicensed));
  const change = tenant.change('ana', before, { from: reached });
  const foreseen = await tenant.apply(change, { shared: createDryRunContext(tenant.context()) });
  expect(tenant.emulator.getState('ana').accountEnabled).toBe(false);
  expect(foreseen.done.map(({ step }) => step)).toEqual(['sign-in-allowed', 'licenses-changed', 'mailbox-regular']);
  expect(foreseen.failure).toBeNull();
});

test('a preview foresees a refusal, a hold, a missing seat and a wait', async () => {
  const people = [
    anInactive({ kind: 'boss', jobTitle: 'CEO' }),
    anInactive({ kind: 'held', mailbox: { litigationHold: true } }),
    anInactive({ kind: 'paul', synced: true }),
  ];
  const tenant = await aTenantToApplyTo(people);
  const shared = createDryRunContext(tenant.context());
  const foresee = (who: string) => tenant.apply(tenant.change(who, delicensed), { shared });
  expect(await foresee('boss')).toMatchObject({ refused: [{ code: 'protected' }], done: [] });
  expect(await foresee('held')).toMatchObject({ heldBack: [{ reason: 'litigation-hold' }] });
  expect(await foresee('paul')).toMatchObject({ waits: [{ for: 'active-directory' }], done: [] });

  const before = tenant.change('ana').from;
  const { reached } = await tenant.apply(tenant.change('ana', delicensed));
  const { seats } = tenant.emulator.tenant;
  for (const { skuId } of tenant.change('ana').restore.licenses) seats.buy(skuId, seats.countConsumed(skuId));
  const back = await tenant.apply(tenant.change('ana', before, { from: reached }), {
    shared: createDryRunContext(tenant.context()),
  });
  expect(back.failure?.code).toBe('no-seats');
});

test('where a person converts, the preview waits as the apply does', async () => {
  const tenant = await aTenantToApplyTo();
  const guard = { policy: aPolicy({ mailbox: { convert: 'manual' } }) };
  const foreseen = await tenant.apply(tenant.change('ana', disabled), {
    shared: createDryRunContext(tenant.context({ guard })),
  });
  expect(foreseen.waits).toMatchObject([{ for: 'manual-conversion' }]);
});

test('a mailbox that Exchange does not know is no promise of the preview', async () => {
  const tenant = await aTenantToApplyTo();
  const run = tenant.context();
  const look = async () => ({ recipientType: 'unknown' as const, hold: null, hasArchive: null });
  const shared = createDryRunContext({ ...run, mailboxes: { ...run.mailboxes, look } });
  expect(await tenant.apply(tenant.change('ana', disabled), { shared })).toMatchObject({
    failure: { code: 'mailbox-unknown' },
    reached: { mailbox: 'unchanged' },
  });
});
