import { expect, test } from 'vitest';
import { anAccountFile } from '../../policy/account-file.fixture.ts';
import { serialiseAccountFile } from '../../policy/files/account-file.ts';
import { foldId } from '../../policy/identifiers.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import { createVersionReader } from '../../policy/signing/main-line.ts';
import { aSignedFile } from '../../policy/signing/signing.fixture.ts';
import { listAccountMoves } from './account-moves.ts';

const tenant = { stack: 'contoso', tenantId: '0b1c9f5e-0c8a-4a1d-9b4e-6f6ad3a20f0e' };
const path = 'stacks/contoso/accounts/ana.yaml';
const archived = 'stacks/contoso/archive/ana.yaml';
const { id } = anAccountFile('notify').account;

/** One commit each, a day apart; null: the file goes away. */
function listed(...commits: readonly (readonly [path: string, text: string | null])[][]) {
  const versions = commits.flatMap((changes, at) => changes.map(([of, text]) => ({ path: of, text, at })));
  const places = new Map(commits.map((_, at) => [`commit ${at}`, at]));
  const days = new Map(commits.map((_, at) => [at, `2026-12-0${at + 1}`]));
  return listAccountMoves(foldId(id), { versions, places, days }, createVersionReader()).map(
    ({ kind, day, commit, from, to }) => [kind, day, commit, from, to],
  );
}

const text = (file: AccountFile) => serialiseAccountFile(file);

test('each move has its day and commit: into the plan, on, to the archive, and out', () => {
  expect(
    listed(
      [[path, text(anAccountFile('notify'))]],
      [[path, text(anAccountFile('review'))]],
      [
        [path, null],
        [archived, text(anAccountFile('delicense'))],
      ],
      [[archived, null]],
    ),
  ).toEqual([
    ['moved', '2026-12-01', 'commit 0', null, 'notify'],
    ['moved', '2026-12-02', 'commit 1', 'notify', 'review'],
    ['moved', '2026-12-03', 'commit 2', 'review', 'archive'],
    ['moved', '2026-12-04', 'commit 3', 'archive', null],
  ]);
});

test('facts that an audit has signed anew are no edit of a person', () => {
  const signed = aSignedFile(anAccountFile('disable'), { tenant });
  const later = aSignedFile({ ...signed, evidence: { ...signed.evidence, inactiveDays: 150 } }, { tenant });
  const edited = { ...later, desired: { ...later.desired, accountEnabled: true } };
  expect(listed([[path, text(signed)]], [[path, text(later)]], [[path, text(edited)]]).map(([kind]) => kind)).toEqual([
    'moved',
    'renewed',
    'edited',
  ]);
});

test('a version that nobody can read changes nothing, and somebody else’s file under the same name ends the stay', () => {
  const other = anAccountFile('notify', { account: { userPrincipalName: 'bo@contoso.com' } });
  expect(
    listed([[path, text(anAccountFile('notify'))]], [[path, 'stage: [']], [[path, text(other)]]).map(
      ([, , , from, to]) => [from, to],
    ),
  ).toEqual([
    [null, 'notify'],
    ['notify', null],
  ]);
});
