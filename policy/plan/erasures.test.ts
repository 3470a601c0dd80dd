// Files of archive/ that a proposal erases: old enough, and of people to whom nothing is owed.
import { expect, test } from 'vitest';
import { anAccount, today } from '../account.fixture.ts';
import { addDays } from '../evidence.ts';
import {
  type ArchivedPerson,
  anAccountStillBlocked,
  anAccountThatIsBack,
  anArchive,
  anArchivePath,
  eraseAfterDays,
} from './archived-people.fixture.ts';
import { planMoves } from './plan.ts';

const gone = { kind: 'gone' } as const;

function plan(people: readonly ArchivedPerson[], change: Parameters<typeof anArchive>[1] = {}) {
  const { erasures, files, moves } = planMoves(anArchive(people, change).input);
  return {
    erased: erasures.erased.flatMap(({ paths }) => paths),
    kept: erasures.kept.map(({ paths: [path], because }) => [path, because]),
    files,
    moves,
  };
}

test('of an archive of several ages only those go whose days are over', () => {
  const ages = [1, eraseAfterDays - 1, eraseAfterDays, 2 * eraseAfterDays];
  const people = ages.map((days) => ({ name: `p${days}`, days, tenant: gone }));
  const { erased, files, moves } = plan(people);
  expect(erased).toEqual([`p${eraseAfterDays}`, `p${2 * eraseAfterDays}`].map(anArchivePath));
  expect([...files]).toEqual(erased.map((path) => [path, null]));
  expect(moves).toEqual([]);
});

test.each<[string, Partial<ArchivedPerson>, RegExp]>([
  ['is still blocked', { tenant: anAccountStillBlocked('ana') }, /without what was taken: sign-in allowed, SPE_E3/],
  ['was deleted a week ago', { tenant: { kind: 'deleted', on: addDays(today, -7) } }, /can be restored until/],
  ['could not be looked for', { tenant: { kind: 'unknown' } }, /could not be read/],
  ['was left out by the listing', { tenant: { kind: 'not-listed' } }, /the listing left it out/],
  ['nobody has looked for', {}, /could not be read/],
  ['the state still has', { tenant: gone, isInState: true }, /state of the apply/],
  ['is back, where the state could not be read', { tenant: anAccountThatIsBack('ana'), isInState: null }, /state/],
  ['a file of give-back/ gives back', { tenant: gone, giveBack: true }, /gives it back/],
  [
    'is back, where no audit has signed what they had',
    { tenant: anAccountThatIsBack('ana'), isSigned: false },
    /signed/,
  ],
])('somebody who %s stays, and the plan says why', (_, person, because) => {
  const { erased, kept } = plan([{ name: 'ana', days: 900, ...person }]);
  expect(erased).toEqual([]);
  expect(kept).toEqual([[anArchivePath('ana'), expect.stringMatching(because)]]);
});

test('somebody who has back what was taken is erased, and so is a file that nobody signed whose account is gone', () => {
  const people = [
    { name: 'ana', days: 900, tenant: anAccountThatIsBack('ana') },
    { name: 'bo', days: 900, tenant: gone, isSigned: false },
  ];
  expect(plan(people).erased).toEqual(['ana', 'bo'].map(anArchivePath));
});

test('an exemption keeps a file for as long as it is in force', () => {
  const entry = { account: 'ana@contoso.com', reason: 'a lawsuit', owner: 'Legal', until: addDays(today, 30) };
  const person = { name: 'ana', days: 900, tenant: gone };
  expect(plan([person], { exemptions: [entry] }).kept).toEqual([
    [anArchivePath('ana'), expect.stringMatching(/exempt until .*lawsuit \(Legal\)/)],
  ]);
});

test('a reviewer who puts the file back, or closes the pull request, keeps it for now', () => {
  const path = anArchivePath('ana');
  const person = { name: 'ana', days: 900, tenant: gone };
  const [tracked] = anArchive([person]).input.archived;
  const proposed = [{ path, text: tracked?.text ?? '', file: null, touchedByPerson: true }];
  expect(plan([person], { proposed })).toMatchObject({ erased: [], kept: [[path, /put it back/]] });
  const accountId = tracked?.file.account.id;
  const declined = accountId === undefined ? [] : [{ accountId, until: addDays(today, 10) }];
  expect(plan([person], { declined })).toMatchObject({ erased: [], kept: [[path, /was closed/]] });
});

test('without a key the audit erases nobody', () => {
  expect(plan([{ name: 'ana', days: 900, tenant: gone }], { signing: { signer: null } })).toMatchObject({
    erased: [],
    kept: [],
  });
});

test('an account that comes into the plan again is the plan’s, whatever its file in archive/ is due for', () => {
  const { licenses } = anAccountThatIsBack('ana');
  const silent = anAccount({ userPrincipalName: 'ana@contoso.com', licenses });
  const { erased, moves, files } = plan([{ name: 'ana', days: 900, tenant: silent }]);
  expect(moves).toMatchObject([{ to: 'notify', archivePaths: [anArchivePath('ana')] }]);
  expect(erased).toEqual([]);
  expect(files.get(anArchivePath('ana'))).toBeNull();
});
