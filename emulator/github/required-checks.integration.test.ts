import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ARepository, actionsIdentity, appIdentity, aRepository, reviewerIdentity } from './repository.fixture.ts';
import { type GitHubStandIn, startGitHub } from './server.ts';

let repository: ARepository;
let github: GitHubStandIn;
let sha: string;

beforeEach(async () => {
  repository = await aRepository();
  github = await startGitHub({
    gitDirectory: repository.bare,
    repository: 'contoso/dormant',
    identities: [appIdentity, actionsIdentity, reviewerIdentity],
  });
  github.state.settings.rules = [
    {
      type: 'required_status_checks',
      parameters: {
        strict_required_status_checks_policy: true,
        required_status_checks: [{ context: 'check', integration_id: appIdentity.appId }, { context: 'CI' }],
      },
    },
  ];
  sha = await repository.commit('work', { 'a.txt': 'a' });
  expect(await call('POST', '/pulls', { title: 'A change', head: 'work', base: 'main' })).toMatchObject({
    status: 201,
  });
});

afterEach(async () => {
  await github.close();
  await repository.remove();
});

async function call(method: string, path: string, body: unknown, { token } = reviewerIdentity) {
  const url = `${github.url}/repos/contoso/dormant${path}`;
  const response = await fetch(url, {
    method,
    headers: { authorization: `token ${token}` },
    body: JSON.stringify(body),
  });
  const { message = '' }: { message?: string } = JSON.parse(await response.text());
  return { status: response.status, message };
}

const report = (context: string, state: string, who = appIdentity) =>
  call('POST', `/statuses/${sha}`, { context, state }, who);
const run = (conclusion: string, name = 'CI') =>
  github.state.checkRuns.push({ sha, name, conclusion, appId: actionsIdentity.appId ?? null });
const merge = () => call('PUT', '/pulls/1/merge', {});

it('a check that nobody reports stays expected, as where a filter has skipped its workflow', async () => {
  await report('check', 'success');
  expect(await merge()).toMatchObject({
    status: 405,
    message: expect.stringContaining('Required status check "CI" is expected.'),
  });
});

it.each([
  ['success', 200],
  ['skipped', 200],
  ['failure', 405],
  ['cancelled', 405],
])('a required job that ended as %s: %i', async (conclusion, status) => {
  await report('check', 'success');
  run(conclusion);
  expect(await merge()).toMatchObject({ status });
});

it.each([
  ['a person', reviewerIdentity],
  ['Actions', actionsIdentity],
])('a check that is pinned to an App is not that of %s', async (_, who) => {
  run('success');
  run('success', 'check');
  await report('check', 'success', who);
  expect((await merge()).message).toContain('Required status check "check" is expected.');
});

it('the last status counts, and beside a job of the same name both have to pass', async () => {
  await report('check', 'success');
  await report('check', 'pending');
  run('success');
  expect((await merge()).message).toContain('Required status check "check" is failing.');
  await report('check', 'success');
  await report('CI', 'failure', actionsIdentity);
  expect((await merge()).message).toContain('Required status check "CI" is failing.');
});

it('a branch that is behind is not merged', async () => {
  await report('check', 'success');
  run('success');
  await repository.commit('main', { 'b.txt': 'b' });
  expect((await merge()).message).toContain('Head branch is out of date');
});
