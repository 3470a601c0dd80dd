// What main's history says of somebody who is to be erased.
import { expect, test } from 'vitest';
import { serialiseAccountFile } from '../files/account-file.ts';
import { aContext, aGiveBack, aLine, aStagedFile, pathOf } from '../give-back/give-back.fixture.ts';
import { foldId } from '../identifiers.ts';
import type { Stage } from '../schemas/account.ts';
import type { FileVersion } from '../signing/main-line.ts';
import { readErasureQuestion } from './read-question.ts';

const ana = (stage: Stage) => aStagedFile('ana@contoso.com', stage);
const path = pathOf(ana('notify'));
const archivePath = path.replace('/accounts/', '/archive/');
const id = foldId(ana('notify').account.id);
const walked = [
  { [path]: ana('notify') },
  { [path]: ana('review') },
  { [path]: ana('disable') },
  { [path]: ana('delicense') },
];
const archived = [...walked, { [path]: null, [archivePath]: ana('delicense') }];

function read(versions: readonly FileVersion[], giveBackTexts = new Map<string, string>()) {
  return readErasureQuestion(id, { versions, giveBackTexts }, aContext(9));
}

test('a file of archive/ is what main has of somebody from whom something was taken', () => {
  expect(read(aLine(...archived))).toMatchObject({
    ...{ inAccounts: null, wasTaken: true, takenOut: null, giveBack: null },
    inArchive: [{ file: { stage: 'delicense' }, isUnsigned: false }],
  });
});

test('once the file of archive/ is gone, main owes nothing any more', () => {
  expect(read(aLine(...archived, { [archivePath]: null }))).toMatchObject({ inArchive: [], takenOut: null });
});

test('a file that went from accounts/ while something was taken is still owed, until one that gives back has gone', () => {
  expect(read(aLine(...walked, { [path]: null })).takenOut).toMatchObject({ stage: 'delicense' });
  expect(read(aLine(...walked, { [path]: ana('restore') }, { [path]: null })).takenOut).toBeNull();
});

test('a file that no audit has signed took nothing', () => {
  const forged = { ...ana('disable'), signed: ana('notify').signed ?? '' };
  expect(read(aLine({ [archivePath]: forged }))).toMatchObject({ inArchive: [{ isUnsigned: true }], wasTaken: false });
  expect(read(aLine({ [path]: forged }, { [path]: null })).takenOut).toBeNull();
});

test('a file that cannot be read, and one of give-back/, are named', () => {
  const broken = { path: archivePath, text: `${serialiseAccountFile(ana('delicense'))}\nx: 1\n`, at: 5 };
  expect(read([...aLine(...archived), broken]).unreadable).toBe(archivePath);
  const asked = aGiveBack(ana('disable'));
  expect(read(aLine(...walked), new Map([[asked.path, asked.text]])).giveBack).toBe(asked.path);
  expect(read(aLine(...walked), new Map([[asked.path, `not yaml: [${id}`]])).giveBack).toBe(asked.path);
});
