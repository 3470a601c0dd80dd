import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ARepository, appIdentity, aRepository } from '@dormant-m365/emulator/github';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { accountText, aProposal, branch, pathOf, stack, type WantedFiles } from '../audit/proposal/proposal.fixture.ts';
import { writeProposal } from '../audit/proposal/proposal-file.ts';
import { proposeOnGitHub, proposeWithGit } from '../audit/proposal/propose.ts';
import { createGit } from '../forge/git/git.ts';
import { aGitHub } from '../forge/github/git-hub.fixture.ts';
import { killProcessTree } from './kill-process-tree.ts';

// A kill comes before a step is done or after it: before the nth is after the one before.

const main = {
  'exemptions.yaml': 'exemptions: []\n',
  [pathOf('mia')]: accountText('mia', 'review'),
};
const first: WantedFiles = { [pathOf('ana')]: accountText('ana'), [pathOf('bo')]: accountText('bo') };
const kept = accountText('ana', 'keep');
const second: WantedFiles = {
  ...{ [pathOf('ana')]: kept, [pathOf('cal')]: accountText('cal') },
  [pathOf('mia')]: accountText('mia', 'disable'),
};

test('a proposal by git that is killed before any of its calls of git is finished by the next', async () => {
  const clean = await aWeek(await aGitRepository());
  const calls = await clean.run({});
  const wanted = await clean.readBranch();
  expect(wanted).toEqual({ ana: kept, bo: null, cal: second[pathOf('cal')], mia: second[pathOf('mia')] });
  expect(calls).toBeGreaterThan(8);
  for (let step = 1; step <= calls; step += 1) {
    const week = await aWeek(await aGitRepository());
    await week.run({ KILL_AT: String(step) });
    await week.run({});
    expect({ step, ...(await week.readBranch()) }).toEqual({ step, ...wanted });
    expect(await week.readSubjects()).toEqual(await clean.readSubjects());
    expect(await week.git.run(['status', '--porcelain'])).toBe('');
  }
});

test('a proposal on GitHub that is killed before any of its requests is finished by the next, as one pull request', async () => {
  const clean = await aGitHubWeek();
  await clean.run({});
  const wanted = await clean.readBranch();
  const requests = clean.standIn.requests.length;
  expect(requests).toBeGreaterThan(5);
  for (let step = 1; step <= requests; step += 1) {
    const week = await aGitHubWeek();
    week.standIn.faults.add({ path: /./, times: 1, after: step - 1, fault: { kind: 'delay', milliseconds: 500 } });
    await week.killDuring(step);
    week.standIn.faults.clear();
    await week.run({});
    expect({ step, ...(await week.readBranch()) }).toEqual({ step, ...wanted });
    const { issues } = week.standIn.state;
    const [{ title, body } = { title: '', body: '' }] = clean.standIn.state.issues;
    expect({ step, issues }).toMatchObject({ step, issues: [{ title, body, state: 'open' }] });
  }
});

async function aGitRepository() {
  const repository = await aRepository(main);
  onTestFinished(() => repository.remove());
  return repository;
}

/** A proposal with a reviewer's veto and an exemption on main since, and the next audit's proposal in the clone. */
async function aWeek(repository: ARepository, propose: Propose = proposeWithGit, env: NodeJS.ProcessEnv = {}) {
  const clone = await repository.clone();
  const git = createGit(clone);
  const author = { name: 'Dormant', email: 'dormant@contoso.com' };
  await propose(await aProposal(git, first), git, author);
  await repository.commit(branch, { [pathOf('ana')]: kept }, 'Keep Ana');
  await repository.commit('main', { 'exemptions.yaml': 'exemptions: [] # none yet\n' });
  await mkdir(join(clone, 'out', stack), { recursive: true });
  await writeFile(join(clone, '.git/info/exclude'), 'out/\n');
  await writeProposal(join(clone, 'out', stack, 'proposal.json'), await aProposal(git, second));
  const bin = await aCountingGit();
  const start = (more: NodeJS.ProcessEnv) =>
    execa(process.execPath, [dormant, 'propose', stack, '--repo', clone], {
      env: { ...noActions, ...env, ...more, PATH: `${bin}:${process.env.PATH}`, GIT_CALLS: join(bin, 'calls') },
      reject: false,
      all: true,
    });
  return {
    git,
    start,
    /** Returns how often git was called. */
    async run(more: NodeJS.ProcessEnv) {
      await rm(join(bin, 'calls'), { force: true });
      const { exitCode, all } = await start(more);
      if (more.KILL_AT === undefined) expect({ exitCode, all }).toMatchObject({ exitCode: 0 });
      else expect({ step: more.KILL_AT, exitCode, all }).toMatchObject({ exitCode: undefined });
      return Number(await readFile(join(bin, 'calls'), 'utf8').catch(() => '0'));
    },
    async readBranch() {
      const names = ['ana', 'bo', 'cal', 'mia'];
      const texts = await Promise.all(names.map((name) => repository.read(branch, pathOf(name))));
      return Object.fromEntries(names.map((name, at) => [name, texts[at]]));
    },
    readSubjects: () => repository.listSubjects(branch),
  };
}

type Propose = (...args: Parameters<typeof proposeWithGit>) => Promise<unknown>;

const dormant = join(import.meta.dirname, '../cli/dormant.ts');
const noActions = { GITHUB_ACTIONS: undefined, GITHUB_TOKEN: undefined, GITHUB_REPOSITORY: undefined };

/** A folder for PATH: its git counts its calls, and kills who calls it the nth time. */
async function aCountingGit(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'git-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { stdout: real } = await execa('which', ['git']);
  const script = `#!/bin/sh
calls=$(($(cat "$GIT_CALLS" 2>/dev/null || echo 0) + 1))
echo "$calls" > "$GIT_CALLS"
if [ "$calls" = "$KILL_AT" ]; then kill -9 $PPID; exit 1; fi
exec ${real} "$@"
`;
  await writeFile(join(folder, 'git'), script);
  await chmod(join(folder, 'git'), 0o755);
  return folder;
}

async function aGitHubWeek() {
  const { repository, standIn, connect } = await aGitHub({ files: main });
  const env = { GITHUB_TOKEN: appIdentity.token, GITHUB_REPOSITORY: 'contoso/dormant', GITHUB_API_URL: standIn.url };
  const week = await aWeek(repository, (proposal, git) => proposeOnGitHub(proposal, git, connect()), env);
  standIn.requests.length = 0;
  return {
    ...week,
    standIn,
    /** Kills the run while its nth request is under way, which arrives nevertheless. */
    async killDuring(nth: number) {
      const running = week.start({});
      const ended = running.then(() => true);
      while (standIn.requests.length < nth && !(await Promise.race([ended, pause(5, false)])));
      await killProcessTree(running.pid);
      await ended;
      while (standIn.requests.some(({ status }) => status === 0)) await pause(5);
    },
  };
}
