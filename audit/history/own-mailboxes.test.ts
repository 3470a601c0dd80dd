import { expect, test } from 'vitest';
import { anAccountFile } from '../../policy/account-file.fixture.ts';
import { buildDesiredState } from '../../policy/files/stage.ts';
import type { AccountFile, Stage } from '../../policy/schemas/account.ts';
import { findOwnMailboxes } from './own-mailboxes.ts';

function aVersion(stage: Stage, mailbox: AccountFile['restore']['mailbox'] = 'user'): AccountFile {
  const file = anAccountFile(stage);
  const restore = { ...file.restore, mailbox };
  return { ...file, restore, desired: buildDesiredState(stage, restore, file.savings) };
}

test.each<[string, AccountFile[], boolean]>([
  ['has asked for a shared mailbox', [aVersion('disable')], true],
  ['has asked for it once, and is in notify again', [aVersion('notify'), aVersion('disable')], true],
  ['has asked for it of a mailbox of unknown kind', [aVersion('disable', 'unknown')], true],
  ['only stood in the stages before', [aVersion('notify'), aVersion('review')], false],
  ['was about a mailbox that was shared before', [aVersion('delicense', 'shared')], false],
  ['was about an account without a mailbox', [aVersion('delicense', 'none')], false],
])('of a person whose file %s', (_, versions, isOwn) => {
  expect([...findOwnMailboxes(versions)]).toEqual(isOwn ? [anAccountFile('notify').account.id] : []);
});
