import { type ARepository, actionsIdentity, type GitHubStandIn, reviewerIdentity } from '@dormant-m365/emulator/github';
import { beforeEach, expect, it } from 'vitest';
import { aGitHub } from '../../forge/github/git-hub.fixture.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { InvalidInput } from '../../policy/errors.ts';
import { buildBrokenRun } from '../../stacks/record/broken-run.ts';
import { type Changes, renderChangesComment } from '../../stacks/record/changes-comment.ts';
import { updateApplyIssue, updateLostIssue } from './apply-issue.ts';
import { updateKeyIssue } from './key-issue.ts';
import { publishPreview } from './publish-preview.ts';

let repository: ARepository;
let standIn: GitHubStandIn;
let github: GitHub;

beforeEach(async () => {
  const { connect, ...started } = await aGitHub({ identities: [actionsIdentity, reviewerIdentity] });
  ({ repository, standIn } = started);
  github = connect(actionsIdentity);
});

const nothing = { ...buildBrokenRun('contoso', 'preview', ''), stopped: null };
const ana = { displayName: 'Ana Reyes', userPrincipalName: 'ana.reyes@contoso.com' };
const bo = { displayName: 'Bo Li', userPrincipalName: 'bo.li@contoso.com' };
const disabling = (...people: (typeof ana)[]): Changes => ({
  ...nothing,
  disabled: people.map((person) => ({ ...person, mailbox: 'shared' as const })),
});

async function aReview() {
  await repository.commit('disable-ana', { 'stacks/contoso/accounts/ana.yaml': 'stage: disable\n' });
  await github.request('POST /repos/{owner}/{repo}/pulls', {
    ...{ title: 'Disable Ana', head: 'disable-ana', base: 'main' },
  });
  return { github, pull: 1, repo: await repository.clone() };
}

const comments = () => standIn.state.issues.flatMap((issue) => issue.comments.map(({ body }) => body));

