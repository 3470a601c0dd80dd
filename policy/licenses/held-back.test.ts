import { describe, expect, test } from 'vitest';
import { aLicense, idOf } from '../account.fixture.ts';
import type { AssignedLicense, OneDrive } from '../evidence.ts';
import { aPolicy } from '../policy.fixture.ts';
import { type Belongings, findHeldBack, findMailboxReason } from './held-back.ts';

const none: Belongings = { mailbox: null, oneDrive: { kind: 'none' }, isReleased: false };
const megabyte = 1024 ** 2;

function reasons(
  licenses: readonly (string | AssignedLicense)[],
  belongings: Partial<Belongings> = {},
  policy = aPolicy(),
) {
  const held = licenses.map((license) => (typeof license === 'string' ? aLicense(license) : license));
  const found = findHeldBack(held, { ...none, ...belongings }, policy);
  return Object.fromEntries([...found].map(([{ skuPartNumber }, reason]) => [skuPartNumber, reason]));
}

function oneDrive(megabytes: number): OneDrive {
  return { kind: 'seen', storageUsedBytes: megabytes * megabyte, files: 812, lastUsedOn: null };
}

describe('an archive or a hold keeps the licences that pay for it, and only those', () => {
  test.each([
    ['Plan 2', ['SPE_E3', 'VISIOCLIENT', 'SPE_F1'], ['SPE_E3']],
    [
      'Plan 1 with the add-on',
      ['EXCHANGESTANDARD', 'EXCHANGEARCHIVE_ADDON', 'POWER_BI_PRO'],
      ['EXCHANGESTANDARD', 'EXCHANGEARCHIVE_ADDON'],
    ],
    ['Plan 2 beside Plan 1', ['EXCHANGEENTERPRISE', 'EXCHANGESTANDARD'], ['EXCHANGEENTERPRISE']],
    ['whatever carries the mailbox where nothing pays', ['EXCHANGESTANDARD', 'EMS'], ['EXCHANGESTANDARD']],
  ])('%s', (_, licenses, kept) => {
    for (const mailbox of ['archive', 'litigation-hold', 'retention-hold'] as const) {
      expect(Object.keys(reasons(licenses, { mailbox }))).toEqual(kept);
    }
  });
});

describe('a product with a mailbox and the archive plan in one is no add-on', () => {
  test.each<[string, Belongings['mailbox'], readonly string[], readonly string[]]>([
    ['goes where the mailbox needs nothing', null, ['SPB', 'POWER_BI_PRO'], []],
    ['stays for an archive', 'archive', ['SPB', 'POWER_BI_PRO'], ['SPB']],
    ['stays for a hold, and the kiosk beside it goes', 'litigation-hold', ['SPB', 'SPE_F1'], ['SPB']],
    ['goes where Plan 2 pays', 'retention-hold', ['SPB', 'SPE_E3'], ['SPE_E3']],
    ['stays while nobody knows', 'hold-unknown', ['SPB'], ['SPB']],
  ])('it %s', (_, mailbox, licenses, kept) => {
    expect(Object.keys(reasons(licenses, { mailbox }))).toEqual(kept);
  });

  test('the archive plan with a kiosk pays for nothing, so both stay', () => {
    const kiosk = ['SPE_F1', 'EXCHANGEARCHIVE_ADDON'];
    expect(Object.keys(reasons(kiosk, { mailbox: 'archive' }))).toEqual(kiosk);
  });
});

test('a shared mailbox over the limit keeps Plan 2', () => {
  const licenses = ['SPE_E3', 'EXCHANGESTANDARD'];
  expect(reasons(licenses, { mailbox: 'mailbox-over-limit' })).toEqual({ SPE_E3: 'mailbox-over-limit' });
});

test('while nobody knows of a hold, everything stays that carries a mailbox', () => {
  expect(reasons(['SPE_E3', 'SPE_F1', 'EMS'], { mailbox: 'hold-unknown' })).toEqual({
    SPE_E3: 'hold-unknown',
    SPE_F1: 'hold-unknown',
  });
});

test('a Cloud PC, an archive add-on and the plan that it needs stay', () => {
  expect(reasons(['CPC_E_2C_8GB_128GB', 'EXCHANGEARCHIVE_ADDON', 'EXCHANGESTANDARD', 'EMS'])).toEqual({
    CPC_E_2C_8GB_128GB: 'cloud-pc',
    EXCHANGEARCHIVE_ADDON: 'archive-add-on',
    EXCHANGESTANDARD: 'needed-by-another',
  });
});

test('what a group gives and what is odd stays by its own reason', () => {
  const inherited = aLicense('SPE_E3', { assignedByGroup: idOf('group') });
  const odd = aLicense('EMS', { doubt: 'product-unknown' });
  expect(reasons([inherited, odd], { oneDrive: oneDrive(9000) })).toEqual({
    SPE_E3: 'inherited-from-group',
    EMS: 'product-unknown',
  });
});

test.each(['in-error', 'without-assignment', 'product-unknown'] as const)(
  'a licence that is %s pays for nothing: what pays beside it stays, too',
  (doubt) => {
    const odd = aLicense('SPE_E3', { doubt });
    const archived = [odd, 'EXCHANGESTANDARD', 'EXCHANGEARCHIVE_ADDON'];
    expect(reasons(archived, { mailbox: 'archive' })).toEqual({
      SPE_E3: doubt,
      EXCHANGESTANDARD: 'archive',
      EXCHANGEARCHIVE_ADDON: 'archive',
    });
    expect(reasons([odd, 'SPE_F1'], { oneDrive: oneDrive(3000) })).toEqual({
      SPE_E3: doubt,
      SPE_F1: 'onedrive-files',
    });
  },
);

