import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { anAccountFile } from '../../policy/account-file.fixture.ts';
import { serialiseAccountFile } from '../../policy/files/account-file.ts';
import type { AccountFile, Stage } from '../../policy/schemas/account.ts';
import { readCommittedFile, readProposedFiles, readStackOnMain, readStackWithArchive } from './tracked-files.ts';

const dated = { stack: 'contoso', today: '2026-12-31' };
const path = (name: string) => `stacks/contoso/accounts/${name}.yaml`;

/** A repository in which every commit is made on a given day. */
async function aRepository() {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-repository-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const git = (args: readonly string[], day = '2026-11-01') => {
    const date = `${day}T09:00:00Z`;
    const identity = {
      GIT_AUTHOR_NAME: 'A',
      GIT_AUTHOR_EMAIL: 'a@x',
      GIT_COMMITTER_NAME: 'A',
      GIT_COMMITTER_EMAIL: 'a@x',
    };
    const env = {
      ...identity,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
      GIT_CONFIG_GLOBAL: '/dev/null',
    };
    return execa('git', ['-C', folder, ...args], { env });
  };
  await git(['init', '-q', '-b', 'main']);
  const commit = async (day: string, files: Record<string, string | null>) => {
    for (const [name, text] of Object.entries(files)) {
      const at = join(folder, name);
      await mkdir(dirname(at), { recursive: true });
      if (text === null) await rm(at);
      else await writeFile(at, text);
    }
    await git(['add', '-A'], day);
    await git(['commit', '-qm', 'x', '--allow-empty'], day);
  };
  return { folder, git, commit };
}

function aFile(stage: Stage, more: Partial<AccountFile> = {}): string {
  const account = { userPrincipalName: 'ana@contoso.com', displayName: 'Ana' };
  return serialiseAccountFile({ ...anAccountFile(stage, { account }), ...more });
}

/** The same values as a flow map; its reason holds a quoted line break, and then this text. */
function toFlow(text: string, line: string): string {
  const value: unknown = parse(text);
  const json = JSON.stringify({ reason: 'seen', ...Object(value) });
  return json.replace('"seen"', `"seen\n${line.replaceAll('"', '')}"`);
}

const sinceOf = async (folder: string) =>
  (await readStackOnMain(folder, 'main', dated)).inForce.map(({ path: at, since }) => [at, since]);

test('time in a stage counts from the merge, not from the proposal', async () => {
  const { folder, git, commit } = await aRepository();
  await commit('2026-11-01', { 'README.md': 'x' });
  await git(['checkout', '-qb', 'proposal']);
  await commit('2026-11-02', { [path('ana')]: aFile('notify') });
  await git(['checkout', '-q', 'main']);
  await commit('2026-11-05', { 'README.md': 'y' });
  await git(['merge', '-q', '--no-ff', '-m', 'merge', 'proposal'], '2026-11-09');
  expect(await sinceOf(folder)).toEqual([[path('ana'), '2026-11-09']]);
});

test('an edit within a stage does not restart its time, a new stage does', async () => {
  const { folder, commit } = await aRepository();
  await commit('2026-11-01', { [path('ana')]: aFile('notify') });
  await commit('2026-11-08', { [path('ana')]: aFile('review') });
  await commit('2026-11-10', { [path('ana')]: `${aFile('review')}# a note\n` });
  await commit('2026-11-11', { [path('ana')]: aFile('review', { reason: 'seen' }) });
  expect(await sinceOf(folder)).toEqual([[path('ana'), '2026-11-08']]);
  await commit('2026-11-15', { [path('ana')]: aFile('disable') });
  expect(await sinceOf(folder)).toEqual([[path('ana'), '2026-11-15']]);
});

test('a stage that is entered again counts from the second time', async () => {
  const { folder, commit } = await aRepository();
  await commit('2026-11-01', { [path('ana')]: aFile('notify') });
  await commit('2026-11-08', { [path('ana')]: aFile('keep', { reason: 'on leave' }) });
  await commit('2026-11-15', { [path('ana')]: aFile('notify') });
  expect(await sinceOf(folder)).toEqual([[path('ana'), '2026-11-15']]);
});

