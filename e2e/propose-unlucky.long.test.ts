// Who is declined, and who is not, where a proposal's branch was deleted, renamed or rewritten.
import { type ARepository, appIdentity, type GitHubStandIn, reviewerIdentity } from '@dormant-m365/emulator/github';
import { beforeEach, describe, expect, it } from 'vitest';
import { readDeclined } from '../audit/proposal/declined-accounts.ts';
import {
  accountId,
  accountText,
  aProposal,
  branch,
  pathOf,
  stack,
  type WantedFiles,
} from '../audit/proposal/proposal.fixture.ts';
import { proposeOnGitHub, proposeWithGit } from '../audit/proposal/propose.ts';
import { createGit, type Git } from '../forge/git/git.ts';
import { type AGitHub, aGitHub } from '../forge/github/git-hub.fixture.ts';

let repository: ARepository;
let standIn: GitHubStandIn;
let connect: AGitHub['connect'];
let git: Git;
/** A reviewer's own clone. */
let theirs: Git;

const author = { name: 'Dormant', email: 'dormant@contoso.com' };
const asAna = ['-c', 'user.name=Ana Lind', '-c', 'user.email=ana@contoso.com'];
const two: WantedFiles = { [pathOf('ana')]: accountText('ana'), [pathOf('bo')]: accountText('bo') };
const more: WantedFiles = { ...two, [pathOf('cy')]: accountText('cy') };

beforeEach(async () => {
  ({ repository, standIn, connect } = await aGitHub({ files: { 'exemptions.yaml': 'exemptions: []\n' } }));
  git = createGit(await repository.clone());
  theirs = createGit(await repository.clone());
});

const byGit = async (wanted: WantedFiles, clone = git) => proposeWithGit(await aProposal(clone, wanted), clone, author);
const byGitHub = async (wanted: WantedFiles, clone = git) =>
  proposeOnGitHub(await aProposal(clone, wanted), clone, connect(appIdentity));
const readDeclinedIds = async () => {
  const query = {
    stack,
    today: new Date().toISOString().slice(0, 10),
    retryAfterDays: 30,
    remote: 'origin',
    main: 'main',
  };
  return (await readDeclined(git, connect(appIdentity), query)).map((declined) => declined.accountId).sort();
};
const pull = (number = 1) => {
  const found = standIn.state.issues[number - 1];
  if (!found?.pull) throw new Error(`no pull request ${number}`);
  return { state: found.state, ...found.pull };
};
const checkOut = async () => {
  await theirs.run(['fetch', '--quiet', 'origin']);
  await theirs.run(['checkout', '--quiet', '-B', 'mine', `origin/${branch}`]);
};
const listChanged = async () => {
  await git.run(['fetch', '--quiet', '--prune', 'origin']);
  return (await git.run(['diff', '--name-only', `origin/main...origin/${branch}`])).split('\n').filter(Boolean).sort();
};

describe('the branch is deleted', () => {
  it('with a pull request open: GitHub closes it, and its accounts are declined as by closing it', async () => {
    await byGitHub(two);
    await theirs.run(['push', '--quiet', 'origin', `:refs/heads/${branch}`]);
    expect(await byGitHub({ [pathOf('cy')]: accountText('cy') })).toMatchObject([
      { kind: 'opened', pull: { number: 2 }, changedFiles: 1 },
    ]);
    expect(pull(1)).toMatchObject({ state: 'closed', merged_at: null });
    expect(await readDeclinedIds()).toEqual([accountId('ana'), accountId('bo')].sort());
    expect(await listChanged()).toEqual([pathOf('cy')]);
  });

  it('after the pull request was closed, as GitHub offers: the new one begins at main', async () => {
    await byGitHub(two);
    await connect(reviewerIdentity).request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
      pull_number: 1,
      state: 'closed',
    });
    await theirs.run(['push', '--quiet', 'origin', `:refs/heads/${branch}`]);
    expect(await byGitHub({ [pathOf('cy')]: accountText('cy') })).toMatchObject([{ kind: 'opened' }]);
    expect(await listChanged()).toEqual([pathOf('cy')]);
    expect(await readDeclinedIds()).toEqual([accountId('ana'), accountId('bo')].sort());
  });
});

