import { expect, test } from 'vitest';
import { aLicense, idOf } from '../account.fixture.ts';
import type { AssignedLicense, OneDrive } from '../evidence.ts';
import { aPolicy } from '../policy.fixture.ts';
import { findLostWithBlock, isOneDriveLostWithBlock } from './block-losses.ts';
import type { Belongings } from './held-back.ts';

const everybody = idOf('everybody');
const rule = 'user.accountEnabled -eq true';
const gigabyte = 1024 ** 3;
const files: OneDrive = { kind: 'seen', storageUsedBytes: 3.1 * gigabyte, files: 812, lastUsedOn: null };

/** From a group that takes it back once sign-in is blocked. */
function dynamic(skuPartNumber: string, change: Partial<AssignedLicense> = {}): AssignedLicense {
  const group = {
    assignedByGroup: everybody,
    groupName: 'Everybody',
    dynamicGroup: { membershipRule: rule },
  };
  return aLicense(skuPartNumber, { ...group, ...change });
}
const fromStaff = { assignedByGroup: idOf('staff'), groupName: 'Staff' };

function lost(licenses: readonly AssignedLicense[], belongings: Partial<Belongings> = {}, policy = aPolicy()) {
  const all: Belongings = { mailbox: null, oneDrive: { kind: 'none' }, isReleased: false, ...belongings };
  return [...findLostWithBlock(licenses, all, policy)].map(([{ skuPartNumber }, reason]) => [skuPartNumber, reason]);
}

test.each<[string, Partial<Belongings>, string]>([
  ['a OneDrive above the limit', { oneDrive: files }, 'onedrive-files'],
  ['a OneDrive of which nobody knows', { oneDrive: { kind: 'unknown' } }, 'onedrive-unknown'],
  ['an archive', { mailbox: 'archive' }, 'archive'],
  ['a litigation hold', { mailbox: 'litigation-hold' }, 'litigation-hold'],
  ['another hold', { mailbox: 'retention-hold' }, 'retention-hold'],
  ['a hold that nobody could tell of', { mailbox: 'hold-unknown' }, 'hold-unknown'],
  ['a large mailbox', { mailbox: 'mailbox-over-limit' }, 'mailbox-over-limit'],
])('%s goes with the block where a dynamic group gives the licence, and with no other', (_, belongings, reason) => {
  expect(lost([dynamic('SPE_E3')], belongings)).toEqual([['SPE_E3', reason]]);
  expect(lost([aLicense('SPE_E3')], belongings)).toEqual([]);
  expect(lost([aLicense('SPE_E3', fromStaff)], belongings)).toEqual([]);
});

test.each<[string, AssignedLicense[], [string, string][]]>([
  ['a Cloud PC', [dynamic('CPC_E_2C_8GB_128GB')], [['CPC_E_2C_8GB_128GB', 'cloud-pc']]],
  ['an archive add-on', [dynamic('EXCHANGEARCHIVE_ADDON')], [['EXCHANGEARCHIVE_ADDON', 'archive-add-on']]],
  [
    'a product that nobody knows any more',
    [dynamic('EMS', { doubt: 'product-unknown' })],
    [['EMS', 'product-unknown']],
  ],
  ['nothing of a licence in error', [dynamic('CPC_E_2C_8GB_128GB', { doubt: 'in-error' })], []],
  ['nothing of a plain one', [dynamic('SPE_E3'), dynamic('POWER_BI_PRO')], []],
])('of what it holds by itself goes %s', (_, licenses, reasons) => {
  expect(lost(licenses)).toEqual(reasons);
});

test.each<[string, AssignedLicense[], Partial<Belongings>]>([
  ['the same product, assigned directly', [aLicense('SPE_E3')], { oneDrive: files, mailbox: 'litigation-hold' }],
  ['the same product from another group', [aLicense('SPE_E3', fromStaff)], { oneDrive: files, mailbox: 'archive' }],
  ['another product with a OneDrive', [aLicense('SPE_F1')], { oneDrive: files }],
  ['Plan 2', [aLicense('EXCHANGEENTERPRISE')], { mailbox: 'mailbox-over-limit' }],
  [
    'Plan 1 with the archive add-on',
    [aLicense('EXCHANGESTANDARD'), aLicense('EXCHANGEARCHIVE_ADDON')],
    { mailbox: 'litigation-hold' },
  ],
])('nothing goes that %s carries on', (_, others, belongings) => {
  expect(lost([dynamic('SPE_E3'), ...others], belongings)).toEqual([]);
});

test.each<[string, AssignedLicense[], Partial<Belongings>]>([
  ['Plan 1', [aLicense('EXCHANGESTANDARD')], { mailbox: 'archive' }],
  ['the small OneDrive of Visio', [aLicense('VISIOCLIENT')], { oneDrive: files }],
  ['a licence in error', [aLicense('SPE_E3', { doubt: 'in-error' })], { mailbox: 'archive' }],
  [
    'a licence of which nobody knows how it came',
    [aLicense('SPE_E5', { doubt: 'without-assignment' })],
    { mailbox: 'archive' },
  ],
  ['a second dynamic group', [dynamic('SPE_E3', { assignedByGroup: idOf('second') })], { oneDrive: files }],
])('%s does not carry it on', (_, others, belongings) => {
  expect(lost([dynamic('SPE_E3'), ...others], belongings)).not.toEqual([]);
});

test('a rule that may not be read counts as one that takes it', () => {
  const unread = dynamic('SPE_E3', { dynamicGroup: { membershipRule: null } });
  expect(lost([unread], { oneDrive: files })).toEqual([['SPE_E3', 'onedrive-files']]);
});

test('the word release lets a OneDrive go, and nothing else', () => {
  expect(lost([dynamic('SPE_E3')], { oneDrive: files, isReleased: true })).toEqual([]);
  const held = { oneDrive: files, isReleased: true, mailbox: 'litigation-hold' } as const;
  expect(lost([dynamic('SPE_E3')], held)).toEqual([['SPE_E3', 'litigation-hold']]);
});

test('where the policy only names a OneDrive, it goes with the block', () => {
  const policy = aPolicy({ oneDrive: { beforeDelicense: 'name' } });
  expect(lost([dynamic('SPE_E3')], { oneDrive: files }, policy)).toEqual([]);
});

test.each<[string, AssignedLicense[], boolean]>([
  ['with the only licence that has one', [dynamic('SPE_E3'), aLicense('EMS')], true],
  ['also where Visio has a small one', [dynamic('SPE_E3'), aLicense('VISIOCLIENT')], true],
  ['not while another one carries it', [dynamic('SPE_E3'), aLicense('SPE_F1')], false],
  ['not with a licence that is assigned otherwise', [aLicense('SPE_E3')], false],
  ['not where no licence has one', [dynamic('EMS')], false],
])('the clock of a OneDrive begins with the block %s', (_, licenses, begins) => {
  expect(isOneDriveLostWithBlock(licenses)).toBe(begins);
});
