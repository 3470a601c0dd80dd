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
  const {
    removeLicenses: take,
    addLicenses,
    clock,
    getState: state,
  } = aSmallTenant([{ kind: 'elin', licenses: [windows365[0]] }]);
  take('elin', windows365[0]);
  clock.advance({ days: 6 });
  addLicenses('elin', windows365[1]);
  clock.advance({ days: 100 });
  expect(state('elin').cloudPc).toEqual({ unlicensedSince: null, losses: [] });
});

test('a licence given back after the grace does not bring the Cloud PC back', () => {
  const {
    removeLicenses: take,
    addLicenses: give,
    clock,
    getState: state,
  } = aSmallTenant([{ kind: 'elin', licenses: [windows365[0]] }]);
  take('elin', windows365[0]);
  clock.advance({ days: 8 });
  give('elin', windows365[0]);
  expect(state('elin').cloudPc?.losses).toEqual(['cloud-pc']);
});

test('a Cloud PC is there for those with a licence for one, and for those who get it later', () => {
  const { addLicenses: give, getState: state } = aSmallTenant([
    { kind: 'tina' },
    { kind: 'unmade', licenses: [windows365[0]], cloudPc: null },
  ]);
  expect([state('tina').cloudPc, state('unmade').cloudPc]).toEqual([null, null]);
  give('tina', windows365[0]);
  expect(state('tina').cloudPc).toEqual({ unlicensedSince: null, losses: [] });
});

const number = '+442079460123';

test.each<[string, SkuPartNumber[], SkuPartNumber, 'phone-number'[]]>([
  ['Teams Phone', ['SPE_E3', 'MCOEV'], 'MCOEV', ['phone-number']],
  ['the suite that carries Teams Phone', ['SPE_E5'], 'SPE_E5', ['phone-number']],
  ['the calling plan', ['SPE_E3', 'MCOEV', 'MCOPSTN1'], 'MCOPSTN1', ['phone-number']],
  ['something else', ['SPE_E3', 'MCOEV', 'VISIOCLIENT'], 'VISIOCLIENT', []],
  ['Teams Phone, held twice,', ['SPE_E5', 'MCOEV'], 'MCOEV', []],
])('a number and %s: losses at once', (_, licenses, part, losses) => {
  const { removeLicenses: take, getState: state } = aSmallTenant([
    { kind: 'jule', phoneNumber: number, licenses },
  ]);
  expect(state('jule').phone).toMatchObject({ number, losses: [] });
  take('jule', part);
  expect(state('jule').phone).toMatchObject({ number, losses });
});

test('a number that is lost does not come back with the licence, but by an administrator’s hand', () => {
  const jule = { kind: 'jule', phoneNumber: number, licenses: ['MCOEV'] as const };
  const {
    removeLicenses: take,
    addLicenses: give,
    applyEvents,
    getState: state,
  } = aSmallTenant([jule, { kind: 'tina' }]);
  expect(state('tina').phone).toBeNull();
  take('jule', 'MCOEV');
  give('jule', 'MCOEV');
  expect(state('jule').phone?.losses).toEqual(['phone-number']);
  applyEvents('jule', { phoneNumber: number });
  expect(state('jule').phone).toEqual({ number, needsCallingPlan: false, losses: [] });
  applyEvents('jule', { phoneNumber: null });
  expect(state('jule').phone).toBeNull();
});
