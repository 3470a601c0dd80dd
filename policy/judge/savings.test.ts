import { describe, expect, test } from 'vitest';
import type { AssignedLicense, Evidence, Mailbox } from '../evidence.ts';
import type { PolicyChange } from '../policy.fixture.ts';
import { aLicense, anAccount, aPolicy, idOf, prices } from '../tenant.fixture.ts';
import { applyRelease, computeSavings } from './savings.ts';

const group = { assignedByGroup: idOf('Sales licences'), groupName: 'Sales licences' };

function outlook(licenses: readonly AssignedLicense[], mailbox: Partial<Mailbox> = {}, policy: PolicyChange = {}) {
  const account = anAccount();
  const evidence = anAccount({ licenses, mailbox: { ...account.mailbox, ...mailbox } });
  const { reclaimable, heldBack, monthly, heldBackMonthly } = computeSavings(evidence, aPolicy(policy), prices);
  return {
    reclaimable: reclaimable.map(({ license }) => license.skuPartNumber),
    heldBack: heldBack.map(({ license, reason }) => `${license.skuPartNumber}: ${reason}`),
    monthly,
    heldBackMonthly,
  };
}

test('a direct licence is reclaimed at its price', () => {
  expect(outlook([aLicense('SPE_E3')])).toEqual({
    reclaimable: ['SPE_E3'],
    heldBack: [],
    monthly: 36,
    heldBackMonthly: 0,
  });
});

test('an inherited licence stays, with its price among what is held back', () => {
  expect(outlook([aLicense('SPE_E3', group)])).toEqual({
    reclaimable: [],
    heldBack: ['SPE_E3: inherited-from-group'],
    monthly: 0,
    heldBackMonthly: 36,
  });
});

test.each([
  ['direct first', [aLicense('SPE_E3'), aLicense('SPE_E3', group)]],
  ['inherited first', [aLicense('SPE_E3', group), aLicense('SPE_E3')]],
])('a licence held both ways is paid once and stays (%s)', (_order, licenses) => {
  expect(outlook(licenses)).toEqual({
    reclaimable: [],
    heldBack: ['SPE_E3: inherited-from-group'],
    monthly: 0,
    heldBackMonthly: 36,
  });
});

test('a free licence is neither reclaimed nor held back; an unpriced one is reclaimed and adds nothing', () => {
  expect(outlook([aLicense('FLOW_FREE'), aLicense('VISIOCLIENT'), aLicense('EMS')])).toEqual({
    reclaimable: ['VISIOCLIENT', 'EMS'],
    heldBack: [],
    monthly: 10.6,
    heldBackMonthly: 0,
  });
});

const gigabyte = 1024 ** 3;

test.each<[string, Partial<Mailbox>, string]>([
  ['over 50 GB', { storageUsedBytes: 50 * gigabyte + 1 }, 'mailbox-over-limit'],
  ['with an archive', { hasArchive: true }, 'archive'],
  ['on litigation hold', { hold: 'litigation' }, 'litigation-hold'],
])('a mailbox %s keeps its Exchange licence, and only that', (_mailbox, mailbox, reason) => {
  expect(outlook([aLicense('SPE_E3'), aLicense('EMS')], mailbox)).toEqual({
    reclaimable: ['EMS'],
    heldBack: [`SPE_E3: ${reason}`],
    monthly: 10.6,
    heldBackMonthly: 36,
  });
});

test('a mailbox of exactly 50 GB, or of unknown size, does not exceed the limit', () => {
  expect(outlook([aLicense('SPE_E3')], { storageUsedBytes: 50 * gigabyte }).heldBack).toEqual([]);
  expect(outlook([aLicense('SPE_E3')], { storageUsedBytes: null }).heldBack).toEqual([]);
});

test('without a mailbox nothing of it can hold a licence back', () => {
  const mailbox = { recipientType: 'none', storageUsedBytes: 90 * gigabyte, hasArchive: true } as const;
  expect(outlook([aLicense('SPE_E3')], mailbox).heldBack).toEqual([]);
});

test.each([
  ['manual', 'hold-back', ['SPE_E3: hold-unknown']],
  ['manual', 'proceed', []],
  // The apply reads the hold itself before it removes anything.
  ['exchange', 'hold-back', []],
] as const)('a hold nobody could read, converting by %s with %s: %j', (convert, unknownHold, heldBack) => {
  const policy = { mailbox: { convert, unknownHold } };
  expect(outlook([aLicense('SPE_E3')], { hold: null }, policy).heldBack).toEqual(heldBack);
});

