import { afterEach, expect, it } from 'vitest';
import { aPerson, type Person } from '../../audit/report/person.fixture.ts';
import { type AStack, aStack } from '../../cli/accounts/stack.fixture.ts';
import { aLicense } from '../account.fixture.ts';
import { parseAccountFile } from '../files/account-file.ts';
import { computeEffectiveDesired } from '../files/stage.ts';
import { parseServicePlans } from '../licenses/service-plans.ts';
import type { Stage } from '../schemas/account.ts';
import { findReleases, type ReleaseQuery } from './find-releases.ts';
import { markReleased } from './mark-released.ts';

const today = '2026-12-07';
const word = { reason: 'the files are in the team’s folder', by: 'Lee Park', on: today };
let stack: AStack;

afterEach(() => stack.remove());

/** Each holds SPE_E3 (USD 36 a month) and a OneDrive of so many gigabytes. */
function holding(userPrincipalName: string, gigabytes: number, change: Partial<Person['evidence']> = {}) {
  return aPerson({
    userPrincipalName,
    displayName: userPrincipalName.split('@')[0] ?? '',
    oneDrive: { kind: 'seen', storageUsedBytes: gigabytes * 1024 ** 3, files: 812, lastUsedOn: '2026-06-30' },
    licenses: [aLicense('SPE_E3'), aLicense('POWER_BI_PRO', { carries: parseServicePlans([]) })],
    ...change,
  });
}

const cy = {
  id: 'c1',
  displayName: 'Cy Dent',
  mail: 'cy.dent@contoso.com',
  userPrincipalName: 'cy.dent@contoso.com',
};

const people = [
  holding('ana@contoso.com', 3.1),
  holding('bo@contoso.com', 0.2),
  holding('dee@contoso.com', 40, { department: 'Legal', manager: cy }),
  aPerson({ userPrincipalName: 'eve@contoso.com', displayName: 'eve' }),
];

async function releases(query: Partial<ReleaseQuery> = {}, at: Stage = 'disable', of: readonly Person[] = people) {
  stack = await aStack(of);
  await stack.allAt(at);
  return findReleases(await stack.files(), { names: [], ...query }, today);
}

const whom = ({ releases: found }: Awaited<ReturnType<typeof releases>>) =>
  found.map(({ file }) => file.value.account.userPrincipalName);

it('without a name, everybody of whom something is held back for the OneDrive, with size, days and money', async () => {
  const found = await releases();
  expect(whom(found)).toEqual(['ana@contoso.com', 'dee@contoso.com']);
  expect(found.releases[0]).toMatchObject({
    gigabytes: 3.1,
    files: 812,
    lastUse: '2026-06-30',
    byDefault: { readOnlyFrom: '2027-02-12' },
    monthly: 36,
  });
});

it.each<[string, Partial<ReleaseQuery>, string[]]>([
  ['a department, in whatever case', { department: 'legal' }, ['dee@contoso.com']],
  ['a manager by name', { manager: 'Cy Dent' }, ['dee@contoso.com']],
  ['a manager by mail', { manager: 'LEE.PARK@contoso.com' }, ['ana@contoso.com']],
  ['both', { department: 'Sales', manager: 'lee park' }, ['ana@contoso.com']],
  [
    'names, of whom nothing has to be held back',
    { names: ['bo@contoso.com', 'ANA@contoso.com'] },
    ['ana@contoso.com', 'bo@contoso.com'],
  ],
])('%s', async (_, query, names) => {
  expect(whom(await releases(query))).toEqual(names);
});

it.each<[string, Partial<ReleaseQuery>, string, string]>([
  ['a department that is not there', { department: 'Sails' }, 'no-such-department', 'Did you mean Sales?'],
  ['a manager who is not there', { manager: 'Cy Dend' }, 'no-such-manager', 'Did you mean Cy Dent?'],
  ['a name of nobody', { names: ['zoe@contoso.com'] }, 'no-such-account', 'Name it by'],
  ['somebody without a OneDrive', { names: ['eve@contoso.com'] }, 'nothing-to-release', 'look at'],
  ['names and a department', { names: ['ana@contoso.com'], department: 'Sales' }, 'release-whom', 'one of the two'],
  ['a department where nobody waits', { department: 'Sales', manager: 'Cy Dent' }, 'nothing-to-release', ''],
])('%s is an error with a way out', async (_, query, code, remedy) => {
  await expect(releases(query)).rejects.toMatchObject({
    code,
    exitCode: 2,
    remedy: expect.stringContaining(remedy),
  });
});

