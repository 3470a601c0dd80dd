import { afterAll, beforeAll, expect, it } from 'vitest';
import { aWorld, type WorkflowWorld } from './workflow-run/workflow-world.fixture.ts';

// Workflows that people start: the form to keep an account, and the doctor.

let world: WorkflowWorld;

beforeAll(async () => {
  world = await aWorld({ users: 0, stacks: ['contoso'] });
});
afterAll(() => world.close());

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

it('the doctor sees the stack as the audit does, and its log names nobody', async () => {
  const inputs = { stack: 'contoso' };
  const [job] = await world.run('doctor.yml', { name: 'workflow_dispatch', payload: {}, inputs });
  const log = job?.steps.map((step) => step.log).join('\n') ?? '';
  expect(job?.environment).toBe('contoso-audit');
  expect(log).toMatch(/sign.?in/i);
  expect(log).not.toMatch(/@contoso\.com/);
});
