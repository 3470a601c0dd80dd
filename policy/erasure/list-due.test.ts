// Whose days in archive/ are over, by main's first-parent line.
import { expect, test } from 'vitest';
import { today } from '../account.fixture.ts';
import { addDays } from '../evidence.ts';
import { serialiseAccountFile } from '../files/account-file.ts';
import { aContext, aLine, aStagedFile, pathOf } from '../give-back/give-back.fixture.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import { listDueAccounts } from './list-due.ts';

const ana = (stage: Stage) => aStagedFile('ana@contoso.com', stage);
const path = pathOf(ana('notify'));
const archivePath = path.replace('/accounts/', '/archive/');
const otherPath = archivePath.replace('.yaml', '-2.yaml');
const taken = [{ [path]: ana('notify') }, { [path]: ana('review') }, { [path]: ana('disable') }];

/** Main got its commits 100 days apart, the last one as many days ago. */
function listDue(commits: readonly Record<string, AccountFile | null>[], eraseAfterDays?: number) {
  const versions = aLine(...commits);
  const days = new Map(commits.map((_, at) => [at, addDays(today, -100 * (commits.length - at))]));
  const last = new Map(versions.map((version) => [version.path, version.text]));
  const archived = [...last].flatMap(([at, text]) => {
    const file = [...commits]
      .flatMap((each) => Object.values(each))
      .find((each) => each && serialiseAccountFile(each) === text);
    return at.includes('/archive/') && file ? [{ path: at, file }] : [];
  });
  const policy = eraseAfterDays === undefined ? {} : { privacy: { eraseAfterDays } };
  return listDueAccounts({ versions, days, giveBackTexts: new Map(), archived, today }, policy, aContext(99)).map(
    ({ files, since }) => [files.map((file) => file.path), since],
  );
}

const archived = [...taken, { [path]: null, [archivePath]: ana('disable') }];

test('the days count from the commit that brought the file into archive/, and are over on the last of them', () => {
  expect(listDue(archived, 100)).toEqual([[[archivePath], addDays(today, -100)]]);
  expect(listDue(archived, 101)).toEqual([]);
});

test('without privacy.eraseAfterDays nobody is due', () => {
  expect(listDue(archived)).toEqual([]);
});

test('a file that gets another name in archive/ keeps its days, and one that was in the plan again begins anew', () => {
  const renamed = [...archived, { [archivePath]: null, [otherPath]: ana('disable') }];
  expect(listDue(renamed, 200)).toEqual([[[otherPath], addDays(today, -200)]]);
  const again = [...archived, { [archivePath]: null, [path]: ana('restore') }, { [path]: ana('disable') }];
  expect(listDue([...again, { [path]: null, [archivePath]: ana('disable') }], 101)).toEqual([]);
});

test('somebody with two files in archive/ goes with both, and one who has a file in accounts/, too, stays', () => {
  const twice = [...archived, { [otherPath]: ana('disable') }];
  expect(listDue(twice, 200)).toEqual([[[archivePath, otherPath], addDays(today, -200)]]);
  expect(listDue([...archived, { [path]: ana('notify') }], 1)).toEqual([]);
});
