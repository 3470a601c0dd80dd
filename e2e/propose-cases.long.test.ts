// The table of docs/guides/review.md, "What the next audit makes of it": each row with what the next run does.
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ARepository, GitHubStandIn } from '@dormant-m365/emulator/github';
import { reviewerIdentity } from '@dormant-m365/emulator/github';
import { beforeEach, describe, expect, it } from 'vitest';
import { accountText, aProposal, branch, pathOf, type WantedFiles } from '../audit/proposal/proposal.fixture.ts';
import { proposeOnGitHub, proposeWithGit } from '../audit/proposal/propose.ts';
import { createGit, type Git } from '../forge/git/git.ts';
import { aGitHub } from '../forge/github/git-hub.fixture.ts';
import type { GitHub } from '../forge/github/github.ts';

let repository: ARepository;
let standIn: GitHubStandIn;
let git: Git;
let github: GitHub;
let person: GitHub;
let theirs: Git;

const author = { name: 'Dormant', email: 'dormant@contoso.com' };
const ana = pathOf('ana');
const two: WantedFiles = { [ana]: accountText('ana'), [pathOf('bo')]: accountText('bo') };
const next: WantedFiles = { [pathOf('cy')]: accountText('cy') };

beforeEach(async () => {
  const found = await aGitHub();
  ({ repository, standIn } = found);
  github = found.connect();
  person = found.connect(reviewerIdentity);
  git = createGit(await repository.clone());
  theirs = createGit(await repository.clone());
});

const propose = async (wanted: WantedFiles) => proposeOnGitHub(await aProposal(git, wanted), git, github);
const push = async (wanted: WantedFiles) => proposeWithGit(await aProposal(git, wanted), git, author);
const pulls = () => standIn.state.issues.map(({ number, state, pull }) => [number, pull?.headRef, state]);

describe('the pull request', () => {
  it('closed unmerged: nothing of it comes again by itself, and a new one has only what is new', async () => {
    await propose(two);
    const closed = { pull_number: 1, state: 'closed' } as const;
    await person.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', closed);
    expect(await propose(next)).toMatchObject([{ kind: 'opened', pull: { number: 2 }, changedFiles: 1 }]);
    expect(await repository.read(branch, ana)).toBeNull();
  });

  it('in a merge queue is left as it is, and that is said', async () => {
    await propose(two);
    const head = await repository.findHead(branch);
    await repository.commit('gh-readonly-queue/main/pr-1-0123abc', {}, 'Merge group');
    const writes = standIn.listWrites().length;
    const [outcome] = await propose({ ...two, ...next });
    expect(outcome).toMatchObject({ kind: 'queued', pull: { number: 1 }, commits: 0 });
    expect(outcome?.notes.join()).toContain('merge queue');
    expect(await repository.findHead(branch)).toBe(head);
    expect(
      standIn
        .listWrites()
        .slice(writes)
        .filter(({ path }) => path !== '/graphql'),
    ).toEqual([]);
    await theirs.run(['push', '--quiet', 'origin', ':refs/heads/gh-readonly-queue/main/pr-1-0123abc']);
    expect(await propose({ ...two, ...next })).toMatchObject([{ kind: 'updated', changedFiles: 3 }]);
  });
});

describe('the branch', () => {
  it('deleted with its open pull request: GitHub closes that, and a new one is opened', async () => {
    await propose(two);
    await theirs.run(['push', '--quiet', 'origin', `:refs/heads/${branch}`]);
    expect(await propose(next)).toMatchObject([{ kind: 'opened', changedFiles: 1 }]);
    expect(pulls()).toEqual([
      [1, branch, 'closed'],
      [2, branch, 'open'],
    ]);
  });

  it('deleted without a pull request is made anew', async () => {
    await push(two);
    await theirs.run(['push', '--quiet', 'origin', `:refs/heads/${branch}`]);
    expect(await push(two)).toMatchObject([{ kind: 'updated', changedFiles: 2 }]);
  });

  it('renamed: the new name is its owner’s, and a new branch and pull request are made', async () => {
    await propose(two);
    const head = (await repository.findHead(branch)) ?? '';
    await theirs.run(['fetch', '--quiet', 'origin']);
    await theirs.run(['push', '--quiet', 'origin', `${head}:refs/heads/mine`, `:refs/heads/${branch}`]);
    expect(await propose({ ...two, ...next })).toMatchObject([{ kind: 'opened', changedFiles: 3 }]);
    expect(await repository.findHead('mine')).toBe(head);
  });

  it.each(['GitHub', 'plain git'])(
    'pushed to by force, on %s: what is there now counts, and nothing is forced back',
    async (forge) => {
      const run = forge === 'GitHub' ? propose : push;
      await run(two);
      const keep = accountText('ana', 'keep');
      const forced = await repository.commit('forced', { [ana]: keep }, 'Only this');
      await theirs.run(['fetch', '--quiet', 'origin']);
      await theirs.run([
        'push',
        '--quiet',
        '--force',
        'origin',
        `${forced}:refs/heads/${branch}`,
        ':refs/heads/forced',
      ]);
      expect(await run({ ...two, [ana]: keep })).toMatchObject([{ kind: 'updated', changedFiles: 2 }]);
      expect(await repository.read(branch, ana)).toBe(keep);
      expect(await repository.read(branch, pathOf('bo'))).toBe(two[pathOf('bo')]);
      await git.run(['fetch', '--quiet', 'origin']);
      expect(await git.runOrNull(['merge-base', '--is-ancestor', forced, `origin/${branch}`])).not.toBeNull();
    },
  );

  it('pushed to by two audits at once has every file once', async () => {
    const clones = await Promise.all([repository.clone(), repository.clone()]);
    const runs = clones.map(async (folder) => {
      const own = createGit(folder);
      return proposeWithGit(await aProposal(own, two), own, author);
    });
    for (const outcomes of await Promise.all(runs)) expect(outcomes).toMatchObject([{ changedFiles: 2 }]);
    for (const [path, text] of Object.entries(two)) expect(await repository.read(branch, path)).toBe(text);
  });
});

