import {
  type ARepository,
  actionsIdentity,
  addComment,
  appIdentity,
  type GitHubStandIn,
  reviewerIdentity,
} from '@dormant-m365/emulator/github';
import { beforeEach, describe, expect, it } from 'vitest';
import { announceFailedAudit, announceSuccessfulAudit } from '../../audit/proposal/failed-audit.ts';
import { upsertComment } from './comment.ts';
import { readHeadCommit, setCommitStatus } from './commit-status.ts';
import { dispatchWorkflow, parseWorkflowInputs } from './dispatch.ts';
import { type AGitHub, aGitHub } from './git-hub.fixture.ts';
import { connectGitHub, type GitHub } from './github.ts';
import { closeIssue, upsertIssue } from './issue.ts';

let repository: ARepository;
let standIn: GitHubStandIn;
let github: GitHub;
let connect: AGitHub['connect'];

beforeEach(async () => {
  ({ repository, standIn, connect } = await aGitHub({
    files: { '.github/workflows/review.yml': 'name: Review\n' },
    identities: [appIdentity, actionsIdentity, reviewerIdentity],
  }));
  github = connect();
});

async function openPull(branch = 'dormant/contoso'): Promise<number> {
  await repository.commit(branch, { 'a.txt': branch });
  const parameters = { title: 'Proposal', head: branch, base: 'main' };
  await github.request('POST /repos/{owner}/{repo}/pulls', parameters);
  return standIn.state.issues.length;
}

const say = (number: number, body: string, who = appIdentity) =>
  connect(who).request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { issue_number: number, body });
const deleteComments = async (number: number) => standIn.state.issues[number - 1]?.comments.splice(0);
/** Other people's comments, without the requests. */
function chatter(number: number, count: number): void {
  const issue = standIn.state.issues[number - 1];
  for (let n = 0; issue && n < count; n++) addComment(standIn.state, issue, { login: 'ana', body: `Comment ${n}` });
}

const commentsOf = (number: number) => standIn.state.issues[number - 1]?.comments ?? [];
const table = (...people: string[]) =>
  `### Disabled\n\n| Person | What |\n| --- | --- |\n${people.map((name) => `| ${name} | disabled |`).join('\n')}\n`;

