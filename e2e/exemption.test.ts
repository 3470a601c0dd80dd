import { setTimeout as pause } from 'node:timers/promises';
import { type ARepository, type GitHubStandIn, reviewerIdentity } from '@dormant-m365/emulator/github';
import { beforeEach, describe, expect, it } from 'vitest';
import { proposeExemption } from '../audit/proposal/propose-exemption.ts';
import { refreshExemptions } from '../audit/proposal/refresh-exemptions.ts';
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

it('a request that cannot be one is answered with every reason, and nothing else happens', async () => {
  await file(form('*@contoso.com', '2020-01-01', '$(rm -rf /) @everyone'));
  expect(await proposeExemption(git, github, request)).toMatchObject({ kind: 'refused', pull: null });
  const answer = standIn.state.issues[0]?.comments[0]?.body ?? '';
  expect(answer).toContain('patterns need a pull request');
  expect(answer).toContain('is in the past');
  expect(await repository.findHead('dormant-exemption/1')).toBeNull();
});

it('neither an answer that looks like ours nor a pull request from its branch is taken over', async () => {
  await file(form('ana@contoso.com', '2027-03-31', 'Leave'));
  await proposeExemption(git, github, request);
  const [form1, pull2] = standIn.state.issues;
  for (const ours of [...(form1?.comments ?? []), pull2]) if (ours) ours.login = 'mallory';
  const before = structuredClone({ answers: form1?.comments, title: pull2?.title, body: pull2?.body });
  await edit(form('ana@contoso.com', '2027-04-30', 'Leave'));
  expect(await proposeExemption(git, github, request)).toMatchObject({ kind: 'proposed', pull: { number: 2 } });
  expect(standIn.state.issues).toHaveLength(2);
  expect({ answers: form1?.comments.slice(0, 1), title: pull2?.title, body: pull2?.body }).toEqual(before);
  expect(form1?.comments.map(({ login }) => login)).toEqual(['mallory', 'dormant-app[bot]']);
  expect(pull2?.comments).toMatchObject([{ login: 'dormant-app[bot]', body: expect.stringContaining('2027-04-30') }]);
});

it('what somebody writes as a reason is text in the file and in the pull request', async () => {
  await file(form('ana@contoso.com', '2027-03-31', 'x"\n- account: "*" # $(id) @here <b>\n: &a *a'));
  await proposeExemption(git, github, request);
  const text = (await repository.read('dormant-exemption/1', 'exemptions.yaml')) ?? '';
  expect(text.match(/- account:/g)).toHaveLength(1 + (text.match(/reason:.*- account:/g) ?? []).length);
  expect(standIn.state.issues[1]?.body).not.toMatch(/@here|<b>/);
});

describe('exemptions.yaml has changed on main', () => {
  const branch = 'dormant-exemption/3';
  const refresh = () => refreshExemptions(git, github, request);
  const merge = (pull: number) =>
    manager.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { pull_number: pull });
  const ask = async (account: string, until = '2027-03-31') => {
    const { data } = await file(form(account, until, 'On leave'));
    await proposeExemption(git, github, { ...request, issue: data.number });
  };
  /** Without the invisible spaces that keep text from being a link. */
  const comments = () => standIn.state.issues[2]?.comments.map(({ body }) => body.replaceAll('\u200b', '')) ?? [];
  const read = async (from: string) => (await repository.read(from, 'exemptions.yaml')) ?? '';
  const accounts = async (from: string) => [...(await read(from)).matchAll(/account: (\w+)/g)].map(([, name]) => name);
  const close = (number: number) =>
    manager.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { issue_number: number, state: 'closed' });

  // Issue 1 has pull request 2, issue 3 has pull request 4.
  beforeEach(() => ask('ana@contoso.com'));

  it('every other request is read again, however many issues are open, and can be merged', async () => {
    await ask('bo@contoso.com');
    const others = Array.from({ length: 100 }, () => ({ title: 'Something else' }));
    await Promise.all(others.map((other) => manager.request('POST /repos/{owner}/{repo}/issues', other)));
    await merge(2);
    await expect(merge(4)).rejects.toThrow('merge conflicts');
    expect(await refresh()).toMatchObject([{ issue: 3, kind: 'proposed', pull: { number: 4 } }]);
    await merge(4);
    expect(await accounts('main')).toEqual(['ana', 'bo']);
    expect(comments()).toHaveLength(1);
  });

  it('another entry about the same account is said once, with both, and the reviewers decide', async () => {
    await ask('Ana@contoso.com', '2027-05-31');
    await merge(2);
    await refresh();
    const said = comments();
    expect(said).toHaveLength(2);
    for (const words of ['2027-03-31', '2027-05-31', 'close the pull request']) expect(said[1]).toContain(words);
    await refresh();
    expect(comments()).toEqual(said);
    await merge(4);
    expect((await read('main')).match(/until: .*/g)).toEqual(['until: 2027-05-31']);
  });

  it('a request for what main has already is answered, and its pull request closed', async () => {
    // Within one second the same entry would be the same commit, which one merge brings to main for both.
    await pause(1_100);
    await ask('ana@contoso.com');
    await merge(2);
    expect(await refresh()).toMatchObject([{ issue: 3, kind: 'present' }]);
    expect(standIn.state.issues[3]?.state).toBe('closed');
    expect(comments().join()).toContain('exactly this entry');
  });

  it('a pull request that was closed unmerged stays closed, and one of a closed issue stays as it is', async () => {
    await ask('bo@contoso.com');
    await ask('cy@contoso.com');
    const heads = () => Promise.all([branch, 'dormant-exemption/5'].map((name) => repository.findHead(name)));
    const before = await heads();
    await close(4);
    await close(5);
    await merge(2);
    expect(await refresh()).toEqual([]);
    expect(standIn.state.issues).toHaveLength(6);
    expect(await heads()).toEqual(before);
  });

  it('what people wrote on the branch stays, and main’s word where both said something', async () => {
    await ask('bo@contoso.com');
    const edited = (await read(branch)).replace('On leave', 'Moving to Rome');
    await repository.commit(branch, { 'exemptions.yaml': edited }, 'Say why');
    await merge(2);
    await refresh();
    expect(await accounts(branch)).toEqual(['ana', 'bo']);
    expect(await read(branch)).toContain('Moving to Rome');
    const other =
      (await read('main')) + (await read(branch)).slice((await read('main')).length).replace('Rome', 'Oslo');
    await repository.commit('main', { 'exemptions.yaml': other.replace('Moving to Rome', 'Moving to Oslo') });
    await refresh();
    expect(await read(branch)).toContain('Moving to Oslo');
    for (const words of ['Rome', 'Oslo', 'change the line on that branch']) expect(comments()[1]).toContain(words);
    await refresh();
    expect(comments()).toHaveLength(2);
  });

  it('one that the forge refuses does not stop the next, and one in a merge queue is left as it is', async () => {
    await ask('bo@contoso.com');
    await ask('cy@contoso.com');
    await ask('di@contoso.com');
    await merge(2);
    await repository.commit('gh-readonly-queue/main/pr-6-0123abc', {}, 'Merge group');
    standIn.state.settings.refusedBranches = /exemption.3$/;
    expect(await refresh()).toMatchObject([
      { issue: 3, kind: 'failed', problems: [expect.stringContaining('Repository rule violations found')] },
      { issue: 5, kind: 'queued' },
      { issue: 7, kind: 'proposed' },
    ]);
  });
});