test('money is added up in cents, so that no sum ends in 0000000001', () => {
  const licenses = [aLicense('POWER_BI_PRO'), aLicense('EMS'), aLicense('EXCHANGESTANDARD')];
  expect(outlook(licenses).monthly).toBe(24.59);
  const few = { currency: 'USD', monthly: { POWER_BI_PRO: 1.1, EMS: 2.2 } };
  expect(computeSavings(anAccount({ licenses }), aPolicy(), few)).toMatchObject({ cost: 3.3, currency: 'USD' });
});

test('the monthly cost counts a licence held both ways once', () => {
  const cost = (licenses: AssignedLicense[]) => computeSavings(anAccount({ licenses }), aPolicy(), prices).cost;
  expect(cost([aLicense('SPE_E5'), aLicense('SPE_E5', group), aLicense('EMS')])).toBe(67.6);
  expect(cost([])).toBe(0);
});

test('what waits for a OneDrive to be released is a part of what is held back, and free licences are not in it', () => {
  const evidence = anAccount({
    licenses: [aLicense('SPE_E3'), aLicense('POWER_BI_PRO')],
    oneDrive: { kind: 'seen', storageUsedBytes: 3 * 1024 ** 3, files: 812, lastUsedOn: null },
  });
  const { waiting, waitingMonthly, heldBackMonthly } = computeSavings(evidence, aPolicy(), prices);
  expect(waiting.map(({ license }) => license.skuPartNumber)).toEqual(['SPE_E3']);
  expect([waitingMonthly, heldBackMonthly]).toEqual([36, 36]);
  const free = { ...prices, monthly: { ...prices.monthly, SPE_E3: 0 } };
  expect(computeSavings(evidence, aPolicy(), free).waiting).toEqual([]);
  expect(applyRelease(computeSavings(evidence, aPolicy(), prices), true)).toMatchObject({
    ...{ waiting: [], waitingMonthly: 0, heldBackMonthly: 0, monthly: 45.99 },
  });
});

test('what a group gives that may be left is reclaimed like a direct licence, unless one of it has to stay', () => {
  const office = { assignedByGroup: idOf('Office'), groupName: 'Office', groupObstacles: [] };
  const licenses = [aLicense('SPE_E3', office), aLicense('EMS', office)];
  expect(outlook(licenses)).toMatchObject({ reclaimable: ['SPE_E3', 'EMS'], monthly: 46.6, heldBackMonthly: 0 });
  expect(outlook(licenses, { hasArchive: true })).toMatchObject({
    heldBack: ['SPE_E3: archive', 'EMS: group-license-stays'],
    ...{ monthly: 0, heldBackMonthly: 46.6 },
  });
});

const taking = (membershipRule: string | null = 'user.accountEnabled -eq true') => ({
  ...{ assignedByGroup: idOf('Everybody'), groupName: 'Everybody', dynamicGroup: { membershipRule } },
});

describe('a licence that a dynamic group takes back with the block', () => {
  const office = { assignedByGroup: idOf('Office'), groupName: 'Office', groupObstacles: [] };
  const large = { kind: 'seen', storageUsedBytes: 3 * gigabyte, files: 812, lastUsedOn: null } as const;
  const compute = (change: Partial<Evidence>) => computeSavings(anAccount(change), aPolicy(), prices);

  test('is reclaimed, and paid once however it is assigned', () => {
    expect(outlook([aLicense('SPE_E3', taking())])).toMatchObject({
      reclaimable: ['SPE_E3'],
      heldBack: [],
      monthly: 36,
    });
    const both = compute({ licenses: [aLicense('SPE_E3'), aLicense('SPE_E3', taking())] });
    expect(both).toMatchObject({ cost: 36, monthly: 36, withBlock: [], heldBack: [] });
  });

  test('holds no membership that gives the same', () => {
    const licenses = [aLicense('SPE_E3', taking()), aLicense('SPE_E3', office), aLicense('EMS', office)];
    expect(outlook(licenses)).toMatchObject({ reclaimable: ['SPE_E3', 'EMS'], heldBack: [], monthly: 46.6 });
  });

  test.each<[string, Partial<Evidence>]>([
    ['the rule may not be read', { licenses: [aLicense('SPE_E3', taking(null))] }],
    [
      'the rule has another way in',
      { licenses: [aLicense('SPE_E3', taking('user.accountEnabled -eq true or user.city -eq "Oslo"'))] },
    ],
    ['sign-in is blocked already', { licenses: [aLicense('SPE_E3', taking())], accountEnabled: false }],
    ['files hang on it', { licenses: [aLicense('SPE_E3', taking())], oneDrive: large }],
    ['its assignment is not known', { licenses: [aLicense('SPE_E3', { ...taking(), doubt: 'product-unknown' })] }],
  ])('stays where %s', (_, change) => {
    expect(compute(change)).toMatchObject({ reclaimable: [], withBlock: [], heldBackMonthly: 36 });
  });
});
