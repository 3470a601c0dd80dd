import { expect, test } from 'vitest';
import type { SkuPartNumber } from './skus.ts';
import { aSmallTenant } from './small-tenant.fixture.ts';

const windows365 = ['CPC_E_2C_8GB_128GB', 'CPC_B_2C_8RAM_128GB', 'CPC_E_2C_4GB_64GB'] as const;

test.each(windows365)('the Cloud PC of %s stays for seven days after its licence went', (part) => {
  const { removeLicenses, clock, getState } = aSmallTenant([{ kind: 'elin', licenses: ['SPE_E3', part] }]);
  expect(getState('elin').cloudPc).toEqual({ unlicensedSince: null, losses: [] });
  removeLicenses('elin', part);
  clock.advance({ days: 6 });
  expect(getState('elin').cloudPc).toEqual({ unlicensedSince: expect.any(Number), losses: [] });
  clock.advance({ days: 1 });
  expect(getState('elin').cloudPc?.losses).toEqual(['cloud-pc']);
});

test('a licence given back within the grace keeps the Cloud PC, though it is another size', () => {
  const { removeLicenses, addLicenses, clock, getState } = aSmallTenant([{ kind: 'elin', licenses: [windows365[0]] }]);
  removeLicenses('elin', windows365[0]);
  clock.advance({ days: 6 });
  addLicenses('elin', windows365[1]);
  clock.advance({ days: 100 });
  expect(getState('elin').cloudPc).toEqual({ unlicensedSince: null, losses: [] });
});

test('a licence given back after the grace does not bring the Cloud PC back', () => {
  const { removeLicenses, addLicenses, clock, getState } = aSmallTenant([{ kind: 'elin', licenses: [windows365[0]] }]);
  removeLicenses('elin', windows365[0]);
  clock.advance({ days: 8 });
  addLicenses('elin', windows365[0]);
  expect(getState('elin').cloudPc?.losses).toEqual(['cloud-pc']);
});

test('a Cloud PC is there for those with a licence for one, and for those who get it later', () => {
  const { addLicenses, getState } = aSmallTenant([
    { kind: 'tina' },
    { kind: 'unmade', licenses: [windows365[0]], cloudPc: null },
  ]);
  expect([getState('tina').cloudPc, getState('unmade').cloudPc]).toEqual([null, null]);
  addLicenses('tina', windows365[0]);
  expect(getState('tina').cloudPc).toEqual({ unlicensedSince: null, losses: [] });
});

const number = '+442079460123';

test.each<[string, SkuPartNumber[], SkuPartNumber, 'phone-number'[]]>([
  ['Teams Phone', ['SPE_E3', 'MCOEV'], 'MCOEV', ['phone-number']],
  ['the suite that carries Teams Phone', ['SPE_E5'], 'SPE_E5', ['phone-number']],
  ['the calling plan', ['SPE_E3', 'MCOEV', 'MCOPSTN1'], 'MCOPSTN1', ['phone-number']],
  ['something else', ['SPE_E3', 'MCOEV', 'VISIOCLIENT'], 'VISIOCLIENT', []],
  ['Teams Phone, held twice,', ['SPE_E5', 'MCOEV'], 'MCOEV', []],
])('a number and %s: losses at once', (_, licenses, part, losses) => {
  const { removeLicenses, getState } = aSmallTenant([{ kind: 'jule', phoneNumber: number, licenses }]);
  expect(getState('jule').phone).toMatchObject({ number, losses: [] });
  removeLicenses('jule', part);
  expect(getState('jule').phone).toMatchObject({ number, losses });
});

test('a number that is lost does not come back with the licence, but by an administrator’s hand', () => {
  const jule = { kind: 'jule', phoneNumber: number, licenses: ['MCOEV'] as const };
  const { removeLicenses, addLicenses, applyEvents, getState } = aSmallTenant([jule, { kind: 'tina' }]);
  expect(getState('tina').phone).toBeNull();
  removeLicenses('jule', 'MCOEV');
  addLicenses('jule', 'MCOEV');
  expect(getState('jule').phone?.losses).toEqual(['phone-number']);
  applyEvents('jule', { phoneNumber: number });
  expect(getState('jule').phone).toEqual({ number, needsCallingPlan: false, losses: [] });
  applyEvents('jule', { phoneNumber: null });
  expect(getState('jule').phone).toBeNull();
});
