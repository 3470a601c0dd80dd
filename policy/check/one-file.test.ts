// Where an account's file is, and where it may go: accounts/, archive/, and nowhere else.
import { expect, test } from 'vitest';
import { today } from '../account.fixture.ts';
import { anAccountFile } from '../account-file.fixture.ts';
import { addDays } from '../evidence.ts';
import { serialiseAccountFile } from '../files/account-file.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import { aSignedFile } from '../signing/signing.fixture.ts';
import { aCheckInput, aHeadFile, listProblemCodes } from './check.fixture.ts';
import { checkStack } from './check.ts';

const lastWeek = addDays(today, -7);
const archivePath = 'stacks/contoso/archive/ana.yaml';

function signed(stage: Stage, on = lastWeek): AccountFile {
  const file = anAccountFile(stage);
  return aSignedFile({ ...file, evidence: { ...file.evidence, auditedOn: on } });
}
const archive = (file: AccountFile) => new Map([[archivePath, serialiseAccountFile(file)]]);

function setStage(file: AccountFile, stage: Stage): AccountFile {
  return { ...file, stage, reason: 'back from leave', desired: anAccountFile(stage).desired };
}

test('an account is in one file of accounts, however its id is written', () => {
  const file = signed('notify');
  const id = file.account.id.toUpperCase();
  const other = aHeadFile(aSignedFile({ ...file, account: { ...file.account, id } }), 'stacks/contoso/accounts/b.yaml');
  const { head } = aCheckInput({ head: file });
  expect(listProblemCodes({ head: null }, { head: [...head, other] })).toEqual(['duplicate-account']);
});

test('two names that differ in case only are one file on some disks', () => {
  const bo = signed('notify');
  const other = aSignedFile(anAccountFile('notify', { account: { userPrincipalName: 'bo@contoso.com' } }));
  const head = [
    aHeadFile(bo, 'stacks/contoso/accounts/ana.yaml'),
    aHeadFile(other, 'stacks/contoso/accounts/ANA.yaml'),
  ];
  expect(listProblemCodes({ head: null }, { head })).toEqual(['duplicate-account']);
});

test('an account is not in accounts and archive at once; where main has both, the next audit puts it right', () => {
  const [old, file] = [signed('delicense', addDays(today, -300)), signed('notify', today)];
  expect(
    listProblemCodes({ main: [null], head: file }, { archive: archive(old), main: { archive: archive(old) } }),
  ).toEqual(['duplicate-account']);
  const both = { archive: archive(old), main: { archive: archive(old) } };
  expect(listProblemCodes({ main: [file], head: file }, both)).toEqual([]);
});

test('into the archive goes what main has at delicense, byte for byte', () => {
  const file = signed('delicense');
  expect(listProblemCodes({ main: [file], head: null }, { archive: archive(file) })).toEqual([]);
  const forged = { ...file, restore: { ...file.restore, accountEnabled: false } };
  expect(listProblemCodes({ main: [file], head: null }, { archive: archive(forged) })).toEqual([
    'file-taken-out',
    'archive-edited',
  ]);
});

test('a file that main never had, or has in another stage, is not put into the archive', () => {
  expect(listProblemCodes({ head: null }, { archive: archive(signed('delicense')) })).toEqual(['archive-edited']);
  const keep = setStage(signed('disable'), 'keep');
  expect(listProblemCodes({ main: [keep], head: null }, { archive: archive(keep) })).toEqual(['archive-edited']);
});

test('a file of the archive is not edited, may go, and a revert of what brought it back puts it there again', () => {
  const file = signed('delicense');
  const main = { archive: archive(file) };
  const text = `${serialiseAccountFile(file)}# seen\n`;
  expect(listProblemCodes({ head: null }, { archive: new Map([[archivePath, text]]), main })).toEqual([
    'archive-edited',
  ]);
  expect(listProblemCodes({ head: null }, { main })).toEqual([]);
  const versions = [{ path: archivePath, text: serialiseAccountFile(file), at: 0 }];
  expect(listProblemCodes({ head: null }, { archive: archive(file), main: { versions } })).toEqual([]);
});

test.each<[Stage, string[]]>([
  ['notify', []],
  ['review', []],
  ['disable', ['file-taken-out']],
  ['delicense', ['file-taken-out']],
  ['keep', []],
])('the file of somebody at %s is taken out: %j', (stage, expected) => {
  expect(listProblemCodes({ main: [signed(stage)], head: null })).toEqual(expected);
});

test('the refusal says who would stay blocked, and both ways out', () => {
  const [problem] = checkStack(aCheckInput({ main: [signed('disable')], head: null }));
  expect(problem?.message).toContain('ana.reyes@contoso.com');
  expect(problem?.message).toMatch(/stage: keep.*90 days.*stage: restore/);
});

test('a file that has another name now is not taken out, nor one that the branch never had', () => {
  const file = signed('disable');
  const renamed = aHeadFile(file, 'stacks/contoso/accounts/reyes.yaml');
  expect(listProblemCodes({ main: [file], head: null }, { head: [renamed] })).toEqual([]);
  expect(listProblemCodes({ main: [file], head: null }, { main: { knownPaths: new Set() } })).toEqual([]);
});

test('who was taken out by mistake comes back by restore, on what main’s history says was taken', () => {
  const disable = signed('disable');
  expect(listProblemCodes({ main: [disable, null], head: setStage(disable, 'restore') })).toEqual([]);
  const notify = signed('notify');
  expect(listProblemCodes({ main: [notify, null], head: setStage(notify, 'restore') })).toEqual(['stage-jump']);
});
