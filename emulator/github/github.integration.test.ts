import { afterEach, describe, expect, it } from 'vitest';
import { type ARepository, appIdentity, aRepository, reviewerIdentity } from './repository.fixture.ts';
import { type GitHubStandIn, startGitHub } from './server.ts';
import type { RepositorySettings } from './state.ts';

let repository: ARepository;
let github: GitHubStandIn;

afterEach(async () => {
  await github.close();
  await repository.remove();
});

async function start(settings: Partial<RepositorySettings> = {}): Promise<void> {
  repository = await aRepository();
  github = await startGitHub({
    gitDirectory: repository.bare,
    repository: 'contoso/dormant',
    identities: [
      appIdentity,
      reviewerIdentity,
      { ...appIdentity, token: 'ghs_reader', permissions: { contents: 'read' } },
    ],
    settings,
  });
}

async function call(method: string, path: string, body?: unknown, token = appIdentity.token) {
  const response = await fetch(`${github.url}${path.startsWith('/graphql') ? '' : '/repos/contoso/dormant'}${path}`, {
    method,
    headers: { authorization: `token ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json: unknown = text === '' ? null : JSON.parse(text);
  return { status: response.status, json, headers: response.headers };
}

const openPull = (head: string, more: Record<string, unknown> = {}) =>
  call('POST', '/pulls', { title: 'Proposal', head, base: 'main', body: 'Text', ...more });

async function commitOnBranch(branch: string, expectedHeadOid: string, fileChanges: unknown) {
  return call('POST', '/graphql', {
    query:
      'mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid signature { isValid } } } }',
    variables: {
      input: {
        branch: { repositoryNameWithOwner: 'contoso/dormant', branchName: branch },
        expectedHeadOid,
        message: { headline: 'By the API', body: 'Why' },
        fileChanges,
      },
    },
  });
}

describe('a pull request', () => {
  it('is opened once per branch', async () => {
    await start();
    await repository.commit('work', { 'a.txt': 'a' });
    expect((await openPull('work')).status).toBe(201);
    const again = await openPull('work');
    expect(again.status).toBe(422);
    expect(JSON.stringify(again.json)).toContain('A pull request already exists for contoso:work.');
  });

  it('may be opened from the same branch into another one as well', async () => {
    await start();
    await repository.commit('release', { 'r.txt': 'r' });
    await repository.commit('work', { 'a.txt': 'a' });
    expect((await openPull('work')).status).toBe(201);
    expect((await openPull('work', { base: 'release' })).status).toBe(201);
    expect((await openPull('work', { base: 'release' })).status).toBe(422);
  });

  it('is refused without a commit to merge', async () => {
    await start();
    await repository.commit('main', {}, 'Empty');
    await call('POST', '/git/refs', { ref: 'refs/heads/work', sha: await repository.findHead('main') });
    expect(JSON.stringify((await openPull('work')).json)).toContain('No commits between main and work');
  });

  it('is refused with more than 65,536 characters, on update as well', async () => {
    await start();
    await repository.commit('work', { 'a.txt': 'a' });
    expect((await openPull('work', { body: 'x'.repeat(65_537) })).status).toBe(422);
    expect((await openPull('work', { body: 'x'.repeat(65_536) })).status).toBe(201);
    const update = await call('PATCH', '/pulls/1', { body: 'x'.repeat(65_537) });
    expect(update).toMatchObject({ status: 422, json: { errors: [{ field: 'body' }] } });
  });

  it('follows its branch, keeps its head for good, and is merged when main takes it in', async () => {
    await start();
    await repository.commit('work', { 'a.txt': 'a' });
    await openPull('work');
    const head = await repository.commit('work', { 'b.txt': 'b' });
    expect((await call('GET', '/pulls/1')).json).toMatchObject({ head: { sha: head }, mergeable: true });
    expect((await call('PUT', '/pulls/1/merge', {})).status).toBe(200);
    expect(await repository.read('main', 'b.txt')).toBe('b');
    expect((await call('GET', '/pulls/1')).json).toMatchObject({ state: 'closed', head: { sha: head } });
  });

  it('can be fetched as it would be merged, anew after every push to either side', async () => {
    await start();
    await repository.commit('work', { 'a.txt': 'a' });
    await openPull('work');
    const merged = async () => {
      await call('GET', '/pulls/1');
      const git = github.state.repository.runGit;
      return (await git(['rev-parse', 'refs/pull/1/merge^1', 'refs/pull/1/merge^2'])).stdout.split('\n');
    };
    const tips = async () => [await repository.findHead('main'), await repository.findHead('work'), ''];
    expect(await merged()).toEqual(await tips());
    await repository.commit('main', { 'b.txt': 'b' });
    await repository.commit('work', { 'c.txt': 'c' });
    expect(await merged()).toEqual(await tips());
  });

  it('is no draft where the plan has none', async () => {
    await start({ draftsSupported: false });
    await repository.commit('work', { 'a.txt': 'a' });
    expect((await openPull('work', { draft: true })).json).toMatchObject({
      message: 'Draft pull requests are not supported in this repository.',
    });
  });

  it('asks only collaborators for a review', async () => {
    await start({ collaborators: ['lee'] });
    await repository.commit('work', { 'a.txt': 'a' });
    await openPull('work');
    expect((await call('POST', '/pulls/1/requested_reviewers', { reviewers: ['stranger'] })).status).toBe(422);
    expect((await call('POST', '/pulls/1/requested_reviewers', { reviewers: ['lee'] })).status).toBe(201);
  });
});

describe('createCommitOnBranch', () => {
  it('makes a real, signed commit with additions and deletions', async () => {
    await start();
    const head = (await repository.findHead('main')) ?? '';
    const made = await commitOnBranch('main', head, {
      additions: [{ path: 'ümlaut/a "b".txt', contents: Buffer.from('né\n').toString('base64') }],
      deletions: [{ path: 'README.md' }],
    });
    expect(made.json).toMatchObject({
      data: { createCommitOnBranch: { commit: { signature: { isValid: true } } } },
    });
    expect(await repository.read('main', 'ümlaut/a "b".txt')).toBe('né\n');
    expect(await repository.read('main', 'README.md')).toBeNull();
  });

  it('refuses a head that has moved with 200 and STALE_DATA', async () => {
    await start();
    const before = (await repository.findHead('main')) ?? '';
    await repository.commit('main', { 'a.txt': 'a' });
    const refused = await commitOnBranch('main', before, { additions: [] });
    expect(refused).toMatchObject({ status: 200, json: { errors: [{ type: 'STALE_DATA' }] } });
  });

  it('refuses to delete what is not there, and more additions than its cap', async () => {
    await start({ maxAdditions: 1 });
    const head = (await repository.findHead('main')) ?? '';
    const missing = await commitOnBranch('main', head, { deletions: [{ path: 'nowhere' }] });
    expect(JSON.stringify(missing.json)).toContain('does not exist as of commit');
    const many = await commitOnBranch('main', head, {
      additions: [
        { path: 'a', contents: '' },
        { path: 'b', contents: '' },
      ],
    });
    expect(many.json).toMatchObject({ errors: [{ type: 'UNPROCESSABLE' }] });
  });

  it('refuses a query that is not of its schema', async () => {
    await start();
    const wrong = await call('POST', '/graphql', { query: 'mutation { createCommitOnBranch { nothing } }' });
    expect(wrong.json).toHaveProperty('errors');
  });
});

describe('refs and merges', () => {
  it('moves a branch forward only', async () => {
    await start();
    const first = await repository.findHead('main');
    const second = await repository.commit('main', { 'a.txt': 'a' });
    await call('POST', '/git/refs', { ref: 'refs/heads/work', sha: second });
    expect((await call('PATCH', '/git/refs/heads/work', { sha: first })).json).toMatchObject({
      message: 'Update is not a fast forward',
    });
    expect((await call('POST', '/git/refs', { ref: 'refs/heads/work', sha: first })).status).toBe(422);
  });

  it('has no branch below another', async () => {
    await start();
    const head = await repository.findHead('main');
    await call('POST', '/git/refs', { ref: 'refs/heads/work', sha: head });
    expect((await call('POST', '/git/refs', { ref: 'refs/heads/work/sales', sha: head })).status).toBe(422);
  });

  it('merges with 201, answers 204 when there is nothing to merge and 409 to a conflict', async () => {
    await start();
    await repository.commit('work', { 'README.md': 'Mine.\n' });
    await repository.commit('main', { 'other.txt': 'x' });
    const merge = () => call('POST', '/merges', { base: 'work', head: 'main' });
    expect((await merge()).status).toBe(201);
    expect((await merge()).status).toBe(204);
    await repository.commit('main', { 'README.md': 'Theirs.\n' });
    expect(await merge()).toMatchObject({ status: 409, json: { message: 'Merge conflict' } });
  });
});

describe('a file of main', () => {
  it('is its text for who asks for raw, base64 for others, and 404 where it is not there', async () => {
    await start();
    await repository.commit('main', { '.github/CODEOWNERS': '* @ana\n' });
    const raw = await fetch(`${github.url}/repos/contoso/dormant/contents/.github/CODEOWNERS`, {
      headers: { authorization: 'token ghs_reader', accept: 'application/vnd.github.raw+json' },
    });
    expect(await raw.text()).toBe('* @ana\n');
    const content = Buffer.from('* @ana\n').toString('base64');
    expect((await call('GET', '/contents/.github/CODEOWNERS')).json).toMatchObject({ encoding: 'base64', content });
    expect((await call('GET', '/contents/CODEOWNERS')).status).toBe(404);
  });

  it('is that of a branch or a commit for who names one', async () => {
    await start();
    await repository.commit('work', { 'package.json': '{}' });
    const head = await repository.findHead('work');
    const content = Buffer.from('{}').toString('base64');
    for (const ref of ['work', head])
      expect((await call('GET', `/contents/package.json?ref=${ref}`)).json).toMatchObject({ content });
    for (const path of ['package.json', 'package.json?ref=other', 'package.json?ref=--all'])
      expect((await call('GET', `/contents/${path}`)).status).toBe(404);
  });
});

describe('who wrote something', () => {
  const asApp = { login: 'dormant-app[bot]', type: 'Bot' };
  const asAna = { login: 'ana', type: 'User' };

  it('is a bot where a token of an App was used, and a person otherwise', async () => {
    await start();
    for (const token of [appIdentity.token, reviewerIdentity.token]) {
      await call('POST', '/issues', { title: 'An issue' }, token);
      await call('POST', '/issues/1/comments', { body: 'A comment' }, token);
    }
    const app = { id: expect.any(Number), slug: 'dormant-app' };
    const byApp = { user: asApp, performed_via_github_app: app };
    const byAna = { user: asAna, performed_via_github_app: null };
    expect((await call('GET', '/issues/1/comments')).json).toMatchObject([byApp, byAna]);
    expect((await call('GET', '/issues?state=all&direction=asc')).json).toMatchObject([byApp, byAna]);
    expect((await call('GET', `/issues?creator=${encodeURIComponent(asApp.login)}`)).json).toMatchObject([byApp]);
    await repository.commit('work', { 'a.txt': 'a' });
    expect((await openPull('work')).json).toMatchObject({ user: asApp });
  });

  it('is told to a token by GraphQL, and by REST to a person only', async () => {
    await start();
    const viewer = { query: 'query { viewer { login databaseId } }' };
    const { id } = ((await call('POST', '/issues', { title: 'An issue' })).json as { user: { id: number } }).user;
    expect((await call('POST', '/graphql', viewer)).json).toEqual({
      data: { viewer: { login: asApp.login, databaseId: id } },
    });
    const ask = async (token: string) =>
      (await fetch(`${github.url}/user`, { headers: { authorization: `token ${token}` } })).status;
    expect(await ask(appIdentity.token)).toBe(403);
    expect(await ask(reviewerIdentity.token)).toBe(200);
  });
});

describe('requests', () => {
  it('are refused without a token, and without the permission', async () => {
    await start();
    expect((await call('GET', '/pulls', undefined, 'nobody')).json).toMatchObject({
      message: 'Bad credentials',
    });
    expect(await call('POST', '/issues', { title: 'x' }, 'ghs_reader')).toMatchObject({
      status: 403,
      json: { message: 'Resource not accessible by integration' },
    });
  });

  it('are answered in pages with links to their neighbours', async () => {
    await start();
    for (let n = 1; n <= 35; n++) await call('POST', '/issues', { title: `Issue ${n}` });
    const first = await call('GET', '/issues');
    expect(first.json).toHaveLength(30);
    expect(first.headers.get('link')).toMatch(/<http.*page=2>; rel="next"/);
    expect((await call('GET', '/issues?page=2')).json).toHaveLength(5);
    expect((await call('GET', '/issues?per_page=500')).json).toHaveLength(35);
  });

  it('that create too much are slowed down by a secondary rate limit', async () => {
    await start({ contentPerMinute: 2 });
    for (let n = 1; n <= 2; n++) await call('POST', '/issues', { title: `Issue ${n}` });
    const third = await call('POST', '/issues', { title: 'Issue 3' });
    expect(third.status).toBe(403);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(JSON.stringify(third.json)).toContain('secondary rate limit');
  });

  it('fail as they are told to, as often as they are told to', async () => {
    await start();
    github.faults.add({ path: /\/issues$/, times: 1, after: 1, fault: { kind: 'status', status: 502 } });
    expect((await call('GET', '/issues')).status).toBe(200);
    expect((await call('GET', '/issues')).status).toBe(502);
    expect((await call('GET', '/issues')).status).toBe(200);
    github.faults.add({ path: /\/pulls$/, times: 1, fault: { kind: 'reset' } });
    await expect(call('GET', '/pulls')).rejects.toThrow();
    expect(github.requests.map(({ status }) => status)).toEqual([200, 502, 200, 0]);
  });
});

describe('who decided', () => {
  it('is told of a commit: the pull request that brought it, who approved and who merged', async () => {
    await start();
    await repository.commit('work', { 'a.txt': 'a' });
    await openPull('work');
    expect((await call('POST', '/pulls/1/reviews', { event: 'APPROVE' })).status).toBe(422);
    expect((await call('POST', '/pulls/1/reviews', { event: 'LIKE' }, reviewerIdentity.token)).status).toBe(422);
    await call('POST', '/pulls/1/reviews', { event: 'APPROVE' }, reviewerIdentity.token);
    const { json } = await call('PUT', '/pulls/1/merge', {}, reviewerIdentity.token);
    const sha = (json as { sha: string }).sha;
    expect((await call('GET', `/commits/${sha}/pulls`)).json).toMatchObject([{ number: 1, merge_commit_sha: sha }]);
    expect((await call('GET', '/pulls/1')).json).toMatchObject({ merged_by: { login: 'ana' }, merge_commit_sha: sha });
    expect((await call('GET', '/pulls/1/reviews')).json).toMatchObject([{ user: { login: 'ana' }, state: 'APPROVED' }]);
    expect((await call('GET', '/pulls/1/reviews', undefined, 'ghs_reader')).status).toBe(403);
    expect((await call('GET', `/commits/${'0'.repeat(40)}/pulls`)).status).toBe(422);
  });

  it('is told of a push that merged it, too, but not who did', async () => {
    await start();
    const head = await repository.commit('work', { 'a.txt': 'a' });
    await openPull('work');
    await github.state.repository.updateRef('refs/heads/main', head, (await repository.findHead('main')) ?? '');
    expect((await call('GET', '/pulls/1')).json).toMatchObject({ merged_by: null, merge_commit_sha: head });
  });

  it('finds the artifacts of a name, with their runs', async () => {
    const artifact = { name: 'apply-contoso', run: 7, commit: 'c', created_at: '2026-12-07T00:00:00Z' };
    await start({ artifacts: [artifact, { ...artifact, name: 'audit-contoso', run: 8 }] });
    expect((await call('GET', '/actions/artifacts?name=apply-contoso')).json).toMatchObject({
      total_count: 1,
      artifacts: [{ name: 'apply-contoso', expired: false, workflow_run: { id: 7, head_sha: 'c' } }],
    });
    expect((await call('GET', '/actions/artifacts', undefined, 'ghs_reader')).status).toBe(403);
  });
});
