import { Octokit } from '@octokit/core';
import { expect, onTestFinished, test } from 'vitest';
import { appIdentity, aRepository, reviewerIdentity } from './repository.fixture.ts';
import { startGitHub } from './server.ts';

async function aPull() {
  const repository = await aRepository();
  onTestFinished(() => repository.remove());
  const lee = { ...reviewerIdentity, login: 'lee', email: 'lee@contoso.com', token: 'ghp_lee' };
  const identities = [appIdentity, reviewerIdentity, lee];
  const standIn = await startGitHub({ gitDirectory: repository.bare, repository: 'contoso/dormant', identities });
  onTestFinished(() => standIn.close());
  await repository.commit('topic', { 'a.txt': 'a\n' }, 'Add', { login: 'Lee', email: lee.email });
  const as = ({ token }: { token: string }) => {
    const octokit = new Octokit({ baseUrl: standIn.url, auth: token });
    return (route: string, rest: object = {}) =>
      octokit.request(route, { owner: 'contoso', repo: 'dormant', number: 1, ...rest }).then(
        ({ data }) => data,
        ({ status, response }) => ({ status, errors: response?.data?.errors }),
      );
  };
  await as(lee)('POST /repos/{owner}/{repo}/pulls', { title: 'Add', head: 'topic', base: 'main' });
  return { ana: as(reviewerIdentity), lee: as(lee) };
}

const reviews = '/repos/{owner}/{repo}/pulls/{number}/reviews';

test('whoever opened a pull request cannot approve it, and may comment', async () => {
  const { ana, lee } = await aPull();
  expect(await lee(`POST ${reviews}`, { event: 'APPROVE' })).toEqual({
    status: 422,
    errors: ['Can not approve your own pull request'],
  });
  await lee(`POST ${reviews}`, { event: 'COMMENT', body: 'x' });
  const { id } = await ana(`POST ${reviews}`, { event: 'APPROVE' });
  const listed = await ana(`GET ${reviews}`);
  expect(listed.map(({ user, state }: never) => [(user as { login: string }).login, state])).toEqual([
    ['lee', 'COMMENTED'],
    ['ana', 'APPROVED'],
  ]);
  await lee(`PUT ${reviews}/{id}/dismissals`, { id, message: 'not so fast' });
  expect((await ana(`GET ${reviews}`)).at(-1)).toMatchObject({ state: 'DISMISSED' });
});

test('a commit of the default branch says by which pull request it came, and a commit of it by whom it is', async () => {
  const { ana } = await aPull();
  expect(await ana('GET /repos/{owner}/{repo}/pulls/{number}/commits')).toMatchObject([{ author: { login: 'lee' } }]);
  const { sha } = await ana('PUT /repos/{owner}/{repo}/pulls/{number}/merge');
  expect(await ana('GET /repos/{owner}/{repo}/commits/{sha}/pulls', { sha })).toMatchObject([{ number: 1 }]);
});
