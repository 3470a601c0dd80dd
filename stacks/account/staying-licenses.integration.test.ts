import type { PersonInput } from '@dormant-m365/emulator';
import { SKUS } from '@dormant-m365/emulator/tenant';
import { expect, test } from 'vitest';
import { aPolicy } from '../../policy/policy.fixture.ts';
import { anInactive, aTenantToApplyTo, delicensed, disabled } from '../tenant/tenant-to-apply-to.fixture.ts';
import type { AccountChange } from './account-change.ts';

// The file asks for everything to go; the apply keeps what has to stay, and nothing of it is lost in 400 days.

const archived = { archive: true, sizeGb: 12 };
const files = { gigabytes: 3.1 };

test.each<[string, PersonInput['licenses'], Partial<PersonInput>, Partial<AccountChange>, Record<string, string>]>([
  ['an archive keeps Plan 2', ['SPE_E3', 'VISIOCLIENT', 'SPE_F1'], { mailbox: archived }, {}, { SPE_E3: 'archive' }],
  [
    'an archive keeps Plan 1 with the add-on',
    ['EXCHANGESTANDARD', 'EXCHANGEARCHIVE_ADDON', 'POWER_BI_PRO'],
    { mailbox: archived },
    {},
    { EXCHANGESTANDARD: 'archive', EXCHANGEARCHIVE_ADDON: 'archive' },
  ],
  [
    'a litigation hold keeps Plan 2',
    ['EXCHANGEENTERPRISE', 'EXCHANGESTANDARD'],
    { mailbox: { litigationHold: true } },
    {},
    { EXCHANGEENTERPRISE: 'litigation-hold' },
  ],
  [
    'an eDiscovery hold keeps Plan 2',
    ['SPE_E3', 'POWER_BI_PRO'],
    { mailbox: { inPlaceHolds: ['UniH7d895d48-7e23-4a8d-8346-533c3beac15d'] } },
    {},
    { SPE_E3: 'retention-hold' },
  ],
  ['a policy that only deletes keeps nothing', ['SPE_E3'], { mailbox: { inPlaceHolds: ['mbx96:1'] } }, {}, {}],
  [
    'a large mailbox keeps Plan 2',
    ['SPE_E3', 'VISIOCLIENT'],
    { mailbox: { sizeGb: 62 } },
    {},
    { SPE_E3: 'mailbox-over-limit' },
  ],
  ['a Cloud PC keeps its licence', ['SPE_E3', 'CPC_E_2C_8GB_128GB'], {}, {}, { CPC_E_2C_8GB_128GB: 'cloud-pc' }],
  [
    'a Cloud PC by a name with a zero-width space',
    ['SPE_E3', 'CPC_E_2C_4GB_64GB'],
    {},
    {},
    { [SKUS.CPC_E_2C_4GB_64GB.skuPartNumber]: 'cloud-pc' },
  ],
  [
    'an archive add-on stays although no archive is seen, with the plan that it needs',
    ['EXCHANGESTANDARD', 'EXCHANGEARCHIVE_ADDON'],
    {},
    {},
    { EXCHANGESTANDARD: 'needed-by-another', EXCHANGEARCHIVE_ADDON: 'archive-add-on' },
  ],
  [
    'a OneDrive that nobody has released keeps its licence',
    ['SPE_E3', 'POWER_BI_PRO'],
    {},
    { oneDrive: files },
    { SPE_E3: 'onedrive-files' },
  ],
  [
    'a OneDrive that the licence of a hold keeps holds no other back',
    ['SPE_E3', 'SPE_F1'],
    { mailbox: { litigationHold: true } },
    { oneDrive: files },
    { SPE_E3: 'litigation-hold' },
  ],
  [
    'a OneDrive of which nobody knows',
    ['SPE_E3', 'SPE_F1'],
    {},
    { oneDrive: { gigabytes: null } },
    { SPE_E3: 'onedrive-unknown', SPE_F1: 'onedrive-unknown' },
  ],
  [
    'a product that the tenant lists no more',
    ['SPE_E3', 'ENTERPRISEWITHSCAL'],
    {},
    {},
    { ENTERPRISEWITHSCAL: 'product-unknown' },
  ],
])('%s', async (_, licenses, person, more, stays) => {
  const { change, apply, emulator } = await aTenantToApplyTo([
    anInactive({ kind: 'kim', ...(licenses ? { licenses } : {}), ...person }),
  ]);
  const outcome = await apply(change('kim', delicensed, more));
  expect(outcome).toMatchObject({ failure: null, refused: [] });
  expect(Object.fromEntries(outcome.heldBack.map(({ skuPartNumber, reason }) => [skuPartNumber, reason]))).toEqual(
    stays,
  );
  expect(outcome.reached.licenses.toSorted()).toEqual(Object.keys(stays).toSorted());
  const held = emulator.getState('kim').licenses.map(({ skuPartNumber }) => skuPartNumber);
  expect(held.toSorted()).toEqual(Object.keys(stays).toSorted());
  emulator.tenant.clock.advance({ days: 400 });
  const { mailbox, cloudPc, oneDrive } = emulator.getState('kim');
  expect(mailbox?.losses).toEqual([]);
  expect(cloudPc?.losses ?? []).toEqual([]);
  if (more.oneDrive) expect(oneDrive?.losses).toEqual([]);
});