test('a stage in a flow map with a quoted line break is what YAML reads, not what a line looks like', async () => {
  const { folder, commit } = await aRepository();
  await commit('2026-11-01', { [path('ana')]: aFile('notify') });
  // Read line by line this is in review since the first day: both weeks would be skipped.
  const hidden = toFlow(aFile('notify'), '"stage: review"');
  await commit('2026-11-02', { [path('ana')]: hidden });
  await commit('2026-11-15', { [path('ana')]: aFile('review') });
  expect(await sinceOf(folder)).toEqual([[path('ana'), '2026-11-15']]);
});

test('main’s line has every version of accounts and archive, and of nothing below them', async () => {
  const { folder, commit } = await aRepository();
  const archived = 'stacks/contoso/archive/ana.yaml';
  await commit('2026-11-01', { [path('ana')]: aFile('notify'), [path('old/ana')]: aFile('disable') });
  await commit('2026-11-02', { [path('ana')]: null, [archived]: aFile('notify') });
  const { line } = await readStackOnMain(folder, 'main', dated);
  expect(line.versions.map(({ path: at, text, at: place }) => [place, at, text !== null])).toEqual([
    [0, path('ana'), true],
    [1, archived, true],
    [1, path('ana'), false],
  ]);
});

test('a file that was gone and came back counts from its return', async () => {
  const { folder, commit } = await aRepository();
  await commit('2026-11-01', { [path('ana')]: aFile('notify') });
  await commit('2026-11-03', { [path('ana')]: null });
  await commit('2026-11-08', { [path('ana')]: aFile('notify') });
  expect(await sinceOf(folder)).toEqual([[path('ana'), '2026-11-08']]);
});

test('names with blanks, quotes and foreign letters are read like any other', async () => {
  const { folder, commit } = await aRepository();
  await commit('2026-11-01', { [path("ä o'neill -x")]: aFile('notify') });
  expect(await sinceOf(folder)).toEqual([[path("ä o'neill -x"), '2026-11-01']]);
});

test('a stack without account files has none in force', async () => {
  const { folder, commit } = await aRepository();
  await commit('2026-11-01', { 'README.md': 'x' });
  expect(await readStackWithArchive(folder, 'main', dated)).toMatchObject({
    inForce: [],
    archived: [],
    line: { versions: [] },
    past: { days: [], notifiedOn: new Map() },
  });
});

test('a shallow clone is refused with the way to deepen it', async () => {
  const { folder, commit } = await aRepository();
  await commit('2026-11-01', { [path('ana')]: aFile('notify') });
  await commit('2026-11-02', { 'README.md': 'x' });
  const shallow = await mkdtemp(join(tmpdir(), 'dormant-shallow-'));
  onTestFinished(() => rm(shallow, { recursive: true, force: true }));
  await execa('git', ['clone', '-q', '--depth', '1', `file://${folder}`, shallow]);
  const reading = readStackOnMain(shallow, 'main', dated);
  await expect(reading).rejects.toMatchObject({ code: 'shallow-clone' });
  await expect(reading).rejects.toHaveProperty('remedy', expect.stringContaining('--unshallow'));
});

test('the problems of all files are told at once, each with its place', async () => {
  const { folder, commit } = await aRepository();
  await commit('2026-11-01', {
    [path('ana')]: aFile('notify').replace('stage: notify', 'stage: nothing'),
    [path('bo')]: '{',
    [path('cy')]: aFile('notify'),
  });
  const problems = await readStackOnMain(folder, 'main', dated).catch((error) => error.problems);
  const places = problems.map(({ path: at }: { path: string }) => at);
  expect(new Set(places)).toEqual(new Set([path('ana'), path('bo')]));
});

test('hundreds of files are read by a handful of git processes', async () => {
  const { folder, commit } = await aRepository();
  const names = Array.from({ length: 300 }, (_, at) => `person${at}`);
  await commit('2026-11-01', Object.fromEntries(names.map((name) => [path(name), aFile('notify')])));
  await commit('2026-11-08', Object.fromEntries(names.slice(0, 100).map((name) => [path(name), aFile('review')])));
  const { inForce: files } = await readStackOnMain(folder, 'main', dated);
  const days = files.map(({ since }) => since);
  expect(days.filter((day) => day === '2026-11-01')).toHaveLength(200);
  expect(days.filter((day) => day === '2026-11-08')).toHaveLength(100);
}, 30_000);