it('the branch is renamed: the old name is closed and declined, the new one is a person’s and left alone', async () => {
  await byGitHub(two);
  await checkOut();
  await theirs.run(['push', '--quiet', '--atomic', 'origin', 'HEAD:refs/heads/mine', `:refs/heads/${branch}`]);
  const mine = await repository.findHead('mine');
  expect(await byGitHub({ [pathOf('cy')]: accountText('cy') })).toMatchObject([
    { kind: 'opened', pull: { number: 2 } },
  ]);
  expect(pull(1).state).toBe('closed');
  expect(await readDeclinedIds()).toEqual([accountId('ana'), accountId('bo')].sort());
  expect(await repository.findHead('mine')).toBe(mine);
  expect(await listChanged()).toEqual([pathOf('cy')]);
});

it('nothing is left of it by force: GitHub closes it, but nobody said no to anybody, so it is proposed anew', async () => {
  await byGitHub(two);
  await theirs.run(['push', '--quiet', '--force', 'origin', `origin/main:refs/heads/${branch}`]);
  expect(await byGitHub(two)).toMatchObject([{ kind: 'opened', pull: { number: 2 }, changedFiles: 2 }]);
  expect(pull(1)).toMatchObject({ state: 'closed', merged_at: null });
  expect(await readDeclinedIds()).toEqual([]);
});

describe.each([
  ['GitHub', byGitHub],
  ['git alone', byGit],
])('by %s: somebody pushes to the branch by force', (_forge, propose) => {
  it('their own commit in place of ours: their decision stands, and the rest is proposed on top of it', async () => {
    await propose(two);
    await checkOut();
    await theirs.run(['reset', '--quiet', '--hard', 'origin/main']);
    await theirs.run(['checkout', '--quiet', `origin/${branch}`, '--', pathOf('ana')]);
    await theirs.run([...asAna, 'commit', '--quiet', '-m', 'Only Ana']);
    await theirs.run(['push', '--quiet', '--force', 'origin', `HEAD:refs/heads/${branch}`]);
    const forced = (await repository.findHead(branch)) ?? '';
    expect(await propose(more)).toMatchObject([{ kind: 'updated', changedFiles: 3 }]);
    expect(await listChanged()).toEqual([pathOf('ana'), pathOf('bo'), pathOf('cy')]);
    expect(await git.runOrNull(['merge-base', '--is-ancestor', forced, `origin/${branch}`])).not.toBeNull();
  });

  it('while the audit runs: all that they touched stays as it is', async () => {
    await propose(two);
    const keep = accountText('ana', 'keep');
    const proposal = await aProposal(git, more);
    await checkOut();
    await theirs.run(['reset', '--quiet', '--hard', 'origin/main']);
    await theirs.run(['push', '--quiet', '--force', 'origin', `HEAD:refs/heads/${branch}`]);
    await repository.commit(branch, { [pathOf('ana')]: keep }, 'Keep Ana');
    const run = propose === byGit ? proposeWithGit(proposal, git, author) : proposeOnGitHub(proposal, git, connect());
    expect(await run).toMatchObject([{ kept: [pathOf('ana')] }]);
    expect(await repository.read(branch, pathOf('ana'))).toBe(keep);
    expect(await repository.read(branch, pathOf('cy'))).toBe(more[pathOf('cy')]);
  });

  it('a rebase onto main: our commits are still ours, and what is no longer proposed is taken back', async () => {
    await propose(two);
    await repository.commit('main', { 'README.md': 'Words.\n' });
    await checkOut();
    await theirs.run([...asAna, 'rebase', '--quiet', 'origin/main']);
    await theirs.run(['push', '--quiet', '--force', 'origin', `HEAD:refs/heads/${branch}`]);
    expect(await propose({ [pathOf('ana')]: accountText('ana') })).toMatchObject([{ kept: [], changedFiles: 1 }]);
    expect(await listChanged()).toEqual([pathOf('ana')]);
  });
});

it('a branch whose name is a part of ours is told as that, not as a race', async () => {
  await repository.commit('dormant', { 'a.txt': 'a' });
  await expect(byGit(two)).rejects.toMatchObject({ code: 'branch-in-the-way' });
});