describe('proposal.groupBy was changed', () => {
  const sales = 'dormant/contoso/sales';
  const bySales = async (wanted: WantedFiles) => {
    const { groups, ...proposal } = await aProposal(git, wanted);
    return { ...proposal, groups: groups.map((group) => ({ ...group, branch: sales })) };
  };
  const proposeSales = async (wanted: WantedFiles) => proposeOnGitHub(await bySales(wanted), git, github);
  const merge = (method: 'merge' | 'squash') =>
    person.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { pull_number: 1, merge_method: method });
  const findHeads = () => Promise.all([branch, sales].map((name) => repository.findHead(name)));

  it.each(['merge', 'squash'] as const)(
    'after a %s the old branch is deleted, and again the other way round',
    async (how) => {
      await propose(two);
      await repository.commit(branch, { [ana]: accountText('ana', 'keep') }, 'Keep Ana');
      await merge(how);
      expect(await proposeSales(next)).toMatchObject([{ kind: 'opened', pull: { number: 2 } }]);
      expect(await findHeads()).toEqual([null, expect.any(String)]);
      expect(await propose(next)).toMatchObject([
        { branch: sales, kind: 'withdrawn' },
        { branch, kind: 'opened' },
      ]);
      expect(await findHeads()).toEqual([expect.any(String), null]);
    },
  );

  it('with a proposal open that nobody edited it is withdrawn, and its branch deleted', async () => {
    await propose(two);
    expect(await proposeSales(two)).toMatchObject([{ kind: 'withdrawn' }, { kind: 'opened', changedFiles: 2 }]);
    await propose(two);
    await push(two);
    const outcomes = await proposeWithGit(await bySales(two), git, author);
    expect(outcomes.at(-1)).toMatchObject({ branch: sales, kind: 'updated', changedFiles: 2 });
  });

  it.each(['open', 'closed'] as const)(
    'what a person wrote on the old branch stays while it is %s, and that is said',
    async (state) => {
      await propose(two);
      await repository.commit(branch, { [ana]: accountText('ana', 'keep') }, 'Keep Ana');
      const head = await repository.findHead(branch);
      await person.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: 1, state });
      await expect(proposeSales({ [ana]: accountText('ana', 'keep') })).rejects.toMatchObject({
        code: 'branch-in-the-way',
      });
      expect(await repository.read(branch, ana)).toBe(accountText('ana', 'keep'));
      if (state === 'closed') expect(await repository.findHead(branch)).toBe(head);
    },
  );
});

describe('a rule of the forge', () => {
  it('that refuses the push is shown in its own words', async () => {
    const hook = join(repository.bare, 'hooks', 'pre-receive');
    await writeFile(hook, '#!/bin/sh\necho "No pushes on Fridays: ask Lee." >&2\nexit 1\n');
    await chmod(hook, 0o755);
    await expect(push(two)).rejects.toMatchObject({
      code: 'push-refused',
      message: expect.stringContaining('No pushes on Fridays: ask Lee.'),
    });
  });

  // Words of rulesets and of protected branches, as dependabot-core knows them.
  const rules = [
    'Repository rule violations found\n\nCannot update this protected ref.',
    'Changes must be made through a pull request.',
    'Required status check "build" is expected.',
    'You’re not authorized to push to this branch.',
  ];

  it.each([
    ['create', 422],
    ['update', 422],
    ['merge main into', 422],
    ['merge main into', 409],
  ] as const)(
    'that refuses to %s the branch on GitHub (%i) is shown in its own words',
    async (step, mergesRefusedBy) => {
      if (step !== 'create') await propose(two);
      if (step === 'merge main into') await repository.commit('main', { 'policy/policy.yaml': 'x: 1\n' });
      for (const ruleMessage of rules) {
        Object.assign(standIn.state.settings, { refusedBranches: /^dormant\//, ruleMessage, mergesRefusedBy });
        const refused = { code: 'push-refused', message: expect.stringContaining(ruleMessage) };
        await expect(propose({ ...two, ...next })).rejects.toMatchObject(refused);
      }
    },
  );
});
