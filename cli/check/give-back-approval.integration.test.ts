import { appIdentity, reviewerIdentity } from '@dormant-m365/emulator/github';
import { expect, test } from 'vitest';
import { createGit } from '../../forge/git/git.ts';
import { aGitHub } from '../../forge/github/git-hub.fixture.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { anAccountFile } from '../../policy/account-file.fixture.ts';
import { aGiveBack } from '../../policy/give-back/give-back.fixture.ts';
import { judgeGiveBackApproval } from './give-back-approval.ts';

const lee = { ...reviewerIdentity, login: 'lee', email: 'lee@contoso.com', token: 'ghp_lee' };
const mallory = { ...reviewerIdentity, login: 'mallory', email: 'mallory@contoso.com', token: 'ghp_mallory' };
const identities = [appIdentity, reviewerIdentity, lee, mallory];
const { path, text } = aGiveBack(anAccountFile('disable'), { askedBy: 'the person themselves' });

interface Request {
  branch?: string;
  files?: Record<string, string>;
  /** Who opens the pull request. */
  opener?: { token: string };
  /** Who has written the commit. */
  writer?: { login: string; email: string };
}

/** Issue 1 is Lee’s. */
async function aRequest({ branch = 'dormant-give-back/1', files = { [path]: text }, opener, writer }: Request = {}) {
  const { repository, connect } = await aGitHub({ identities });
  await connect(lee).request('POST /repos/{owner}/{repo}/issues', { title: 'Give back: ', body: 'x' });
  const author = writer ?? { login: 'App', email: appIdentity.email };
  await repository.commit(branch, files, 'Give an account back', author);
  const wish = { title: 'Give an account back', head: branch, base: 'main' };
  await connect(opener).request('POST /repos/{owner}/{repo}/pulls', wish);
  const repo = await repository.clone();
  const git = createGit(repo);
  await git.run(['fetch', '--quiet', 'origin', 'refs/pull/2/merge']);
  await git.run(['checkout', '--quiet', 'FETCH_HEAD']);
  const review = (by: GitHub, event: 'APPROVE' | 'COMMENT' | 'REQUEST_CHANGES') =>
    by.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', { pull_number: 2, event, body: 'x' });
  const judge = async () => {
    const { problems, wait } = await judgeGiveBackApproval(connect(), { repo, pull: 2, base: 'origin/main' });
    return [problems.map(({ code, message }) => `${code}: ${/@[\w-]+/.exec(message)?.[0]}`), wait !== null];
  };
  return { connect, review, judge };
}

test('who asked by the form cannot approve, whoever else has', async () => {
  const { connect, review, judge } = await aRequest();
  expect(await judge()).toEqual([[], true]);
  await review(connect(lee), 'APPROVE');
  expect(await judge()).toEqual([['approved-by-asker: @lee'], true]);
  await review(connect(reviewerIdentity), 'APPROVE');
  expect(await judge()).toEqual([['approved-by-asker: @lee'], false]);
  await review(connect(lee), 'REQUEST_CHANGES');
  expect(await judge()).toEqual([[], false]);
});

test('a comment is no approval, takes none back, and no App’s approval counts', async () => {
  const { connect, review, judge } = await aRequest({ opener: mallory, branch: 'by-hand' });
  await review(connect(appIdentity), 'APPROVE');
  expect(await judge()).toEqual([[], false]);
  const form = await aRequest();
  await form.review(form.connect(reviewerIdentity), 'COMMENT');
  expect(await form.judge()).toEqual([[], true]);
  await form.review(form.connect(reviewerIdentity), 'APPROVE');
  await form.review(form.connect(reviewerIdentity), 'COMMENT');
  expect(await form.judge()).toEqual([[], false]);
});

test.each<[string, Request]>([
  ['the file names', { files: { [path]: text.replace('askedBy: the person themselves', 'askedBy: "@mallory"') } }],
  ['a commit of the branch is by', { writer: { login: 'Mallory', email: mallory.email } }],
])('whoever %s is taken for one who asked', async (_, request) => {
  const { connect, review, judge } = await aRequest(request);
  await review(connect(mallory), 'APPROVE');
  expect(await judge()).toEqual([['approved-by-asker: @mallory'], true]);
});

test('of other pull requests nothing is asked', async () => {
  const { judge } = await aRequest({ files: { 'README.md': 'x\n' } });
  expect(await judge()).toEqual([[], false]);
});
