import { createClock } from '@dormant-m365/emulator';
import type { ARepository } from '@dormant-m365/emulator/github';
import { beforeEach, expect, it } from 'vitest';
import { readDeclined } from '../audit/proposal/declined-accounts.ts';
import { readOpenProposals } from '../audit/proposal/open-proposals.ts';
import { accountId, accountText, aProposal, branch, pathOf, stack } from '../audit/proposal/proposal.fixture.ts';
import { proposeOnGitHub } from '../audit/proposal/propose.ts';
import { createGit, type Git } from '../forge/git/git.ts';
import { aGitHub } from '../forge/github/git-hub.fixture.ts';
import type { GitHub } from '../forge/github/github.ts';
import { addDays } from '../policy/evidence.ts';
import { getEscalationsPath, serialiseEscalations } from '../policy/files/escalations-file.ts';

let repository: ARepository;
let git: Git;
let github: GitHub;
const today = new Date().toISOString().slice(0, 10);
const query = { stack, today, retryAfterDays: 30, remote: 'origin', main: 'main' };

beforeEach(async () => {
  const files = { [pathOf('mia')]: accountText('mia', 'review') };
  const started = await aGitHub({ files, clock: createClock(new Date().toISOString()) });
  repository = started.repository;
  git = createGit(await repository.clone());
  github = started.connect();
});

async function proposed(...names: string[]): Promise<void> {
  const files = Object.fromEntries(names.map((name) => [pathOf(name), accountText(name)]));
  await proposeOnGitHub(await aProposal(git, files), git, github);
}

const edit = (pull: number, changes: Record<string, unknown>) =>
  github.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: pull, ...changes });
const declined = async (more = {}) =>
  (await readDeclined(git, github, { ...query, ...more })).map(({ accountId: id }) => id).sort();
const ids = (...names: string[]) => names.map(accountId).sort();

it('accounts of a pull request that was closed unmerged are declined, whatever its text says by then', async () => {
  await proposed('ana', 'bo');
  await edit(1, { body: '', title: 'x' });
  expect(await declined()).toEqual([]);
  await edit(1, { state: 'closed' });
  expect(await readDeclined(git, github, query)).toMatchObject([
    { until: addDays(today, 30) },
    { until: addDays(today, 30) },
  ]);
  expect(await declined()).toEqual(ids('ana', 'bo'));
});

it('they still are when the branch is gone', async () => {
  await proposed('ana');
  await edit(1, { state: 'closed' });
  await createGit(repository.bare).run(['update-ref', '-d', `refs/heads/${branch}`]);
  expect(await declined()).toEqual(ids('ana'));
});

it('they are until the day, and not on it', async () => {
  await proposed('ana');
  await edit(1, { state: 'closed' });
  expect(await declined({ today: addDays(today, 29) })).toEqual(ids('ana'));
  expect(await declined({ today: addDays(today, 30) })).toEqual([]);
});

it('a file that the proposal would have taken away, or that a person left unreadable, still names its account', async () => {
  await proposeOnGitHub(
    await aProposal(git, { [pathOf('mia')]: null, [pathOf('ana')]: accountText('ana') }),
    git,
    github,
  );
  await repository.commit(branch, { [pathOf('ana')]: `${accountText('ana')}\nstage: twice\n` });
  await edit(1, { state: 'closed' });
  expect(await declined()).toEqual(ids('ana', 'mia'));
});

it('an executive whom it would have put on the list for HR, or taken off it, is declined like an account', async () => {
  const list = (...names: string[]) =>
    serialiseEscalations(
      names.map((name) => ({
        ...{ id: accountId(name), userPrincipalName: `${name}@contoso.com`, displayName: name },
        ...{ why: 'job title "CFO"', lastActivity: null, since: today },
      })),
    );
  const path = getEscalationsPath(stack);
  await repository.commit('main', { [path]: list('cara', 'zoe') });
  await git.run(['fetch', '--quiet', 'origin']);
  await proposeOnGitHub(await aProposal(git, { [path]: list('bo', 'zoe') }), git, github);
  await edit(1, { state: 'closed' });
  expect(await declined()).toEqual(ids('bo', 'cara'));
});

it('a merged pull request declines nobody, and neither does another stack’s', async () => {
  await proposed('ana');
  await github.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { pull_number: 1 });
  await repository.commit('dormant/contoso-eu', { 'stacks/contoso-eu/accounts/x.yaml': accountText('x') });
  const parameters = { title: 'Other', head: 'dormant/contoso-eu', base: 'main' };
  await github.request('POST /repos/{owner}/{repo}/pulls', parameters);
  await edit(2, { state: 'closed' });
  expect(await declined()).toEqual([]);
});

it('an account whose file has reached main since is decided about again', async () => {
  await proposed('ana', 'bo');
  await edit(1, { state: 'closed' });
  await new Promise((resolve) => setTimeout(resolve, 1100)); // git and GitHub count in seconds
  await repository.commit('main', { [pathOf('ana')]: accountText('ana') }, 'After all');
  await readOpenProposals(git, github, { stack, remote: 'origin', main: 'main' });
  expect(await declined()).toEqual(ids('bo'));
});

it('what an audit reads of the proposals ends with a closed pull request', async () => {
  await proposed('ana');
  const before = await readOpenProposals(git, github, { stack, remote: 'origin', main: 'main' });
  expect(before).toMatchObject({ proposals: [{ branch, closedHeads: [] }] });
  expect([...before.audited.branches.keys()]).toEqual([branch]);
  await edit(1, { state: 'closed' });
  const after = await readOpenProposals(git, github, { stack, remote: 'origin', main: 'main' });
  expect(after.proposals).toEqual([{ remote: 'origin', branch, closedHeads: [await repository.findHead(branch)] }]);
});

it('somebody whose erasure was declined is not erased by the next audit either', async () => {
  const archived = pathOf('mia').replace('/accounts/', '/archive/');
  await repository.commit('main', { [pathOf('mia')]: null, [archived]: accountText('mia', 'delicense') }, 'Archive');
  await git.run(['fetch', '--quiet', 'origin']);
  await proposeOnGitHub(await aProposal(git, { [archived]: null }), git, github);
  await edit(1, { state: 'closed' });
  expect(await declined()).toEqual(ids('mia'));
});
