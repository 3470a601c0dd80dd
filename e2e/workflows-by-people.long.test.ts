import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appIdentity } from '@dormant-m365/emulator/github';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { renderAccountFile, renderFormerFiles } from './workflow-run/account-file.fixture.ts';
import { longAgo } from './workflow-run/adopt-repository.fixture.ts';
import type { JobRun } from './workflow-run/run-workflow.ts';
import { aWorld, failures, type WorkflowWorld } from './workflow-run/workflow-world.fixture.ts';

// Workflows that people start: the forms to keep an account and to give one back, and the doctor.

let world: WorkflowWorld;

beforeAll(async () => {
  const people = [{ kind: 'cy', userPrincipalName: 'cy@contoso.com', displayName: 'Cy Doe', inactiveDays: 143 }];
  world = await aWorld({ users: 0, people, stacks: ['contoso'] });
  const root = await world.clone.run(['rev-parse', '--show-toplevel']);
  await mkdir(join(root, 'stacks/contoso/accounts'), { recursive: true });
  const cy = { kind: 'cy', stage: 'disable' } as const;
  for (const text of [...renderFormerFiles(world.tenant, cy), renderAccountFile(world.tenant, cy)]) {
    await writeFile(join(root, cyPath), text);
    await world.clone.run(['add', '--all']);
    await execa('git', ['-C', root, 'commit', '--quiet', '--message=Weekly'], { env: { GIT_COMMITTER_DATE: longAgo } });
  }
  await world.clone.run(['push', '--quiet', 'origin', 'main']);
});
afterAll(() => world.close());

const cyPath = 'stacks/contoso/accounts/cy@contoso.com.yaml';

async function requestExemption(reason: string, account = 'ana.reyes@contoso.com') {
  const body = `### Account\n\n${account}\n\n### Stack\n\ncontoso\n\n### Keep until\n\n${until}\n\n### Reason\n\n${reason}`;
  const title = 'Exemption: Ana';
  const { data } = await world.reviewer.request('POST /repos/{owner}/{repo}/issues', { title, body });
  const { number } = data;
  const [job] = await world.run('exemption.yml', {
    name: 'issues',
    payload: { issue: { number, title } },
  });
  return { number, job };
}

/** The form is judged on the real day, not on the embedded tenant's. */
const until = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10);

it('a form becomes a pull request on exemptions.yaml; what is written in it is never run', async () => {
  const { number, job } = await requestExemption('Leave; $(exit 1) `exit 1` && exit 1');
  expect(job?.steps.map(({ log }) => log).join('\n')).toContain(`Issue #${number}: proposed in `);
  expect(job?.conclusion).toBe('success');
  const pull = world.standIn.state.issues.find((issue) => issue.pull !== null);
  expect(pull).toMatchObject({ title: expect.stringContaining(`until ${until}`), state: 'open' });
  await world.clone.run(['fetch', '--quiet', 'origin']);
  const text = await world.clone.run(['show', `origin/${pull?.pull?.headRef}:exemptions.yaml`]);
  expect(text).toContain('reason: Leave; $(exit 1) `exit 1` && exit 1');
});

it('after the merge of one exemption a push brings the others up to date, with the rights of the workflow', async () => {
  const { number } = await requestExemption('On leave', 'bo@contoso.com');
  const before = await world.readHead();
  const numbers = world.standIn.state.issues.filter(({ pull }) => pull !== null).map((pull) => pull.number);
  const [first = 0, second = 0] = numbers;
  const merge = (pull: number) =>
    world.reviewer.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { pull_number: pull });
  await merge(first);
  await expect(merge(second)).rejects.toThrow('merge conflicts');
  const [job] = await world.run('exemption.yml', await world.buildPushEvent(before));
  expect(job?.steps.map(({ log }) => log).join('\n')).toContain(`Issue #${number}: proposed in `);
  expect(job?.conclusion).toBe('success');
  await merge(second);
});

