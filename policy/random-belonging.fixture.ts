// What people have that goes with a licence, each drawn together with the licences that have to stay for it. That is known from how
// it was drawn: nothing here asks the product's own rules. A new kind is one more line of the table.
import fc from 'fast-check';
import { aLicense, idOf } from './account.fixture.ts';
import type { Evidence } from './evidence.ts';
import type { PolicyChange } from './policy.fixture.ts';

export interface RandomBelonging {
  kind: string;
  change: Partial<Evidence>;
  /** SKU part numbers that stay until somebody releases the files. */
  untilReleased: readonly string[];
  /** SKU part numbers that stay whatever anybody says. */
  always: readonly string[];
}

/** One row of the table: the licences held, what hangs on them, and what of them stays. */
interface Row {
  licenses: readonly string[];
  change?: fc.Arbitrary<Partial<Evidence>>;
  untilReleased?: readonly string[];
  always?: readonly string[];
}

const megabyte = 1024 ** 2;

/** The limit of the policies below. */
const limit = 1000;

function filesOf(megabytes: fc.Arbitrary<number>): fc.Arbitrary<Partial<Evidence>> {
  return fc.record({ size: megabytes, files: fc.nat(90_000) }).map(({ size, files }) => ({
    oneDrive: {
      kind: 'seen',
      storageUsedBytes: Math.round(size * megabyte),
      files,
      lastUsedOn: '2025-06-01',
    },
  }));
}

const large = filesOf(fc.double({ min: limit + 1, max: 5e6, noNaN: true }));
const small = filesOf(fc.integer({ min: 0, max: limit }));
const unknownFiles = fc.constant<Partial<Evidence>>({ oneDrive: { kind: 'unknown' } });
const noFiles = fc.constantFrom<Partial<Evidence>>({ oneDrive: { kind: 'none' } }, { oneDrive: { kind: 'unclocked' } });

const mailbox: Evidence['mailbox'] = {
  recipientType: 'user',
  storageUsedBytes: 4e9,
  hasArchive: false,
  hold: 'none',
};
const needy = fc
  .constantFrom<Partial<Evidence['mailbox']>>(
    { hasArchive: true },
    { hold: 'litigation' },
    { hold: 'retention' },
    { hasArchive: true, hold: 'retention' },
  )
  .map((change) => ({ mailbox: { ...mailbox, ...change } }));
const tooLarge = fc
  .integer({ min: 51, max: 100 })
  .map((gigabytes) => ({ mailbox: { ...mailbox, storageUsedBytes: gigabytes * 1024 ** 3 } }));

const group = { assignedByGroup: idOf('licence group'), groupName: 'Licences' };

const rows: Record<string, Row> = {
  nothing: { licenses: ['SPE_E3', 'EMS'], change: noFiles },
  'a small OneDrive': { licenses: ['SPE_E3', 'VISIOCLIENT'], change: small },
  'a large OneDrive': { licenses: ['SPE_E3', 'EMS'], change: large, untilReleased: ['SPE_E3'] },
  'a OneDrive of which nobody knows the size': {
    licenses: ['SPE_E5', 'VISIOCLIENT'],
    change: unknownFiles,
    untilReleased: ['SPE_E5'],
  },
  'a large OneDrive of a frontline worker': {
    licenses: ['SPE_F1', 'POWER_BI_PRO'],
    change: large,
    untilReleased: ['SPE_F1'],
  },
  'a large OneDrive that came with Visio': {
    licenses: ['VISIOCLIENT', 'EXCHANGESTANDARD'],
    change: large,
    untilReleased: ['VISIOCLIENT'],
  },
  'a large OneDrive of a school': { licenses: ['M365EDU_A3_FACULTY', 'EMS'], change: large },
  'an archive or a hold on Plan 2': {
    licenses: ['EXCHANGEENTERPRISE', 'POWER_BI_PRO', 'SPE_F1'],
    change: needy,
    always: ['EXCHANGEENTERPRISE'],
  },
  'an archive or a hold on Plan 1 with archiving': {
    licenses: ['EXCHANGESTANDARD', 'EXCHANGEARCHIVE_ADDON', 'EMS'],
    change: needy,
    always: ['EXCHANGESTANDARD', 'EXCHANGEARCHIVE_ADDON'],
  },
  'an archive or a hold that nothing pays for': {
    licenses: ['EXCHANGESTANDARD', 'EMS'],
    change: needy,
    always: ['EXCHANGESTANDARD'],
  },
  'a hold and a large OneDrive': {
    licenses: ['SPE_E3', 'EMS'],
    change: fc.tuple(needy, large).map(([one, other]) => ({ ...one, ...other })),
    always: ['SPE_E3'],
  },
  'a hold on Plan 2 and a large OneDrive elsewhere': {
    licenses: ['EXCHANGEENTERPRISE', 'SPE_F1'],
    change: fc.tuple(needy, large).map(([one, other]) => ({ ...one, ...other })),
    always: ['EXCHANGEENTERPRISE'],
    untilReleased: ['SPE_F1'],
  },
  'a mailbox that is too large': {
    licenses: ['EXCHANGEENTERPRISE', 'EXCHANGESTANDARD', 'EMS'],
    change: tooLarge,
    always: ['EXCHANGEENTERPRISE'],
  },
  'a Cloud PC': {
    licenses: ['CPC_E_2C_8GB_128GB', 'SPE_E3'],
    change: small,
    always: ['CPC_E_2C_8GB_128GB'],
  },
  'a Cloud PC and a large OneDrive': {
    licenses: ['CPC_E_2C_8GB_128GB', 'SPE_E3'],
    change: large,
    always: ['CPC_E_2C_8GB_128GB'],
    untilReleased: ['SPE_E3'],
  },
  'a phone number': { licenses: ['MCOEV', 'SPE_E3'], change: small },
};

const odd: readonly [string, Partial<Evidence>, readonly string[]][] = [
  [
    'a product that the tenant does not list',
    { licenses: [aLicense('SPE_E3'), aLicense('EMS', { doubt: 'product-unknown' })] },
    ['EMS'],
  ],
  [
    'a licence that no assignment explains',
    { licenses: [aLicense('SPE_E3'), aLicense('POWER_BI_PRO', { doubt: 'without-assignment' })] },
    ['POWER_BI_PRO'],
  ],
  ['a large OneDrive that a group pays for', { licenses: [aLicense('SPE_E3', group), aLicense('EMS')] }, ['SPE_E3']],
];

/** Every kind as likely as every other. */
export const anyBelonging: fc.Arbitrary<RandomBelonging> = fc.oneof(
  ...Object.entries(rows).map(([kind, { licenses, change = noFiles, untilReleased = [], always = [] }]) =>
    change.map(
      (evidence): RandomBelonging => ({
        kind,
        change: { licenses: licenses.map((sku) => aLicense(sku)), ...evidence },
        untilReleased,
        always,
      }),
    ),
  ),
  ...odd.map(([kind, change, always]) => fc.constant({ kind, change, untilReleased: [], always })),
);

/** Both ways of the policy; `name` holds no files back. */
export const anyOneDrivePolicy: fc.Arbitrary<NonNullable<PolicyChange['oneDrive']>> = fc.constantFrom(
  {},
  { holdBackAboveMegabytes: limit },
  { beforeDelicense: 'hold-back' },
  { beforeDelicense: 'name' },
);