test('a OneDrive that a group’s licence keeps holds no direct one back, and 400 days take nothing of it', async () => {
  const licenses = [{ sku: 'SPE_E3', group: true }, 'SPE_F1'] as const;
  const { change, apply, emulator } = await aTenantToApplyTo([anInactive({ kind: 'kim', licenses })]);
  const outcome = await apply(change('kim', delicensed, { oneDrive: files }));
  expect(outcome).toMatchObject({
    failure: null,
    heldBack: [{ skuPartNumber: 'SPE_E3', reason: 'inherited-from-group' }],
    reached: { licenses: [] },
  });
  emulator.tenant.clock.advance({ days: 400 });
  const { licenses: held, oneDrive } = emulator.getState('kim');
  expect(held.map(({ skuPartNumber }) => skuPartNumber)).toEqual(['SPE_E3']);
  expect(oneDrive?.losses ?? []).toEqual([]);
});

test('a OneDrive of the size that was reviewed goes, whatever the last digit of it rounds to', async () => {
  const { change, apply } = await aTenantToApplyTo();
  const atLimit = change('ana', delicensed, { oneDrive: { gigabytes: 0.98 } });
  expect(await apply(atLimit)).toMatchObject({ heldBack: [], reached: { licenses: [] } });
});

test('where the policy only names a OneDrive, its licence goes', async () => {
  const { change, apply } = await aTenantToApplyTo();
  const guard = { policy: aPolicy({ oneDrive: { beforeDelicense: 'name' } }) };
  expect(await apply(change('ana', delicensed, { oneDrive: files }), { guard })).toMatchObject({
    heldBack: [],
    reached: { licenses: [] },
  });
});

test('a phone number is named where its licence goes', async () => {
  const jule = anInactive({
    kind: 'jule',
    licenses: ['SPE_E3', 'MCOEV', 'MCOPSTN1'],
    phoneNumber: '+442079460123',
  });
  const { change, apply } = await aTenantToApplyTo([jule]);
  expect((await apply(change('jule', delicensed))).done.at(-1)).toMatchObject({
    step: 'licenses-changed',
    phones: ['MCOEV', 'MCOPSTN1'],
  });
});

test('a licence whose assignment Microsoft does not tell, and one in error, are named, and the others go', async () => {
  const klaus = anInactive({
    kind: 'klaus',
    licenses: [
      'SPE_E3',
      { sku: 'PROJECTPROFESSIONAL', withoutState: true },
      { sku: 'STANDARDPACK', state: 'Error', error: 'MutuallyExclusiveViolation' },
    ],
  });
  const { change, apply, emulator } = await aTenantToApplyTo([klaus]);
  const outcome = await apply(change('klaus', delicensed));
  expect(outcome.heldBack).toMatchObject([
    {
      skuPartNumber: 'STANDARDPACK',
      reason: 'in-error',
      because: expect.stringContaining('MutuallyExclusiveViolation'),
    },
    { skuPartNumber: 'PROJECTPROFESSIONAL', reason: 'without-assignment' },
  ]);
  expect(outcome).toMatchObject({ failure: null });
  expect(outcome.done.at(-1)).toMatchObject({ removed: ['SPE_E3'] });
  const back = await apply(change('klaus', {}, { from: outcome.reached }));
  expect(back.done[1]).toMatchObject({ given: ['SPE_E3'] });
  expect(emulator.getState('klaus').licenses.map(({ skuPartNumber }) => skuPartNumber)).toContain('SPE_E3');
});

test('a licence in error pays for nothing: what pays beside it stays', async () => {
  const klaus = anInactive({
    kind: 'klaus',
    licenses: ['EXCHANGESTANDARD', 'EXCHANGEARCHIVE_ADDON', { sku: 'SPE_E3', state: 'Error', error: 'CountViolation' }],
    mailbox: archived,
  });
  const { change, apply, emulator } = await aTenantToApplyTo([klaus]);
  expect(await apply(change('klaus', delicensed))).toMatchObject({ failure: null });
  emulator.tenant.clock.advance({ days: 60 });
  expect(emulator.getState('klaus').mailbox?.losses).toEqual([]);
});

test('an add-on that Microsoft keeps beside its suite does not fail the others', async () => {
  const malte = anInactive({ kind: 'malte', licenses: ['SPE_E3', 'WORKPLACE_ANALYTICS', 'VISIOCLIENT'] });
  const { change, apply } = await aTenantToApplyTo([malte]);
  const outcome = await apply(change('malte', { ...disabled, licenses: ['WORKPLACE_ANALYTICS'] }));
  expect(outcome).toMatchObject({
    failure: null,
    heldBack: [{ skuPartNumber: 'SPE_E3', reason: 'needed-by-another' }],
    reached: { licenses: ['WORKPLACE_ANALYTICS', 'SPE_E3'] },
  });
});