describe('a OneDrive', () => {
  test.each<[string, OneDrive, Record<string, string>]>([
    ['above the limit holds its licence back', oneDrive(1001), { SPE_E3: 'onedrive-files' }],
    ['at the limit goes, and is named', oneDrive(1000), {}],
    ['that nobody has opened holds nothing', { kind: 'none' }, {}],
    ['that nobody could tell of holds its licence back', { kind: 'unknown' }, { SPE_E3: 'onedrive-unknown' }],
    ['without a clock holds nothing', { kind: 'unclocked' }, {}],
  ])('%s', (_, files, held) => {
    expect(reasons(['SPE_E3', 'VISIOCLIENT', 'EMS'], { oneDrive: files })).toEqual(held);
  });

  test.each<[string, readonly (string | AssignedLicense)[], Partial<Belongings>, Record<string, string>]>([
    [
      'a group’s licence keeps by itself',
      [aLicense('SPE_E3', { assignedByGroup: idOf('group') }), 'SPE_F1'],
      {},
      { SPE_E3: 'inherited-from-group' },
    ],
    [
      'a group’s licence keeps, whatever the order',
      ['SPE_F1', aLicense('SPE_E3', { assignedByGroup: idOf('group') })],
      { oneDrive: { kind: 'unknown' } },
      { SPE_E3: 'inherited-from-group' },
    ],
    [
      'a licence keeps that stays for the mailbox',
      ['SPE_E3', 'SPE_F1'],
      { mailbox: 'litigation-hold' },
      { SPE_E3: 'litigation-hold' },
    ],
    [
      'a group’s licence does not carry',
      [aLicense('EMS', { assignedByGroup: idOf('group') }), 'SPE_F1'],
      {},
      { EMS: 'inherited-from-group', SPE_F1: 'onedrive-files' },
    ],
    [
      'a group’s small one may not keep',
      [aLicense('VISIOCLIENT', { assignedByGroup: idOf('group') }), 'SPE_F1'],
      {},
      { VISIOCLIENT: 'inherited-from-group', SPE_F1: 'onedrive-files' },
    ],
    [
      'a group carries that takes its licence back with the block',
      [aLicense('SPE_E3', { assignedByGroup: idOf('group'), dynamicGroup: { membershipRule: null } }), 'SPE_F1'],
      {},
      { SPE_E3: 'inherited-from-group', SPE_F1: 'onedrive-files' },
    ],
  ])('that %s', (_, licenses, more, held) => {
    expect(reasons(licenses, { oneDrive: oneDrive(3000), ...more })).toEqual(held);
  });

  test('of Visio alone holds Visio back', () => {
    expect(reasons(['VISIOCLIENT'], { oneDrive: oneDrive(3000) })).toEqual({ VISIOCLIENT: 'onedrive-files' });
  });

  test('of a school holds nothing back: its clock does not run there', () => {
    expect(reasons(['M365EDU_A3_FACULTY'], { oneDrive: oneDrive(3000) })).toEqual({});
  });

  test('that is released holds nothing back', () => {
    expect(reasons(['SPE_E3'], { oneDrive: oneDrive(3000), isReleased: true })).toEqual({});
    expect(reasons(['SPE_E3'], { oneDrive: { kind: 'unknown' }, isReleased: true })).toEqual({});
  });

  test('is only named where the policy says name', () => {
    const policy = aPolicy({ oneDrive: { beforeDelicense: 'name' } });
    expect(reasons(['SPE_E3'], { oneDrive: oneDrive(3000) }, policy)).toEqual({});
  });

  test('of the size that the policy gives is held back', () => {
    const policy = aPolicy({ oneDrive: { holdBackAboveMegabytes: 0 } });
    expect(reasons(['SPE_E3'], { oneDrive: oneDrive(0.1) }, policy)).toEqual({ SPE_E3: 'onedrive-files' });
    expect(reasons(['SPE_E3'], { oneDrive: oneDrive(0) }, policy)).toEqual({});
  });

  test('released does not release a hold', () => {
    const belongings = { mailbox: 'litigation-hold', oneDrive: oneDrive(3000), isReleased: true } as const;
    expect(reasons(['SPE_E3'], belongings)).toEqual({ SPE_E3: 'litigation-hold' });
  });
});

test.each([
  ['small, without archive and hold', {}, null],
  ['too large', { storageUsedBytes: 51 * 1024 ** 3 }, 'mailbox-over-limit'],
  ['with an archive', { hasArchive: true }, 'archive'],
  ['on litigation hold', { hold: 'litigation' as const }, 'litigation-hold'],
  ['on another hold', { hold: 'retention' as const }, 'retention-hold'],
  ['of which nobody knows anything', { storageUsedBytes: null, hasArchive: null, hold: null }, null],
  ['that is not there', { recipientType: 'none' as const, hold: 'litigation' as const }, null],
])('a mailbox that is %s', (_, change, reason) => {
  const mailbox = {
    recipientType: 'user' as const,
    storageUsedBytes: 4e9,
    hasArchive: false,
    hold: 'none' as const,
  };
  expect(findMailboxReason({ ...mailbox, ...change }, aPolicy())).toBe(reason);
});