describe('the owned comment', () => {
  const upsert = (number: number, content: string, more = {}) =>
    upsertComment(github, {
      number,
      key: 'preview contoso',
      render: (news) => [...news.map((sentence) => `- ${sentence}`), content].join('\n'),
      ...more,
    });

  it('is found again behind more than a page of other people’s comments, and updated in place', async () => {
    const number = await openPull();
    chatter(number, 60);
    expect((await upsert(number, table('Ana', 'Bo'))).outcome).toBe('created');
    chatter(number, 60);
    expect((await upsert(number, table('Ana', 'Cy'))).outcome).toBe('updated');
    const owned = commentsOf(number).filter(({ body }) => body.includes('### Disabled'));
    expect(owned).toHaveLength(1);
    expect(owned[0]?.body).toContain('- 1 is new: Cy.\n- 1 is no longer listed: Bo.\n### Disabled');
  });

  it('is quiet when nothing but the run has changed', async () => {
    const number = await openPull();
    const link = (run: number) => `${table('Ana')}\n[run](https://github.com/contoso/dormant/actions/runs/${run})`;
    await upsert(number, link(1));
    const writes = standIn.listWrites().length;
    expect((await upsert(number, link(2))).outcome).toBe('unchanged');
    expect(standIn.listWrites()).toHaveLength(writes);
  });

  it('is one per key, and nobody else’s comment that quotes it', async () => {
    const number = await openPull();
    await upsert(number, table('Ana'));
    await say(number, `> ${commentsOf(number)[0]?.body ?? ''}`);
    await upsert(number, table('Bo'), { key: 'preview fabrikam' });
    await upsert(number, table('Cy'));
    expect(commentsOf(number)).toHaveLength(3);
    expect(commentsOf(number)[0]?.body).toContain('Cy');
  });

  it('is never a stranger’s with the same first line: theirs stays as it is, and ours stands beside it', async () => {
    const number = await openPull();
    await upsert(number, table('Ana'));
    const ours = commentsOf(number)[0]?.body ?? '';
    await deleteComments(number);
    await say(number, ours.replace('Ana', 'Nobody'), reviewerIdentity);
    expect((await upsert(number, table('Ana'), { onlyIfPresent: true })).outcome).toBe('absent');
    expect((await upsert(number, table('Ana'))).outcome).toBe('created');
    expect((await upsert(number, table('Bo'))).outcome).toBe('updated');
    expect(commentsOf(number).map(({ login, body }) => [login, /\w+(?= \| disabled)/.exec(body)?.[0]])).toEqual([
      ['ana', 'Nobody'],
      ['dormant-app[bot]', 'Bo'],
    ]);
  });

  it('is begun anew by a GitHub App where the workflow’s own token has written before', async () => {
    github = connect(actionsIdentity);
    const number = await openPull();
    await upsert(number, table('Ana'));
    github = connect();
    expect((await upsert(number, table('Ana'))).outcome).toBe('created');
    expect((await upsert(number, table('Ana'))).outcome).toBe('unchanged');
  });

  it('keeps its ticks', async () => {
    const number = await openPull();
    await upsert(number, '- [ ] HR has looked at it\n\nAccounts: 1');
    const [comment] = commentsOf(number);
    if (comment) comment.body = comment.body.replace('[ ]', '[x]');
    await upsert(number, '- [ ] HR has looked at it\n\nAccounts: 2');
    expect(comment?.body).toMatch(/\[x\] HR.*Accounts: 2/s);
  });

  it('is cut between two rows with a link before GitHub’s limit', async () => {
    const number = await openPull();
    const people = Array.from({ length: 4000 }, (_, n) => `Person number ${n}`);
    await upsert(number, table(...people), {
      artifactUrl: 'https://github.com/contoso/dormant/actions/runs/1',
    });
    const body = commentsOf(number)[0]?.body ?? '';
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body.length).toBeGreaterThan(60_000);
    expect(body).toMatch(/\| disabled \|\n\n\n_Cut at GitHub’s limit: .*actions\/runs\/1\)\._$/);
  });
});

describe('the owned issue', () => {
  const issue = { key: 'apply contoso', title: 'Apply of contoso', labels: ['dormant'] };

  it('is opened once, updated while it is open, closed by a clean run, and opened anew after that', async () => {
    expect(await upsertIssue(github, { ...issue, body: 'Ana refused' })).toMatchObject({ outcome: 'opened' });
    expect(await upsertIssue(github, { ...issue, body: 'Ana refused' })).toMatchObject({
      outcome: 'unchanged',
    });
    expect(await upsertIssue(github, { ...issue, body: 'Bo failed' })).toMatchObject({ outcome: 'updated' });
    expect(standIn.state.issues).toHaveLength(1);
    const close = () => closeIssue(github, { ...issue, comment: 'Clean.' });
    expect(await close()).toMatchObject({ outcome: 'closed', number: 1 });
    expect(await close()).toMatchObject({ outcome: 'absent' });
    expect(await upsertIssue(github, { ...issue, body: 'Cy failed' })).toMatchObject({
      outcome: 'opened',
      number: 2,
    });
  });
});

describe('a stranger’s issue that looks like ours', () => {
  const issue = { key: 'apply contoso', title: 'Apply of contoso', labels: ['dormant'] };

  it('is not continued, and not closed', async () => {
    await upsertIssue(github, { ...issue, body: 'Ana refused' });
    const [ours] = standIn.state.issues.splice(0);
    const { title, labels } = issue;
    await connect(reviewerIdentity).request('POST /repos/{owner}/{repo}/issues', {
      title,
      labels,
      body: ours?.body ?? '',
    });
    expect(await closeIssue(github, { ...issue, comment: 'Clean.' })).toMatchObject({ outcome: 'absent' });
    const result = await upsertIssue(github, { ...issue, body: 'Ana refused', news: 'Again.' });
    expect(result).toMatchObject({ outcome: 'opened', number: 2 });
    expect(standIn.state.issues[0]).toMatchObject({ state: 'open', comments: [] });
  });
});