it.each<[Partial<ReleaseQuery>, string]>([
  [{ department: ' ' }, 'no-such-department'],
  [{ manager: '' }, 'no-such-manager'],
])('an empty name is not that of people who have none: %j', async (query, code) => {
  const bare = [...people, holding('flo@contoso.com', 9, { department: null, manager: null })];
  await expect(releases(query, 'disable', bare)).rejects.toMatchObject({ code, exitCode: 2 });
});

it('two managers of one name are told apart by their mail', async () => {
  const other = { ...cy, id: 'c2', mail: 'cy.dent2@contoso.com' };
  const two = [...people, holding('flo@contoso.com', 9, { manager: other })];
  await expect(releases({ manager: 'Cy Dent' }, 'disable', two)).rejects.toMatchObject({
    code: 'no-such-manager',
    remedy: expect.stringContaining('cy.dent2@contoso.com or cy.dent@contoso.com'),
  });
});

it.each(['keep', 'restore'] as const)('at stage %s nothing of anybody’s files goes', async (stage) => {
  await expect(releases({}, stage)).rejects.toMatchObject({ code: 'nothing-to-release' });
  await stack.remove();
  await expect(releases({ names: ['ana@contoso.com'] }, stage)).rejects.toThrow(`is at stage ${stage}`);
});

it('anyone who is released already is not released again', async () => {
  const found = await releases();
  for (const { file } of found.releases) await stack.write(file.path, markReleased(file, word));
  const files = await stack.files();
  expect(() => findReleases(files, { names: [] }, today)).toThrow('No account of contoso waits');
  expect(() => findReleases(files, { names: ['ana@contoso.com'] }, today)).toThrow('is released already');
});

it('from delicense the days count from today, and no more go than one merge may take', async () => {
  const many = Array.from({ length: 5 }, (_, at) => holding(`p${at}@contoso.com`, 2 + at));
  stack = await aStack(many);
  await stack.allAt('delicense');
  const files = await stack.files();
  files.policy.value.limits.changesPerApply = 3;
  const found = findReleases(files, { names: [] }, '2027-03-01');
  expect(found.releases).toHaveLength(3);
  expect(found.later).toHaveLength(2);
  expect(found.releases[0]?.byDefault?.readOnlyFrom).toBe('2027-04-30');
});

it('the word stands beside why, who and when; comments and order stay, and what waited goes', async () => {
  const [release] = (await releases({ names: ['ana@contoso.com'] }, 'delicense')).releases;
  if (release === undefined) throw new Error('Ana is released');
  const { path } = release.file;
  await stack.write(path, release.file.text.replace('mailbox: shared', 'mailbox: shared # Lee has it'));
  const [file] = (await stack.files()).accounts;
  if (file === undefined) throw new Error('Ana has a file');
  expect(computeEffectiveDesired(file.value).licenses).toEqual(['SPE_E3']);
  const text = markReleased(file, word);
  expect(text).toContain('  mailbox: shared # Lee has it\n');
  expect(text).toContain('  oneDrive: release # the files are in the team’s folder (Lee Park, 2026-12-07)\n');
  expect(text.replace(/ {2}oneDrive: release.*\n/, '')).toBe(file.text);
  expect(computeEffectiveDesired(parseAccountFile(path, text)).licenses).toEqual([]);
});

it.each(['{ accountEnabled: false, mailbox: shared, licenses: [ SPE_E3 ] }'])(
  'however a person has written desired: %s',
  async (desired) => {
    const [release] = (await releases({ names: ['ana@contoso.com'] }, 'delicense')).releases;
    if (release === undefined) throw new Error('Ana is released');
    const { path, text } = release.file;
    await stack.write(path, text.replace(/desired:\n( {2}.*\n)+/, `desired: ${desired}\n`));
    const [file] = (await stack.files()).accounts;
    if (file === undefined) throw new Error('Ana has a file');
    expect(parseAccountFile(path, markReleased(file, word)).desired).toMatchObject({ oneDrive: 'release' });
    expect(markReleased(file, word)).toContain('the files are in the team’s folder (Lee Park, 2026-12-07)');
  },
);

it('a reason is one line, however it came', async () => {
  const [release] = (await releases({ names: ['ana@contoso.com'] })).releases;
  if (release === undefined) throw new Error('Ana is released');
  const text = markReleased(release.file, { ...word, reason: 'moved\nstage: restore\r\n# all' });
  expect(text).toContain('oneDrive: release # moved stage: restore # all (Lee Park, 2026-12-07)');
  expect(parseAccountFile(release.file.path, text).stage).toBe('disable');
  expect(() => markReleased(release.file, { ...word, reason: ' x ' })).toThrow('reason');
});
