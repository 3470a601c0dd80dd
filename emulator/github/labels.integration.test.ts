import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ARepository, appIdentity, aRepository, reviewerIdentity } from './repository.fixture.ts';
import { type GitHubStandIn, startGitHub } from './server.ts';

let repository: ARepository;
let github: GitHubStandIn;
const issuesOnly = { ...appIdentity, token: 'ghs_issues', permissions: { issues: 'read', metadata: 'read' } } as const;

beforeEach(async () => {
  repository = await aRepository();
  github = await startGitHub({
    ...{ gitDirectory: repository.bare, repository: 'contoso/dormant' },
    identities: [appIdentity, reviewerIdentity, issuesOnly],
  });
  await repository.commit('work', { 'a.txt': 'a' });
  await call('POST', '/pulls', { body: { title: 'Proposal', head: 'work', base: 'main' } });
});

afterEach(async () => {
  await github.close();
  await repository.remove();
});

interface Call {
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
}

async function call(method: string, path: string, { body, token = reviewerIdentity.token, headers = {} }: Call = {}) {
  const response = await fetch(`${github.url}/repos/contoso/dormant${path}`, {
    method,
    headers: { ...headers, authorization: `token ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    json: text === '' ? null : (JSON.parse(text) as unknown),
    etag: response.headers.get('etag') ?? '',
  };
}

const labelled = '/issues?labels=Stop&state=all';

it('a pull request is found by its label, and its events say who put it on and took it off', async () => {
  expect((await call('GET', labelled)).json).toEqual([]);
  await call('POST', '/issues/1/labels', { body: { labels: ['stop'] } });
  expect((await call('GET', labelled)).json).toMatchObject([{ number: 1, pull_request: { merged_at: null } }]);
  expect((await call('GET', '/labels/STOP')).json).toMatchObject({ name: 'stop' });
  expect((await call('DELETE', '/issues/1/labels/stop', { token: appIdentity.token })).status).toBe(200);
  expect((await call('DELETE', '/issues/1/labels/stop')).status).toBe(404);
  expect((await call('GET', '/issues/1/events')).json).toMatchObject([
    { event: 'labeled', actor: { login: 'ana' }, label: { name: 'stop' } },
    { event: 'unlabeled', actor: { login: 'dormant-app[bot]' }, label: { name: 'stop' } },
  ]);
});

it('who may read issues and no pull requests gets a list without them, and no refusal', async () => {
  await call('POST', '/issues/1/labels', { body: { labels: ['stop'] } });
  expect(await call('GET', labelled, { token: issuesOnly.token })).toMatchObject({ status: 200, json: [] });
  expect((await call('GET', '/pulls', { token: issuesOnly.token })).status).toBe(403);
});

it('a list that is the same is answered with 304 to whoever has its ETag, by the same token', async () => {
  const { etag } = await call('GET', labelled);
  const headers = { 'if-none-match': etag };
  expect(await call('GET', labelled, { headers })).toMatchObject({ status: 304, json: null });
  expect((await call('GET', labelled, { headers, token: appIdentity.token })).status).toBe(200);
  await call('POST', '/issues/1/labels', { body: { labels: ['stop'] } });
  expect((await call('GET', labelled, { headers })).status).toBe(200);
});

it('a label that the repository has is not made a second time, whatever its case', async () => {
  expect((await call('GET', '/labels/stop')).status).toBe(404);
  expect((await call('POST', '/labels', { body: { name: 'stop', color: 'b60205' } })).status).toBe(201);
  expect((await call('POST', '/labels', { body: { name: 'STOP' } })).status).toBe(422);
});

it('a merged pull request says which commit of its base has it', async () => {
  await call('PUT', '/pulls/1/merge', { body: { merge_method: 'squash' } });
  expect((await call('GET', '/pulls/1')).json).toMatchObject({
    merge_commit_sha: await repository.findHead('main'),
    base: { repo: { default_branch: 'main' } },
  });
});
