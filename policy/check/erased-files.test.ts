// A file of archive/ goes as the audit proposes it, and by nobody's hand while its account could be given something back.
import { expect, test } from 'vitest';
import { today } from '../account.fixture.ts';
import { addDays } from '../evidence.ts';
import { aGiveBack } from '../give-back/give-back.fixture.ts';
import { type ArchivedPerson, anArchive, eraseAfterDays } from '../plan/archived-people.fixture.ts';
import { aPolicy } from '../policy.fixture.ts';
import { buildLineRules } from '../signing/line-rules.ts';
import { aHeadFile, type CheckChange, listProblemCodes } from './check.fixture.ts';

const old: ArchivedPerson = { name: 'ana', days: 2 * eraseAfterDays };

interface Removal extends CheckChange {
  person?: ArchivedPerson;
  isByPipeline?: boolean;
}

function codes({ person = old, isByPipeline = true, ...change }: Removal = {}): string[] {
  const { input, versions } = anArchive([person]);
  const [tracked] = input.archived;
  if (tracked === undefined) throw new Error('the archive is empty');
  const { path, text } = tracked;
  const commits = [0, 1].map((at) => ({ commit: `c${at}`, day: addDays(today, -person.days), isProposals: false }));
  const lineRules = buildLineRules({ commits, policies: [], tenants: [], holidays: [] }, today);
  return listProblemCodes(
    { head: null },
    {
      policy: aPolicy({ privacy: { eraseAfterDays } }),
      erasedByPipeline: new Set(isByPipeline ? [path] : []),
      ...change,
      main: { versions, lineRules, archive: new Map([[path, text]]), knownPaths: new Set([path]), ...change.main },
    },
  );
}

test('the proposal of an audit may take out a file whose days are over', () => {
  expect(codes()).toEqual([]);
});

test.each<[string, Removal]>([
  ['by a person', { isByPipeline: false }],
  ['before its days are over', { person: { ...old, days: eraseAfterDays - 1 } }],
  ['where the policy of the base branch erases nobody', { policy: aPolicy() }],
  ['while a file of give-back/ on main gives it back', { main: { giveBacks: giveBackOf() } }],
])('a file of archive/ is not taken out %s', (_, removal) => {
  expect(codes(removal)).toContain('archive-taken-out');
});

function giveBackOf(): Map<string, string> {
  const [tracked] = anArchive([old]).input.archived;
  if (tracked === undefined) throw new Error('the archive is empty');
  const { path, text } = aGiveBack(tracked.file);
  return new Map([[path, text]]);
}

test('a file by which nothing was taken may go by hand, and one that comes back into accounts/ is not erased', () => {
  expect(codes({ person: { ...old, isSigned: false }, isByPipeline: false })).toEqual([]);
  const [tracked] = anArchive([old]).input.archived;
  const back =
    tracked === undefined ? [] : [aHeadFile({ ...tracked.file, stage: 'restore', reason: 'Back from leave' })];
  expect(codes({ isByPipeline: false, head: back })).not.toContain('archive-taken-out');
});

test('a branch that is behind has taken nothing out', () => {
  expect(codes({ isByPipeline: false, main: { knownPaths: new Set() } })).toEqual([]);
});