it('a form that cannot be an exemption is answered with what to change', async () => {
  const { number, job } = await requestExemption('-');
  expect(job?.conclusion).toBe('success');
  const issue = world.standIn.state.issues.find((one) => one.number === number);
  expect(issue?.comments.map(({ body }) => body).join('\n')).toContain('Give the reason in a sentence.');
});

async function requestGiveBack(account: string, reason: string) {
  const body = `### Account\n\n${account}\n\n### Stack\n\n_No response_\n\n### Reason\n\n${reason}`;
  const title = 'Give back: ';
  const { data } = await world.reviewer.request('POST /repos/{owner}/{repo}/issues', { title, body });
  const { number } = data;
  const [job] = await world.run('give-back.yml', { name: 'issues', payload: { issue: { number, title } } });
  const answers = world.standIn.state.issues.find((one) => one.number === number)?.comments ?? [];
  return { number, job, log: readLog(job), answer: answers.map(({ body: text }) => text).join('\n') };
}

const readLog = (job: JobRun | undefined) => job?.steps.map(({ log }) => log).join('\n') ?? '';

it('a form to give an account back becomes a pull request that has one file of give-back/; what is written in it is never run', async () => {
  const reason = 'Back from leave; $(exit 1) `exit 1` && exit 1';
  const { number, job, log, answer } = await requestGiveBack('Cy Doe', reason);
  expect(failures(job ? [job] : [])).toEqual([]);
  expect(answer).toMatch(/^Pull request #\d+ asks who approves/m);
  expect(log).toContain(`Issue #${number}: proposed in `);
  expect(log).not.toMatch(/cy|doe/i);
  const pull = world.standIn.state.issues.at(-1);
  expect(pull).toMatchObject({ login: appIdentity.login, title: `Give an account back (#${number})` });
  await world.clone.run(['fetch', '--quiet', 'origin']);
  const head = `origin/${pull?.pull?.headRef}`;
  const path = cyPath.replace('/accounts/', '/give-back/');
  expect(await world.clone.run(['diff', '--name-only', 'origin/main', head])).toBe(path);
  expect(await world.clone.run(['show', `${head}:${path}`])).toContain(reason);
});

it('each approval of it is looked at by main, and that of who asked is none', async () => {
  const number = world.standIn.state.issues.at(-1)?.number ?? 0;
  await world.reviewer.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
    ...{ pull_number: number, event: 'APPROVE' },
  });
  const { payload, ...event } = await world.buildPullRequestEvent(number);
  const approved = { ...event, name: 'pull_request_review', payload: { ...payload, action: 'submitted' } };
  expect(failures(await world.deliver(approved))).toEqual([]);
  expect(world.standIn.state.dispatches).toMatchObject([{ workflow: 'review.yml', inputs: { pull: String(number) } }]);
  await world.runDispatched();
  const status = world.standIn.state.statuses.findLast(({ context }) => context === 'dormant/check');
  expect(status).toMatchObject({ state: 'failure', sha: event.checkedCommit });
});

it('a form for somebody whom no stack has is answered, and its log names nobody', async () => {
  const pulls = () => world.standIn.state.issues.filter(({ pull }) => pull !== null).length;
  const before = pulls();
  const { number, job, log, answer } = await requestGiveBack('Nobody Known', 'Back from leave.');
  expect(job?.conclusion).toBe('success');
  expect(log).toContain(`Issue #${number}: answered: 1 problem`);
  expect(log).not.toContain('Nobody Known');
  expect(answer).toContain('Nobody Known');
  expect(pulls()).toBe(before);
});

it('the doctor sees the stack as the audit does, and its log names nobody', async () => {
  const inputs = { stack: 'contoso' };
  const [job] = await world.run('doctor.yml', { name: 'workflow_dispatch', payload: {}, inputs });
  const log = job?.steps.map((step) => step.log).join('\n') ?? '';
  expect(job?.environment).toBe('contoso-audit');
  expect(log).toMatch(/sign.?in/i);
  expect(log).not.toMatch(/@contoso\.com/);
});