const daysOf = async (folder: string) => (await readStackWithArchive(folder, 'main', dated)).past.days;

/** A proposal of two commits; main has moved on meanwhile. */
async function aProposalToMerge() {
  const { folder, git, commit } = await aRepository();
  await commit('2026-11-01', { 'README.md': 'x' });
  await git(['checkout', '-qb', 'proposal']);
  await commit('2026-11-02', { [path('ana')]: aFile('notify') });
  await commit('2026-11-03', { [path('bo')]: aFile('review') });
  await git(['checkout', '-q', 'main']);
  await commit('2026-11-05', { 'README.md': 'y' });
  return { folder, git };
}

test.each([
  ['merge commit', [['merge', '-q', '--no-ff', '-m', 'merge', 'proposal']]],
  [
    'squash',
    [
      ['merge', '-q', '--squash', 'proposal'],
      ['commit', '-qm', 'all of it'],
    ],
  ],
  [
    'rebase',
    [
      ['checkout', '-q', 'proposal'],
      ['rebase', '-q', 'main'],
      ['checkout', '-q', 'main'],
      ['merge', '-q', '--ff-only', 'proposal'],
    ],
  ],
])('the past is the same whichever way a proposal is merged: by %s', async (_way, commands) => {
  const { folder, git } = await aProposalToMerge();
  for (const command of commands) await git(command, '2026-11-09');
  expect(await daysOf(folder)).toMatchObject([
    {
      day: '2026-11-09',
      byStage: { notify: 1, review: 1, disable: 0 },
      reclaimed: { accounts: 0, monthly: 0 },
    },
  ]);
});

test('what was reclaimed stays so when the account is archived, and no longer when it is given back', async () => {
  const { folder, commit } = await aRepository();
  const savings = (monthly: number) => ({ savings: { monthly, currency: 'USD', heldBack: [] } });
  await commit('2026-11-01', {
    [path('ana')]: aFile('disable', savings(36)),
    [path('bo')]: aFile('disable', savings(7.5)),
  });
  await commit('2026-11-08', {
    [path('ana')]: aFile('delicense', savings(36)),
    [path('bo')]: aFile('delicense', savings(7.5)),
  });
  await commit('2026-11-15', { [path('ana')]: null });
  await commit('2026-11-22', { [path('bo')]: aFile('restore', { ...savings(7.5), reason: 'missed' }) });
  const past = await daysOf(folder);
  expect(past.map(({ day, reclaimed }) => [day, reclaimed.accounts, reclaimed.monthly])).toEqual([
    ['2026-11-01', 0, 0],
    ['2026-11-08', 2, 43.5],
    ['2026-11-15', 2, 43.5],
    ['2026-11-22', 1, 36],
  ]);
  expect(past.at(-1)?.byStage).toMatchObject({ delicense: 0, restore: 1 });
});

test('a commit whose clock was behind does not turn the past around', async () => {
  const { folder, commit } = await aRepository();
  await commit('2026-11-08', { [path('ana')]: aFile('notify') });
  await commit('2026-11-02', { [path('ana')]: aFile('review') });
  expect(await daysOf(folder)).toMatchObject([{ day: '2026-11-08', byStage: { notify: 0, review: 1 } }]);
});

test('a manager was told on the day that notify reached main, also once the account has moved on', async () => {
  const { folder, commit } = await aRepository();
  await commit('2026-11-01', { [path('ana')]: aFile('notify'), [path('bo')]: aFile('notify') });
  await commit('2026-11-03', { [path('ana')]: `${aFile('notify')}# a note\n`, [path('bo')]: null });
  await commit('2026-11-08', { [path('ana')]: aFile('review'), [path('cy')]: aFile('disable') });
  const { notifiedOn } = (await readStackWithArchive(folder, 'main', dated)).past;
  expect([...notifiedOn]).toEqual([[path('ana'), '2026-11-01']]);
});

