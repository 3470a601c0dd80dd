import { reviewerIdentity } from '@dormant-m365/emulator/github';
import { expect, test } from 'vitest';
import { aGitHub } from '../../forge/github/git-hub.fixture.ts';
import { type GiveBackNews, tellGiveBacks } from './tell-give-backs.ts';

const path = 'stacks/contoso/give-back/ana@contoso.com.yaml';
const owners = '/stacks/contoso/give-back/ @contoso/helpdesk @jo\n';

/** Issue 1 asks, pull request 2 of the App brings the file, and is merged. */
async function aMergedRequest(branch: string) {
  const { repository, standIn, connect } = await aGitHub({ files: { '.github/CODEOWNERS': owners } });
  const manager = connect(reviewerIdentity);
  await manager.request('POST /repos/{owner}/{repo}/issues', { title: 'Give back: ', body: 'x' });
  await repository.commit(branch, { [path]: 'x\n' });
  const wish = { title: 'Give an account back', head: branch, base: 'main' };
  await connect().request('POST /repos/{owner}/{repo}/pulls', wish);
  await manager.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { pull_number: 2 });
  const repo = await repository.clone();
  const tell = (change: Partial<GiveBackNews> = {}) =>
    tellGiveBacks(connect(), { repo, news: [{ path, isSignInAllowed: true, open: [], ...change }] });
  const commentsOf = (number: number) =>
    standIn.state.issues[number - 1]?.comments.map(({ body }) => body.split('\n').slice(1).join('\n')) ?? [];
  return { tell, commentsOf, issue: () => standIn.state.issues[0] };
}

test('the owners are told in the issue that asked, which is closed once all is back', async () => {
  const { tell, commentsOf, issue } = await aMergedRequest('dormant-give-back/1');
  await tell({ open: ['The tenant has no free seat to give back: SPE_E3 (wanted 1, free 0).'] });
  expect(commentsOf(1)).toEqual([
    expect.stringMatching(/^@jo @contoso\/helpdesk: sign-in is allowed again. Still open:[\s\S]*no free seat/),
  ]);
  expect(issue()?.state).toBe('open');
  await tell();
  expect(commentsOf(1)).toEqual([expect.stringContaining('this account is given back')]);
  expect(issue()?.state).toBe('closed');
});

test('why not is said as well, and the issue stays open', async () => {
  const { tell, commentsOf, issue } = await aMergedRequest('dormant-give-back/1');
  await tell({ isSignInAllowed: false, open: ['the tenant has no account 1 (ana@contoso.com)'] });
  expect(commentsOf(1)).toEqual([expect.stringContaining('this account is not given back')]);
  expect(issue()?.state).toBe('open');
});

test('without an issue the pull request has the comment', async () => {
  const { tell, commentsOf } = await aMergedRequest('dormant-give-back/contoso-1f0c9a7e');
  await tell();
  expect([commentsOf(1), commentsOf(2)]).toEqual([[], [expect.stringContaining('this account is given back')]]);
});