describe('a failed audit', () => {
  const failed = {
    ...{ stack: 'contoso', reason: 'The usage report is 9 days old.', remedy: 'Wait a day.' },
    owners: '@riley @contoso/identity: ',
  };

  it('is not told on a fork’s pull request from a branch of the same name', async () => {
    const number = await openPull();
    const { pull } = standIn.state.issues[number - 1] ?? {};
    if (pull) pull.headRepository = 'mallory/dormant';
    await announceFailedAudit(github, failed);
    expect(commentsOf(number)).toEqual([]);
  });

  it('is told on the open proposal, and taken back there by the next good one', async () => {
    const number = await openPull();
    await openPull('dormant/contoso-eu');
    await announceFailedAudit(github, failed);
    expect(commentsOf(number)[0]?.body).toContain('The usage report is 9 days old.');
    expect(commentsOf(number + 1)).toEqual([]);
    await announceSuccessfulAudit(github, 'contoso');
    expect(commentsOf(number)).toHaveLength(1);
    expect(commentsOf(number)[0]?.body).toContain('went through');
  });

  it.each([
    ['no proposal', 0],
    ['a proposal', 1],
  ])(
    'is an issue where %s is open: each further one is a new comment to its owners, and the next good one closes it',
    async (_what, pulls) => {
      for (let n = 0; n < pulls; n++) await openPull();
      await announceFailedAudit(github, failed);
      await announceFailedAudit(github, failed);
      const issue = standIn.state.issues[pulls];
      expect(issue).toMatchObject({ title: 'The audit of contoso fails', state: 'open' });
      expect(issue?.body).toContain('@riley @contoso/identity: ');
      const again = expect.stringMatching(/^@riley @contoso\/identity: It failed again/);
      expect(issue?.comments.map(({ body }) => body)).toEqual([again]);
      await announceSuccessfulAudit(github, 'contoso');
      expect(issue?.state).toBe('closed');
    },
  );
});

it('a status stands at the commit that was checked, cut at GitHub’s length', async () => {
  const pull = await openPull();
  const sha = await readHeadCommit(github, pull);
  const status = {
    sha,
    context: 'preview contoso',
    state: 'success',
    description: 'x'.repeat(200),
  } as const;
  await setCommitStatus(github, status);
  expect(standIn.state.statuses).toMatchObject([
    {
      sha: await repository.findHead('dormant/contoso'),
      context: 'preview contoso',
      description: 'x'.repeat(140),
    },
  ]);
});

it('a workflow is started on the default branch, with text for inputs', async () => {
  await dispatchWorkflow(github, 'review.yml', parseWorkflowInputs(['pull=12', 'note=a=b']));
  expect(standIn.state.dispatches).toEqual([
    { workflow: 'review.yml', ref: 'main', inputs: { pull: '12', note: 'a=b' } },
  ]);
  expect(() => parseWorkflowInputs(['pull 12'])).toThrow(/name=value/);
});

it('a refusal is a sentence with what was asked, the reasons, and what to do', async () => {
  const long = { title: 'x', body: 'x'.repeat(65_537) };
  await expect(github.request('POST /repos/{owner}/{repo}/issues', long)).rejects.toMatchObject({
    code: 'github-refused',
    message: expect.stringMatching(/422 to POST .*issues: Validation Failed body is too long/),
  });
  const stranger = connectGitHub({ token: 'x', repository: 'contoso/dormant', apiUrl: standIn.url });
  await expect(stranger.listAll('GET /repos/{owner}/{repo}/pulls')).rejects.toMatchObject({
    code: 'github-refused',
    remedy: expect.stringContaining('GITHUB_TOKEN'),
  });
});

it('a gateway that fails once is asked again', async () => {
  standIn.faults.add({ path: /\/issues$/, times: 1, fault: { kind: 'status', status: 502 } });
  expect(await github.listAll('GET /repos/{owner}/{repo}/issues')).toEqual([]);
});
