import { expect, test } from 'vitest';
import { findMailboxKind } from './mailbox-kind.ts';
import { parseUserPurpose } from './user-purpose.ts';

test.each([
  ['user', 'user'],
  ['linked', 'user'],
  ['shared', 'shared'],
  ['room', 'room'],
  ['equipment', 'equipment'],
  ['others', 'other'],
  ['unknownFutureValue', 'other'],
  ['constructor', 'unknown'],
  [null, 'unknown'],
])('Graph’s userPurpose %s is %s', (value, type) => {
  expect(parseUserPurpose({ status: 200, body: { value } })).toBe(type);
});

test('what may not be read is unknown, and what Graph does not find is only not found by Graph', () => {
  expect(parseUserPurpose({ status: 403, body: {} })).toBe('unknown');
  expect(parseUserPurpose({ status: 404, body: {} })).toBe('none');
});

test.each([
  ['UserMailbox', 'user'],
  ['User', 'user'],
  ['SharedMailbox', 'shared'],
  ['Shared', 'shared'],
  ['Room', 'room'],
  ['SchedulingMailbox', 'scheduling'],
  ['DiscoveryMailbox', 'other'],
  ['RemoteUserMailbox', 'other'],
  ['TeamMailbox', 'other'],
  ['GroupMailbox', 'other'],
  ['PublicFolderMailbox', 'other'],
  ['MailUser', 'other'],
  ['', null],
  ['Regular', null],
])('the word %j of report and Exchange is %s', (word, kind) => {
  expect(findMailboxKind(word)).toBe(kind);
});
