// Who may be erased: nobody who is still blocked by this pipeline, or could be given something back.
import { expect, test } from 'vitest';
import { aLicense, anAccount, today } from '../account.fixture.ts';
import { anAccountFile } from '../account-file.fixture.ts';
import { addDays } from '../evidence.ts';
import { type ErasureQuestion, findErasureObstacle } from './find-obstacle.ts';

const { skuPartNumber, skuId } = aLicense('SPE_E3');
const restore = {
  accountEnabled: true,
  mailbox: 'user' as const,
  licenses: [{ skuPartNumber, skuId, assignedByGroup: null, disabledPlans: [] }],
};
const file = anAccountFile('delicense', { restore });
const back = anAccount({ licenses: [aLicense('SPE_E3')] });

function ask(change: Partial<ErasureQuestion> = {}) {
  const question: ErasureQuestion = {
    inAccounts: null,
    inArchive: [{ file }],
    wasTaken: true,
    takenOut: null,
    unreadable: null,
    giveBack: null,
    isInState: false,
    tenant: { kind: 'gone' },
    today,
  };
  return findErasureObstacle({ ...question, ...change })?.code ?? null;
}

test('somebody whose account the tenant no longer has may be erased', () => {
  expect(ask()).toBeNull();
  expect(ask({ isInState: null })).toBeNull();
});

test('an account that was deleted may come back for 30 days, and is not erased before they are over', () => {
  expect(ask({ tenant: { kind: 'deleted', on: addDays(today, -30) } })).toBe('restorable');
  expect(ask({ tenant: { kind: 'deleted', on: addDays(today, -31) } })).toBeNull();
});

test('somebody who has back what was taken may be erased, and nobody who lacks a part of it', () => {
  const look = (change: Parameters<typeof anAccount>[0]) =>
    ask({ tenant: { kind: 'listed', evidence: anAccount({ licenses: [aLicense('SPE_E3')], ...change }) } });
  expect(look({})).toBeNull();
  expect(look({ accountEnabled: false })).toBe('still-blocked');
  expect(look({ licenses: [] })).toBe('still-blocked');
  for (const recipientType of ['shared', 'unknown', 'none'] as const)
    expect(look({ mailbox: { ...back.mailbox, recipientType } })).toBe('still-blocked');
});

test('of somebody who is there a file that no audit has signed says nothing, so it stays', () => {
  const tenant = { kind: 'listed', evidence: back } as const;
  expect(ask({ inArchive: [{ file, isUnsigned: true }], tenant })).toBe('not-signed');
  expect(ask({ inArchive: [{ file, isUnsigned: true }] })).toBeNull();
});

test('doubt keeps: a tenant that could not be read, a state that could not be read, a file that cannot be read', () => {
  expect(ask({ tenant: { kind: 'unknown' } })).toBe('not-seen');
  expect(ask({ tenant: { kind: 'listed', evidence: back }, isInState: null })).toBe('in-state');
  expect(ask({ unreadable: 'stacks/contoso/archive/ana.yaml' })).toBe('unreadable');
});

test('nobody is erased whom the apply’s state still has, or whom a file of give-back/ gives back', () => {
  expect(ask({ isInState: true })).toBe('in-state');
  expect(ask({ giveBack: 'stacks/contoso/give-back/ana.yaml' })).toBe('give-back-pending');
});

test.each([
  ['disable', false, 'taken'],
  ['delicense', false, 'taken'],
  ['restore', false, 'not-given-back'],
  ['keep', true, 'not-given-back'],
  ['notify', true, 'not-given-back'],
  ['keep', false, null],
  ['notify', false, null],
  ['review', false, null],
] as const)(
  'a file in accounts/ at %s is erased only where nothing was ever taken (taken: %s)',
  (stage, wasTaken, code) => {
    expect(ask({ inAccounts: anAccountFile(stage), inArchive: [], wasTaken, tenant: null })).toBe(code);
  },
);

test('where nobody has looked at the tenant, a file of archive/ and one that was taken out of accounts/ stand against it', () => {
  expect(ask({ tenant: null })).toBe('in-archive');
  expect(ask({ tenant: null, inArchive: [], takenOut: file })).toBe('taken-out');
  expect(ask({ tenant: null, inArchive: [] })).toBeNull();
});
