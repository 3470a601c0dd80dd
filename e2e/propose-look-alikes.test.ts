// Who opened a pull request from our branch: this pipeline, somebody by hand, the pipeline before it had an App, or a stranger.
import {
  type ARepository,
  actionsIdentity,
  appIdentity,
  type GitHubStandIn,
  reviewerIdentity,
} from '@dormant-m365/emulator/github';
import { beforeEach, describe, expect, it } from 'vitest';
import { readDeclined } from '../audit/proposal/declined-accounts.ts';
import { readOpenProposals } from '../audit/proposal/open-proposals.ts';
import { accountText, aProposal, branch, pathOf, stack } from '../audit/proposal/proposal.fixture.ts';
import type { Proposal, ProposalOutcome } from '../audit/proposal/proposal.ts';
import { proposeOnGitHub } from '../audit/proposal/propose.ts';
import { readBranch } from '../forge/git/branch.ts';
import { createGit, type Git } from '../forge/git/git.ts';
import { type AGitHub, aGitHub } from '../forge/github/git-hub.fixture.ts';
import type { GitHub } from '../forge/github/github.ts';

let repository: ARepository;
let standIn: GitHubStandIn;
let connect: AGitHub['connect'];
let git: Git;
let github: GitHub;
let person: GitHub;

beforeEach(async () => {
  ({ repository, standIn, connect } = await aGitHub({ identities: [appIdentity, actionsIdentity, reviewerIdentity] }));
  git = createGit(await repository.clone());
  github = connect();
  person = connect(reviewerIdentity);
});

async function propose(names: readonly string[], more: Partial<Proposal> = {}): Promise<ProposalOutcome> {
  const files = Object.fromEntries(names.map((name) => [pathOf(name), accountText(name)]));
  const [outcome] = await proposeOnGitHub(await aProposal(git, files, more), git, github);
  if (outcome === undefined) throw new Error('no outcome');
  return outcome;
}

/** As anybody may who reads the repository. */
async function openByHand(base = 'main'): Promise<number> {
  const pull = { title: 'Look here', head: branch, base, body: 'Mine' };
  return (await person.request('POST /repos/{owner}/{repo}/pulls', pull)).data.number;
}

const edit = (number: number, changes: Record<string, unknown>) =>
  person.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: number, ...changes });
const pull = (number: number) => {
  const found = standIn.state.issues[number - 1];
  if (!found?.pull) throw new Error(`no pull request ${number}`);
  return { ...found, ...found.pull };
};
const countWrites = () => standIn.listWrites().filter(({ path }) => path !== '/graphql').length;
const main = 'main';
const query = { stack, today: new Date().toISOString().slice(0, 10), retryAfterDays: 30, remote: 'origin', main };

