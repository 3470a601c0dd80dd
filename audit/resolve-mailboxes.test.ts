import { expect, test } from 'vitest';
import { aLicense } from '../policy/account.fixture.ts';
import type { Evidence } from '../policy/evidence.ts';
import type { RecipientType } from '../policy/schemas/account.ts';
import { decideRecipientType } from './resolve-mailboxes.ts';

const unknownMailbox: Evidence['mailbox'] = {
  recipientType: 'unknown',
  storageUsedBytes: null,
  hasArchive: null,
  hold: null,
};

interface Known {
  licensed?: boolean;
  mail?: string;
  mailbox?: Partial<Evidence['mailbox']>;
  hadMailbox?: boolean;
}

function decide(type: RecipientType, { licensed = false, mail, mailbox, hadMailbox = false }: Known) {
  const licenses = [aLicense(licensed ? 'SPE_E3' : 'EMS')];
  return decideRecipientType(
    type,
    { licenses, mail: mail ?? null, mailbox: { ...unknownMailbox, ...mailbox } },
    hadMailbox,
  );
}

test.each<[string, Known]>([
  ['with a licence that carries one', { licensed: true }],
  ['with an address', { mail: 'ana@contoso.com' }],
  ['with a row of the report', { mailbox: { isReported: true } }],
  ['with a mailbox before this pipeline came', { hadMailbox: true }],
  ['shown deleted, and licensed again', { licensed: true, mailbox: { disconnectedOn: '2026-12-01' } }],
])('that Graph does not find the mailbox, or may not tell, says nothing of an account %s', (_, known) => {
  expect(decide('none', known)).toBe('unknown');
  expect(decide('unknown', known)).toBe('unknown');
});

test('where nothing else says that there is a mailbox, Graph is believed', () => {
  expect(decide('none', {})).toBe('none');
  expect(decide('unknown', {})).toBe('none');
});

test('a report that has shown it deleted is believed, too, of whom it was a mailbox before', () => {
  const known = { hadMailbox: true, mail: 'ana@contoso.com', mailbox: { disconnectedOn: '2026-12-01' } };
  expect(decide('none', known)).toBe('none');
  expect(decide('unknown', known)).toBe('unknown');
});

test('what Graph finds it says', () => {
  expect(decide('shared', { hadMailbox: true, licensed: true })).toBe('shared');
});
