import { expect, test } from 'vitest';
import { today } from '../account.fixture.ts';
import { addDays } from '../evidence.ts';
import { noGiveBacks, parseGiveBacks } from '../files/give-back-file.ts';
import { buildDesiredState } from '../files/stage.ts';
import { aGiveBack, aStagedFile } from '../give-back/give-back.fixture.ts';
import { aPolicy } from '../policy.fixture.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import { type CheckChange, listProblemCodes } from './check.fixture.ts';

const ana = (stage: Stage) => aStagedFile('ana@contoso.com', stage);
const history = [ana('notify'), ana('review'), ana('disable')];
const restored: AccountFile = {
  ...ana('disable'),
  ...{
    stage: 'restore',
    reason: 'Back',
    desired: buildDesiredState('restore', ana('disable').restore, ana('disable').savings),
  },
};
const file = aGiveBack(ana('disable'));

interface Change {
  /** Of give-back/ on main, and in the pull request: path → text. */
  onMain?: Record<string, string>;
  head?: Record<string, string>;
  account?: AccountFile | null;
  main?: readonly (AccountFile | null)[];
  more?: CheckChange;
}

function codes({ onMain = {}, head = {}, account = ana('disable'), main = history, more = {} }: Change): string[] {
  const texts = new Map(Object.entries(head));
  const known = new Set(['stacks/contoso/accounts/ana.yaml', ...Object.keys(onMain)]);
  const giveBackVersions = Object.entries(onMain).map(([path, text]) => ({ path, text, at: 3 }));
  const base = { giveBacks: new Map(Object.entries(onMain)), giveBackVersions, knownPaths: known };
  return listProblemCodes(
    { main, head: account },
    { giveBacks: parseGiveBacks(texts), giveBackTexts: texts, ...more, main: { ...base, ...more.main } },
  );
}

test('a file of give-back/ for somebody who is disabled may be merged', () => {
  expect(codes({ head: { [file.path]: file.text } })).toEqual([]);
});

test.each<[string, Change, string]>([
  ['of somebody who is only warned', { main: [ana('notify')], account: ana('notify') }, 'nothing-given-back'],
  ['of somebody who is being given back', { main: [...history, restored], account: restored }, 'nothing-given-back'],
  ['of nobody that main ever knew', { main: [], account: null }, 'nothing-given-back'],
])('a new file %s is refused', (_, change, code) => {
  expect(codes({ head: { [file.path]: file.text }, ...change })).toEqual([code]);
});

test('who approves sees the names of whom the id is', () => {
  const { userPrincipalName } = aStagedFile('mallory@contoso.com', 'notify').account;
  const other = file.text.replace('ana@contoso.com\n', `${userPrincipalName}\n`);
  expect(codes({ head: { [file.path]: other } })).toEqual(['give-back-names']);
});

test('it is never edited, and never taken away while it gives back', () => {
  const onMain = { [file.path]: file.text };
  expect(codes({ onMain, head: { [file.path]: `${file.text}# x\n` } })).toEqual(['give-back-edited']);
  expect(codes({ onMain })).toEqual(['give-back-taken-out']);
  expect(codes({ onMain, account: null })).toEqual(['file-taken-out', 'give-back-taken-out']);
  expect(codes({ onMain, account: restored })).toEqual([]);
});

test('one that has no effect may go, and a branch from before it has taken nothing away', () => {
  const onMain = { [file.path]: file.text };
  expect(codes({ onMain, main: [...history, restored], account: restored })).toEqual([]);
  expect(codes({ onMain, more: { main: { knownPaths: new Set() } } })).toEqual([]);
});

test('it outranks the stage of the account’s file, whatever a proposal makes of that', () => {
  const onMain = { [file.path]: file.text };
  expect(codes({ onMain, head: onMain, account: ana('delicense') })).toEqual([]);
});

test('more than a day allows need the owners of the account files', () => {
  const policy = aPolicy({ restore: { perDay: 0 } });
  expect(codes({ head: { [file.path]: file.text }, more: { policy } })).toContain('give-back-over-limit');
});

test('what cannot be read, and a day to come, are told with their place', () => {
  expect(codes({ head: { [file.path]: 'reason: x\n' } })).toContain('schema');
  const later = aGiveBack(ana('disable'), { askedOn: addDays(today, 2) });
  expect(codes({ head: { [later.path]: later.text } })).toEqual(['future-evidence']);
  expect(codes({ more: { giveBacks: noGiveBacks } })).toEqual([]);
});