describe('a pull request that somebody opened by hand from our branch', () => {
  beforeEach(async () => {
    standIn.state.settings.actionsMayOpenPulls = false;
    github = connect(actionsIdentity);
    await expect(propose(['ana'])).rejects.toMatchObject({ code: 'github-refused' });
    await openByHand();
  });

  it('is used, keeps its title and text, and has the proposal as a comment', async () => {
    expect(await propose(['ana', 'bo'])).toMatchObject({ kind: 'updated', pull: { number: 1 }, commits: 1 });
    expect(pull(1)).toMatchObject({ title: 'Look here', body: 'Mine', draft: false });
    expect(pull(1).comments).toMatchObject([
      { login: 'github-actions[bot]', body: expect.stringMatching(/### Dormant contoso: notify 2\n\nAccounts: 2/) },
    ]);
    const writes = countWrites();
    const again = await propose(['ana', 'bo']);
    expect(again).toMatchObject({ kind: 'unchanged', commits: 0 });
    expect(again.notes.join()).toContain('Pull request #1 was opened by somebody else');
    expect(countWrites()).toBe(writes);
  });

  it('becomes a draft once with the news of poor data, and stays ready where a person has said so', async () => {
    await propose(['ana'], { isDraft: true });
    expect(pull(1).draft).toBe(true);
    const { pull: stored } = standIn.state.issues[0] ?? {};
    if (stored) stored.draft = false;
    await propose(['ana'], { isDraft: true });
    expect(pull(1).draft).toBe(false);
  });

  it('is closed when nothing is left in it, and declines nobody', async () => {
    expect(await proposeOnGitHub(await aProposal(git, {}), git, github)).toMatchObject([{ kind: 'withdrawn' }]);
    expect(pull(1)).toMatchObject({ state: 'closed', title: 'Look here', body: 'Mine' });
  });

  it('counts as merged when it is merged', async () => {
    await repository.commit(branch, { [pathOf('ana')]: accountText('ana', 'keep') }, 'Keep Ana');
    const merge = 'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge';
    await person.request(merge, { pull_number: 1, merge_method: 'squash' });
    standIn.state.settings.actionsMayOpenPulls = true;
    expect(await propose(['ana', 'bo'])).toMatchObject({ kind: 'opened', pull: { number: 2 }, kept: [] });
  });
});

describe('a company that gives the pipeline an App', () => {
  beforeEach(async () => {
    github = connect(actionsIdentity);
    await propose(['ana', 'bo']);
    github = connect(appIdentity);
  });

  it('has no second pull request beside the one that was opened without it', async () => {
    const before = pull(1).body;
    expect(await propose(['ana'])).toMatchObject({ kind: 'updated', pull: { number: 1 } });
    expect(standIn.state.issues).toHaveLength(1);
    expect(pull(1).body).toBe(before);
    expect(pull(1).comments).toMatchObject([{ login: 'dormant-app[bot]' }]);
  });

  it('closes that one by hand, and gets its own with all that is on the branch: nobody is declined by that', async () => {
    const proposal = await aProposal(git, { [pathOf('ana')]: accountText('ana'), [pathOf('bo')]: accountText('bo') });
    const keep = accountText('bo', 'keep');
    await repository.commit(branch, { [pathOf('bo')]: keep }, 'Keep Bo');
    await edit(1, { state: 'closed' });
    expect(await readDeclined(git, github, query)).toEqual([]);
    const opened = { kind: 'opened', pull: { number: 2 }, changedFiles: 2, kept: [pathOf('bo')] };
    expect(await proposeOnGitHub(proposal, git, github)).toMatchObject([opened]);
    expect(pull(2).login).toBe('dormant-app[bot]');
    expect(await repository.read(branch, pathOf('bo'))).toBe(keep);
  });
});

describe('a stranger’s pull request from our branch', () => {
  beforeEach(async () => {
    await repository.commit('release', { 'r.txt': 'r' });
    await propose(['ana', 'bo']);
  });

  it('into another branch than main is none of ours, be it older or newer', async () => {
    await openByHand('release');
    expect(await propose(['ana', 'cy'])).toMatchObject({ kind: 'updated', pull: { number: 1 } });
    expect(pull(2)).toMatchObject({ title: 'Look here', body: 'Mine', comments: [] });
    await edit(1, { state: 'closed' });
    expect(await propose(['dee'])).toMatchObject({ kind: 'opened', pull: { number: 3 } });
  });

  it.each(['release', 'main'])(
    'into %s, closed by themselves, declines nobody, and no reviewer’s commit is forgotten for it',
    async (base) => {
      if (base === 'main') await edit(1, { state: 'closed' }); // what this one declines stays declined
      const before = await readDeclined(git, github, query);
      const theirs = await repository.commit(branch, { [pathOf('cy')]: accountText('cy', 'keep') }, 'Keep Cy');
      await edit(await openByHand(base), { state: 'closed' });
      expect(await readDeclined(git, github, query)).toEqual(before);
      const [read] = (await readOpenProposals(git, github, { stack, remote: 'origin', main })).proposals;
      const found = read && (await readBranch(git, { ...read, main: 'origin/main' }));
      expect(found?.edits).toMatchObject([{ commit: theirs, paths: [pathOf('cy')] }]);
    },
  );

  it('counts for nothing where it comes from a fork', async () => {
    const { pull: stored } = standIn.state.issues[0] ?? {};
    if (stored) stored.headRepository = 'mallory/dormant';
    expect(await propose(['ana', 'bo'])).toMatchObject({ kind: 'opened', pull: { number: 2 } });
  });

  it('may be our own, led into another branch and closed there: it declines nobody', async () => {
    const { pull: stored } = standIn.state.issues[0] ?? {};
    if (stored) stored.baseRef = 'release';
    await edit(1, { state: 'closed' });
    expect(await readDeclined(git, github, query)).toEqual([]);
  });
});
