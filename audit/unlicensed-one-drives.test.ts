import { expect, test } from 'vitest';
import { aLicense, anAccount, idOf } from '../policy/account.fixture.ts';
import type { Evidence } from '../policy/evidence.ts';
import { judge } from '../policy/judge/judge.ts';
import { aRun, theRules } from '../policy/tenant.fixture.ts';
import type { PastLicense } from './history/past-licenses.ts';
import { findUnlicensedOneDrives } from './unlicensed-one-drives.ts';

function aPastLicense(skuPartNumber: string, takenOn: string | null): PastLicense {
  return { skuPartNumber, skuId: idOf(skuPartNumber), assignedByGroup: null, disabledPlans: [], takenOn };
}

const seen: Evidence['oneDrive'] = { kind: 'seen', storageUsedBytes: 5, files: 1, lastUsedOn: null };

/** What is found of Ana, who holds nothing any more unless said otherwise; undefined: nothing. */
function dayOf(past: readonly PastLicense[], change: Partial<Evidence> = {}) {
  const ana = anAccount({ licenses: [], oneDrive: seen, ...change });
  const found = findUnlicensedOneDrives(
    [judge(ana, theRules(), aRun())],
    () => past,
    ({ skuPartNumber }) => aLicense(skuPartNumber).carries,
  );
  return found.get(ana.id.toLowerCase());
}

test('a OneDrive is without a licence from the day on which the last one that carries it was taken', () => {
  const past = [aPastLicense('SPE_E3', '2026-11-08'), aPastLicense('SPE_F1', '2026-11-22')];
  expect(dayOf([...past, aPastLicense('POWER_BI_PRO', '2026-11-29')])).toBe('2026-11-22');
});

test('the small one of other products counts only where there is no other', () => {
  const small = aPastLicense('VISIOCLIENT', '2026-11-22');
  expect(dayOf([aPastLicense('SPE_E3', '2026-11-08'), small])).toBe('2026-11-08');
  expect(dayOf([small])).toBe('2026-11-22');
});

test.each<[string, readonly PastLicense[], Partial<Evidence>]>([
  ['that main still asks for', [aPastLicense('SPE_E3', null), aPastLicense('SPE_F1', '2026-11-08')], {}],
  ['that was somebody else’s to take', [], {}],
  ['without a OneDrive', [aPastLicense('POWER_BI_PRO', '2026-11-08')], {}],
  ['that the person holds again', [aPastLicense('SPE_E3', '2026-11-08')], { licenses: [aLicense('SPE_F1')] }],
  ['of somebody who never had a OneDrive', [aPastLicense('SPE_E3', '2026-11-08')], { oneDrive: { kind: 'none' } }],
  ['where no clock runs', [aPastLicense('SPE_E3', '2026-11-08')], { oneDrive: { kind: 'unclocked' } }],
])('a licence %s makes no day', (_, past, change) => {
  expect(dayOf(past, change)).toBeUndefined();
});

test('a licence of education has no clock, so that nothing is counted', () => {
  expect(dayOf([aPastLicense('M365EDU_A3_FACULTY', '2026-11-08')])).toBeNull();
});

test('a OneDrive of unknown size has its day, too', () => {
  expect(dayOf([aPastLicense('SPE_E3', '2026-11-08')], { oneDrive: { kind: 'unknown' } })).toBe('2026-11-08');
});
