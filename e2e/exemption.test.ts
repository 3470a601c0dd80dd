import { type ARepository, type GitHubStandIn, reviewerIdentity } from 'dormant-emulator/github';
import { beforeEach, expect, it } from 'vitest';
import { proposeExemption } from '../audit/proposal/propose-exemption.ts';
import { createGit, type Git } from '../forge/git/git.ts';
import { aGitHub } from '../forge/github/git-hub.fixture.ts';
import type { GitHub } from '../forge/github/github.ts';

let repository: ARepository;
let standIn: GitHubStandIn;
let git: Git;
let manager: GitHub;
let github: GitHub;
const request = { issue: 1, today: '2026-12-07', maxDays: 365, stacks: ['contoso'], main: 'main' };
const before = '# Ask HR first.\nexemptions: []\n';

beforeEach(async () => {
  const { connect, ...started } = await aGitHub({ files: { 'exemptions.yaml': before } });
  ({ repository, standIn } = started);
  git = createGit(await repository.clone());
  manager = connect(reviewerIdentity);
  github = connect();
});

const form = (account: string, until: string, reason: string) =>
  `### Account\n\n${account}\n\n### Keep until\n\n${until}\n\n### Reason\n\n${reason}`;
const file = (body: string) => manager.request('POST /repos/{owner}/{repo}/issues', { title: 'Exemption: Ana', body });
const edit = (body: string) =>
  manager.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { issue_number: 1, body });

it('a request becomes a pull request on exemptions.yaml that closes the issue, and an answer', async () => {
  await file(form('ana@contoso.com', '2027-03-31', 'Parental leave'));
  expect(await proposeExemption(git, github, request)).toMatchObject({
    kind: 'proposed',
    pull: { number: 2 },
  });
  expect(await repository.read('dormant-exemption/1', 'exemptions.yaml')).toBe(
    '# Ask HR first.\nexemptions:\n  - account: ana@contoso.com\n    reason: Parental leave\n    owner: "@ana"\n    until: 2027-03-31\n',
  );
  expect(await repository.read('main', 'exemptions.yaml')).toBe(before);
  expect(standIn.state.issues[1]?.body).toContain('Closes #1.');
  expect(standIn.state.issues[0]?.comments[0]?.body).toContain('Pull request #2');
});

it('an edited issue updates the pull request; the same again changes nothing', async () => {
  await file(form('ana@contoso.com', '2027-03-31', 'Leave'));
  await proposeExemption(git, github, request);
  await edit(form('ana@contoso.com', '2027-04-30', 'Leave'));
  await proposeExemption(git, github, request);
  expect(await repository.read('dormant-exemption/1', 'exemptions.yaml')).toContain('2027-04-30');
  expect(standIn.state.issues).toHaveLength(2);
  expect(standIn.state.issues[0]?.comments).toHaveLength(1);
  const writes = standIn.listWrites().filter(({ operation, path }) => operation !== null || path !== '/graphql').length;
  await proposeExemption(git, github, request);
  expect(standIn.listWrites().filter(({ operation, path }) => operation !== null || path !== '/graphql')).toHaveLength(
    writes,
  );
});

it('a second request is merged with the first one by entry, once that is on main', async () => {
  await file(form('ana@contoso.com', '2027-03-31', 'Leave'));
  await file(form('bo@contoso.com', '2027-03-31', 'Leave'));
  await proposeExemption(git, github, request);
  await proposeExemption(git, github, { ...request, issue: 2 });
  const first = await repository.read('dormant-exemption/1', 'exemptions.yaml');
  await repository.commit('main', { 'exemptions.yaml': first }, 'Exempt Ana');
  await proposeExemption(git, github, { ...request, issue: 2 });
  const text = await repository.read('dormant-exemption/2', 'exemptions.yaml');
  for (const name of ['ana', 'bo']) expect(text).toContain(`${name}@contoso.com`);
});

it('a request that cannot be one is answered with every reason, and nothing else happens', async () => {
  await file(form('*@contoso.com', '2020-01-01', '$(rm -rf /) @everyone'));
  expect(await proposeExemption(git, github, request)).toMatchObject({ kind: 'refused', pull: null });
  const answer = standIn.state.issues[0]?.comments[0]?.body ?? '';
  expect(answer).toContain('patterns need a pull request');
  expect(answer).toContain('is in the past');
  expect(await repository.findHead('dormant-exemption/1')).toBeNull();
});

it('what somebody writes as a reason is text in the file and in the pull request', async () => {
  await file(form('ana@contoso.com', '2027-03-31', 'x"\n- account: "*" # $(id) @here <b>\n: &a *a'));
  await proposeExemption(git, github, request);
  const text = (await repository.read('dormant-exemption/1', 'exemptions.yaml')) ?? '';
  expect(text.match(/- account:/g)).toHaveLength(1 + (text.match(/reason:.*- account:/g) ?? []).length);
  expect(standIn.state.issues[1]?.body).not.toMatch(/@here|<b>/);
});
