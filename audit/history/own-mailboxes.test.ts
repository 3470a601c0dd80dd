import { expect, test } from 'vitest';
import { addDays } from '../../policy/evidence.ts';
import { serialiseAccountFile } from '../../policy/files/account-file.ts';
import { buildDesiredState } from '../../policy/files/stage.ts';
import type { AccountFile, Stage } from '../../policy/schemas/account.ts';
import { anAccount, anInForceFile, today } from '../../policy/tenant.fixture.ts';
import { findOwnMailboxes } from './own-mailboxes.ts';

const ana = anAccount();

function aVersion(stage: Stage, mailbox: AccountFile['restore']['mailbox'] = 'user'): string {
  const { file } = anInForceFile({ account: ana, stage: 'notify', since: addDays(today, -30) });
  const restore = { ...file.restore, mailbox };
  return serialiseAccountFile({
    ...file,
    stage,
    restore,
    desired: buildDesiredState(stage, restore, file.savings),
  });
}

test.each<[string, string[], boolean]>([
  ['has asked for a shared mailbox', [aVersion('disable')], true],
  ['has asked for it once, and is in notify again', [aVersion('notify'), aVersion('disable')], true],
  ['has asked for it of a mailbox of unknown kind', [aVersion('disable', 'unknown')], true],
  ['only stood in the stages before', [aVersion('notify'), aVersion('review')], false],
  ['was about a mailbox that was shared before', [aVersion('delicense', 'shared')], false],
  ['was about an account without a mailbox', [aVersion('delicense', 'none')], false],
  ['is in block style, quoted and with comments', [inBlockStyle(aVersion('disable'))], true],
  ['has other line ends', [aVersion('disable').replaceAll('\n', '\r\n')], true],
  ['is no account file at all', ['mailbox: shared', '', '\u0000'], false],
])('of a person whose file %s', (_, versions, isOwn) => {
  expect([...findOwnMailboxes(versions)]).toEqual(isOwn ? [ana.id] : []);
});

function inBlockStyle(text: string): string {
  return text
    .replace(ana.id, `"${ana.id.toUpperCase()}"`)
    .replace('  mailbox: shared', '\n  # asked for by IT\n  "mailbox": "shared" # as ever');
}