it('a preview is one comment and one line among the checks; the next one says first what is new', async () => {
  const review = await aReview();
  await publishPreview(review, disabling(ana), false);
  await publishPreview(review, disabling(ana, bo), false);
  expect(comments()).toEqual([
    expect.stringMatching(/#### New since the last time\n\n- 1 is new: Bo Li.*Sign-in blocked: 2/s),
  ]);
  expect(standIn.state.statuses).toMatchObject([
    { context: 'preview contoso', state: 'success', sha: await repository.findHead('disable-ana') },
    { context: 'preview contoso', state: 'success' },
  ]);
});

it('a preview that says the same again leaves its comment alone', async () => {
  const review = await aReview();
  await publishPreview(review, disabling(ana), false);
  const before = comments();
  await publishPreview(review, disabling(ana), false);
  expect(comments()).toEqual(before);
});

it('a preview that failed says so where the result would stand', async () => {
  const problem = {
    path: 'stacks/contoso/accounts/ana.yaml',
    line: 3,
    column: 1,
    code: 'schema' as const,
    message: 'lacks "stage"',
  };
  const broken = buildBrokenRun('contoso', 'preview', new InvalidInput([problem]));
  await publishPreview(await aReview(), broken, true);
  expect(comments()).toEqual([expect.stringMatching(/Nothing is done:.*ana\.yaml/)]);
  expect(standIn.state.statuses).toMatchObject([{ state: 'error' }]);
});

it('an account that would be refused makes the check red', async () => {
  const refused = [{ ...bo, because: 'signed in on 6 December' }];
  await publishPreview(await aReview(), { ...disabling(ana), refused }, false);
  expect(standIn.state.statuses).toMatchObject([
    { state: 'failure', description: expect.stringContaining('1 refused') },
  ]);
});

it('what an apply could not do is one issue with a comment for each further run, which the next clean run closes', async () => {
  const owners = '/stacks/contoso/ @riley @contoso/identity\n';
  await repository.commit('main', { '.github/CODEOWNERS': owners });
  const repo = await repository.clone();
  const refused = [{ ...bo, because: 'signed in' }];
  const applied = { repo, needsPerson: true, changes: { ...disabling(ana), mode: 'apply' as const, refused } };
  await updateApplyIssue(github, applied);
  expect(comments()).toEqual([]);
  await updateApplyIssue(github, applied);
  await updateApplyIssue(github, applied);
  expect(standIn.state.issues).toMatchObject([
    { state: 'open', title: 'The apply of contoso needs a person', labels: ['dormant'] },
  ]);
  expect(standIn.state.issues[0]?.body).toMatch(/Refused: 1.*@riley @.*\/identity: Fix what/s);
  const news = expect.stringMatching(/^@riley @.*\/identity: Another run needs a person: 1 refusal\./);
  expect(comments()).toEqual([news, news]);
  expect(comments().join()).not.toContain('bo.li');
  await updateApplyIssue(github, { repo, changes: { ...nothing, mode: 'apply' }, needsPerson: false });
  expect(standIn.state.issues).toMatchObject([{ state: 'closed' }]);
});

it('an apply that never came is told to the owners each week, until nothing is missing', async () => {
  await repository.commit('main', { '.github/CODEOWNERS': '/stacks/contoso/ @riley\n' });
  const lost = { repo: await repository.clone(), stack: 'contoso', text: 'No apply has gone through 1234567 of main.' };
  await updateLostIssue(github, lost);
  await updateLostIssue(github, lost);
  const [issue] = standIn.state.issues;
  expect(issue).toMatchObject({ state: 'open', title: 'Not all that was merged is applied in contoso' });
  const news = expect.stringContaining('@riley: No apply has gone through 1234567 of main.');
  expect([issue?.body, ...comments()]).toEqual([news, news]);
  await updateLostIssue(github, { ...lost, text: null });
  expect(standIn.state.issues).toMatchObject([{ state: 'closed' }]);
});

it('a clean apply opens no issue', async () => {
  const changes = { ...disabling(ana), mode: 'apply' as const };
  await updateApplyIssue(github, { repo: await repository.clone(), changes, needsPerson: false });
  expect(standIn.state.issues).toEqual([]);
});

it('a fault of the engine is told by its first line only', () => {
  const fault = new Error(`could not read plugin\n${'noise\n'.repeat(1000)}`);
  expect(renderChangesComment(buildBrokenRun('contoso', 'apply', fault))).not.toContain('noise');
});

it('a mail that may have arrived before is told to be perhaps the second', () => {
  const mail = { to: 'lee.park@contoso.com', kind: 'notice' as const, about: ['Ana Reyes'] };
  const text = (mayBeSecond: boolean) =>
    renderChangesComment({ ...nothing, mode: 'apply', mailed: [{ ...mail, mayBeSecond }] });
  expect(text(true)).toContain('notice, perhaps for the second time');
  expect(text(false)).not.toContain('second');
});

it('a key that no apply has seen before is named to its owners in one issue, which is closed once its word counts', async () => {
  const owners = 'stacks/*/tenant.yaml @riley @contoso/identity\n';
  await repository.commit('main', { '.github/CODEOWNERS': owners });
  const news = { repo: await repository.clone(), stack: 'contoso' };
  const newWitnesses = [{ what: 'the key 2027-01', trustedOn: '2026-12-14' }];
  await updateKeyIssue(github, { ...news, newWitnesses });
  await updateKeyIssue(github, { ...news, newWitnesses });
  const [issue, ...others] = standIn.state.issues;
  expect(others).toEqual([]);
  expect(issue).toMatchObject({ title: 'contoso: a new key signs the facts', state: 'open' });
  expect(issue?.body).toMatch(/@riley .*@.*\/identity: `tenant.yaml` names .*the key 2027-01: counts from 2026-12-14/s);
  await updateKeyIssue(github, { ...news, newWitnesses: [] });
  expect(standIn.state.issues).toMatchObject([{ state: 'closed' }]);
});
