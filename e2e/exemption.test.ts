import type { ARepository, GitHubStandIn } from '@dormant-m365/emulator/github';
import { beforeEach, describe, expect, it } from 'vitest';
import { proposeExemption } from '../audit/proposal/propose-exemption.ts';
import type { Git } from '../forge/git/git.ts';
import type { GitHub } from '../forge/github/github.ts';
import {
  aRequestedRepository,
  askFor,
  before,
  type ExemptionRequests,
  fileRequest,
  form,
  listAccounts,
  listComments,
  mergePull,
  refresh,
  request,
} from './exemption.fixture.ts';

let there: ExemptionRequests;
let repository: ARepository;
let standIn: GitHubStandIn;
let git: Git;
let github: GitHub;
let manager: GitHub;

beforeEach(async () => {
  there = await aRequestedRepository();
  ({ repository, standIn, git, github, manager } = there);
});

const edit = (body: string) =>
  manager.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { issue_number: 1, body });

it('a request becomes a pull request on exemptions.yaml that closes the issue, and an answer', async () => {
  await fileRequest(there, form('ana@contoso.com', '2027-03-31', 'Parental leave'));
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
  await fileRequest(there, form('ana@contoso.com', '2027-03-31', 'Leave'));
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
  await fileRequest(there, form('*@contoso.com', '2020-01-01', '$(rm -rf /) @everyone'));
  expect(await proposeExemption(git, github, request)).toMatchObject({ kind: 'refused', pull: null });
  const answer = standIn.state.issues[0]?.comments[0]?.body ?? '';
  expect(answer).toContain('patterns need a pull request');
  expect(answer).toContain('is in the past');
  expect(await repository.findHead('dormant-exemption/1')).toBeNull();
});

it('neither an answer that looks like ours nor a pull request from its branch is taken over', async () => {
  await fileRequest(there, form('ana@contoso.com', '2027-03-31', 'Leave'));
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
  await fileRequest(there, form('ana@contoso.com', '2027-03-31', 'x"\n- account: "*" # $(id) @here <b>\n: &a *a'));
  await proposeExemption(git, github, request);
  const text = (await repository.read('dormant-exemption/1', 'exemptions.yaml')) ?? '';
  expect(text.match(/- account:/g)).toHaveLength(1 + (text.match(/reason:.*- account:/g) ?? []).length);
  expect(standIn.state.issues[1]?.body).not.toMatch(/@here|<b>/);
});

describe('exemptions.yaml has changed on main', () => {
  // Issue 1 has pull request 2, issue 3 has pull request 4.
  beforeEach(() => askFor(there, 'ana@contoso.com'));

  it('every other request is read again, however many issues are open, and can be merged', async () => {
    await askFor(there, 'bo@contoso.com');
    const others = Array.from({ length: 100 }, () => ({ title: 'Something else' }));
    await Promise.all(others.map((other) => manager.request('POST /repos/{owner}/{repo}/issues', other)));
    await mergePull(there, 2);
    await expect(mergePull(there, 4)).rejects.toThrow('merge conflicts');
    expect(await refresh(there)).toMatchObject([{ issue: 3, kind: 'proposed', pull: { number: 4 } }]);
    await mergePull(there, 4);
    expect(await listAccounts(there, 'main')).toEqual(['ana', 'bo']);
    expect(listComments(there)).toHaveLength(1);
  });
});
