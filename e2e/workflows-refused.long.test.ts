import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toUtcDay } from '../policy/evidence.ts';
import { aSigning } from '../policy/signing/signing.fixture.ts';
import { writeKnownSigning } from '../stacks/engine/known-signing.fixture.ts';
import { renderAccountFile, renderFormerFiles } from './workflow-run/account-file.fixture.ts';
import { longAgo } from './workflow-run/adopt-repository.fixture.ts';
import { aWorld, type WorkflowWorld } from './workflow-run/workflow-world.fixture.ts';

// A person comes back between review and merge: the apply leaves them alone, goes on with the others, and says so.

let world: WorkflowWorld;

beforeAll(async () => {
  const people = [
    { kind: 'ana', inactiveDays: 143, userPrincipalName: 'ana.reyes@contoso.com' },
    { kind: 'bo', inactiveDays: 1, userPrincipalName: 'bo.li@contoso.com' },
  ];
  world = await aWorld({ users: 150, people, stacks: ['contoso', 'fabrikam'], broken: ['fabrikam'] });
  const { clock } = world.tenant.tenant;
  const known = { commit: await world.readHead(), signing: aSigning(), today: toUtcDay(new Date(clock.now())) };
  for (const stack of ['contoso', 'fabrikam'])
    await writeKnownSigning(join(world.folder, 'state'), { stack, ...known });
});
afterAll(() => world.close());

const fileOf = (stack: string, kind: string) => `stacks/${stack}/accounts/${kind}.yaml`;

/** Puts files on main as a merge would, and runs the workflows that GitHub starts then. */
async function merged(files: Record<string, string | null>) {
  const { clone } = world;
  const before = await world.readHead();
  await commit(files);
  await clone.run(['push', '--quiet', 'origin', 'main']);
  return world.run('apply.yml', await world.buildPushEvent(before));
}

async function commit(files: Record<string, string | null>, env: NodeJS.ProcessEnv = {}): Promise<void> {
  const { clone } = world;
  const root = await clone.run(['rev-parse', '--show-toplevel']);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    if (text === null) await clone.run(['rm', '--quiet', path]);
    else await writeFile(join(root, path), text);
  }
  await clone.run(['add', '--all']);
  await execa('git', ['-C', root, 'commit', '--quiet', '--message=Merge'], { env });
}

/** What main had of them in the weeks before, which nobody has applied. */
async function commitFormerFiles(people: readonly { kind: string; stack: string }[]): Promise<void> {
  const texts = people.map((person) => renderFormerFiles(world.tenant, { ...person, stage: 'disable' }));
  for (const week of texts[0]?.keys() ?? []) {
    const entries = people.map(({ kind, stack }, at) => [fileOf(stack, kind), texts[at]?.[week] ?? null] as const);
    await commit(Object.fromEntries(entries), { GIT_COMMITTER_DATE: longAgo });
  }
}

const issues = () => world.standIn.state.issues.map(({ title, state }) => `${title}: ${state}`);

it('who came back is refused, the other is disabled, and the failing stack harms neither', async () => {
  const three = [
    { kind: 'ana', stack: 'contoso' },
    { kind: 'bo', stack: 'contoso' },
    { kind: 'ana', stack: 'fabrikam' },
  ];
  await commitFormerFiles(three);
  const jobs = await merged({
    [fileOf('contoso', 'ana')]: renderAccountFile(world.tenant, { kind: 'ana', stage: 'disable' }),
    [fileOf('contoso', 'bo')]: renderAccountFile(world.tenant, { kind: 'bo', stage: 'disable' }),
    [fileOf('fabrikam', 'ana')]: renderAccountFile(world.tenant, { kind: 'ana', stage: 'disable', stack: 'fabrikam' }),
  });
  expect(jobs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
    ['Find the stacks', 'success'],
    ['contoso', 'failure'],
    ['fabrikam', 'failure'],
    ['Tell of a run that failed', 'success'],
  ]);
  expect(world.tenant.getState('ana')).toMatchObject({
    accountEnabled: false,
    mailbox: { type: 'SharedMailbox' },
  });
  expect(world.tenant.getState('bo')).toMatchObject({ accountEnabled: true });
  expect(issues()).toEqual([
    'The apply of contoso needs a person: open',
    'The apply of fabrikam needs a person: open',
    'The workflow Apply fails: open',
  ]);
  const [contoso] = world.standIn.state.issues;
  expect(contoso?.body).toContain('bo.li@contoso.com');
  const [, job] = jobs;
  expect(job?.summary).toContain('**1** refused');
  expect(job?.summary).toContain('stands in the artifact `apply-contoso` of this run');
  expect(job?.summary).not.toMatch(/@contoso\.com/);
  expect(job?.steps.map(({ log }) => log).join('\n')).not.toMatch(/@contoso\.com/);
});

it('a veto for who came back makes the next apply clean, and closes the issue of that stack', async () => {
  const veto = renderAccountFile(world.tenant, { kind: 'bo', stage: 'keep' });
  const jobs = await merged({ [fileOf('contoso', 'bo')]: veto });
  expect(jobs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
    ['Find the stacks', 'success'],
    ['contoso', 'success'],
    ['Tell of a run that failed', 'success'],
  ]);
  expect(issues()).toEqual([
    'The apply of contoso needs a person: closed',
    'The apply of fabrikam needs a person: open',
    // It named fabrikam, too, of which this run says nothing.
    'The workflow Apply fails: open',
  ]);
});

it('no apply runs where everybody could read about these people', async () => {
  world.standIn.state.settings.private = false;
  const jobs = await merged({ [fileOf('contoso', 'bo')]: null });
  const apply = jobs.find(({ id }) => id === 'apply');
  expect(apply?.conclusion).toBe('failure');
  expect(apply?.steps.map(({ log }) => log).join('\n')).toContain('contoso/dormant is public.');
});