async function anOpenProposal() {
  const { folder, git, commit } = await aRepository();
  await commit('2026-11-01', { [path('ana')]: aFile('notify'), [path('bo')]: aFile('notify') });
  await git(['checkout', '-qb', 'work']);
  const propose = () => git(['update-ref', 'refs/remotes/origin/dormant/contoso', 'work']);
  return { folder, git, commit, propose };
}

const proposal = { remote: 'origin', branch: 'dormant/contoso' };

test('a repository without a proposal has nothing proposed', async () => {
  const { folder } = await anOpenProposal();
  expect(await readProposedFiles(folder, 'main', 'contoso', proposal)).toEqual([]);
});

test('what a person commits on the branch is theirs: an edit, a new file, a removal', async () => {
  const { folder, commit, propose } = await anOpenProposal();
  await commit('2026-11-02', {
    [path('ana')]: aFile('keep', { reason: 'on leave' }),
    [path('bo')]: null,
    [path('cy')]: '{',
    'README.md': 'x',
  });
  await propose();
  const proposed = await readProposedFiles(folder, 'main', 'contoso', proposal);
  expect(
    proposed.map(({ path: at, file, text, touchedByPerson }) => [
      at,
      file?.stage ?? null,
      text === null,
      touchedByPerson,
    ]),
  ).toEqual([
    [path('ana'), 'keep', false, true],
    [path('bo'), null, true, true],
    [path('cy'), null, false, true],
  ]);
});

test('what only main changed since is not proposed by a branch that is behind', async () => {
  const { folder, git, commit, propose } = await anOpenProposal();
  await commit('2026-11-02', { [path('ana')]: aFile('review') });
  await propose();
  await git(['checkout', '-q', 'main']);
  await commit('2026-11-03', { [path('bo')]: aFile('review') });
  const proposed = await readProposedFiles(folder, 'main', 'contoso', proposal);
  expect(proposed.map(({ path: at }) => at)).toEqual([path('ana')]);
});

test('a file that a person touched and put back is theirs, too', async () => {
  const { folder, commit, propose } = await anOpenProposal();
  await commit('2026-11-02', { [path('ana')]: aFile('review') });
  await commit('2026-11-03', { [path('ana')]: aFile('notify') });
  await propose();
  const proposed = await readProposedFiles(folder, 'main', 'contoso', proposal);
  expect(proposed).toMatchObject([{ path: path('ana'), touchedByPerson: true, file: { stage: 'notify' } }]);
});

test('a file of archive/ is read from the branch only where a person touched it, as by putting it back', async () => {
  const { folder, commit, propose } = await anOpenProposal();
  const archived = 'stacks/contoso/archive/dee.yaml';
  await commit('2026-11-02', { [archived]: aFile('delicense') });
  await propose();
  expect(await readProposedFiles(folder, 'main', 'contoso', proposal)).toMatchObject([
    { path: archived, file: null, touchedByPerson: true },
  ]);
});

test('an exemption that a person wrote on the branch is read with the account files', async () => {
  const { folder, commit, propose } = await anOpenProposal();
  await commit('2026-11-02', { 'exemptions.yaml': 'exemptions: []\n' });
  await propose();
  expect(await readProposedFiles(folder, 'main', 'contoso', proposal)).toEqual([
    { path: 'exemptions.yaml', text: 'exemptions: []\n', file: null, touchedByPerson: true },
  ]);
});

test('the list for HR is read from main, and with a person’s edit from the branch', async () => {
  const at = 'stacks/contoso/escalations.yaml';
  const { folder, git, commit, propose } = await anOpenProposal();
  await commit('2026-11-02', { [at]: 'escalations: []\n' });
  await propose();
  expect(await readProposedFiles(folder, 'main', 'contoso', proposal)).toEqual([
    { path: at, text: 'escalations: []\n', file: null, touchedByPerson: true },
  ]);
  expect(await readCommittedFile(folder, 'main', at)).toBeNull();
  await git(['checkout', '-q', 'main']);
  await commit('2026-11-03', { [at]: 'escalations: [] # none\n' });
  expect(await readCommittedFile(folder, 'main', at)).toEqual({ text: 'escalations: [] # none\n' });
});
