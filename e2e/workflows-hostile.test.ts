import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { renderAccountFile } from './workflow-run/account-file.fixture.ts';
import { aWorld, type WorkflowWorld } from './workflow-run/workflow-world.fixture.ts';

// Malicious pull requests by somebody who may push a branch. Main's own code stops each of them, with a reason.

let world: WorkflowWorld;
let branch = 0;

beforeAll(async () => {
  const people = [{ kind: 'ana', inactiveDays: 143, userPrincipalName: 'ana.reyes@contoso.com' }];
  world = await aWorld({ users: 0, people, stacks: ['contoso'] });
});
afterAll(() => world.close());

beforeEach(() => {
  world.standIn.state.dispatches.length = 0;
});

const anaPath = 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml';
const ana = (jobTitle = 'Clerk') => renderAccountFile(world.tenant, { kind: 'ana', stage: 'notify', jobTitle });

interface More {
  /** Symbolic links: path to target. */
  links?: Record<string, string>;
  /** The owner of the repository that the branch is in. */
  owner?: string;
}

/** Pushes `files` as a branch and opens its pull request; returns the number. */
async function openPull(files: Record<string, string>, { links = {}, owner = 'contoso' }: More = {}): Promise<number> {
  const head = `hostile-${++branch}`;
  const { clone } = world;
  await clone.run(['checkout', '--quiet', '-B', head, 'origin/main']);
  const root = await clone.run(['rev-parse', '--show-toplevel']);
  for (const [path, text] of Object.entries({ ...files, ...links })) {
    const place = join(root, path);
    await mkdir(dirname(place), { recursive: true });
    await rm(place, { force: true });
    await (path in links ? symlink(text, place) : writeFile(place, text));
  }
  await clone.run(['add', '--all', '--force', ...Object.keys(files), ...Object.keys(links)]);
  await clone.run(['commit', '--quiet', '--message=Nothing to see']);
  await clone.run(['push', '--quiet', 'origin', head]);
  const { data } = await world.reviewer.request('POST /repos/{owner}/{repo}/pulls', {
    ...{ title: 'Tidy up', head: `${owner}:${head}`, base: 'main' },
  });
  expect(data.state).toBe('open');
  return data.number;
}

/**
 * Opens the pull request and runs its check, by its number, as the pull request’s own workflow may ask for it or not; returns that
 * check’s log and end, and what its status and its comment say.
 */
async function checked(files: Record<string, string>, more: More = {}) {
  const number = await openPull(files, more);
  const event = await world.buildPullRequestEvent(number);
  const jobs = await world.run('review.yml', { name: 'workflow_dispatch', inputs: { pull: String(number) } });
  const check = jobs.find(({ id }) => id === 'check');
  const step = check?.steps.find(({ name }) => name === 'Check');
  const status = world.standIn.state.statuses.findLast(({ context }) => context === 'dormant/check');
  expect(status?.sha).toBe(event.checkedCommit);
  const pull = world.standIn.state.issues.find((issue) => issue.number === number);
  const problems = pull?.comments.map(({ body }) => body.replaceAll('\u200B', '')).join('\n') ?? '';
  return {
    ...{ conclusion: check?.conclusion, log: stripVTControlCharacters(step?.log ?? '') },
    ...{ status: status?.state, problems },
  };
}

it('a person’s file alone passes', async () => {
  const { conclusion, log, status } = await checked({ [anaPath]: ana() });
  expect(log).toContain('contoso: no problems.');
  expect([conclusion, status]).toEqual(['success', 'success']);
});

const mixed =
  'changes together with account files; code, workflows, schemas and policy need a pull request of their own';

it('code, a workflow, a schema and the policy stop a person’s file that they come with, by code that is on main', async () => {
  const others = {
    'cli/dormant.ts': 'process.exit(0);\n',
    '.github/workflows/review.yml': 'on: push\njobs: {}\n',
    'policy/schemas/account.schema.json': '{}\n',
    'policy/policy.yaml': 'inactiveAfterDays: 1\n',
  };
  const { conclusion, log, status } = await checked({ [anaPath]: ana('Chief Executive Officer'), ...others });
  expect([conclusion, status]).toEqual(['failure', 'failure']);
  for (const path of Object.keys(others)) expect(log).toContain(`${path}:1:1: ${mixed}`);
});

it('a protected account that is smuggled in is named with what protects it, and not in the log', async () => {
  const { conclusion, log, problems } = await checked({ [anaPath]: ana('Chief Executive Officer') });
  expect(conclusion).toBe('failure');
  expect(problems).toContain('stage: notify is not allowed for a protected account');
  expect(problems).toContain(`\`${anaPath}\`, line`);
  expect(log).toMatch(
    /^::error title=protected-account::The stage goes forward for an account that policy.yaml protects/m,
  );
  expect(log).not.toMatch(/@contoso/);
});

it('an account that skips the weeks in which people may object is stopped', async () => {
  const { problems } = await checked({ [anaPath]: renderAccountFile(world.tenant, { kind: 'ana', stage: 'disable' }) });
  expect(problems).toContain('stage: found disable after no file, allowed: notify, keep');
});

it('a stack whose name climbs out of its folder is none', async () => {
  const tenant = await world.clone.run(['show', 'main:stacks/contoso/tenant.yaml']);
  const { conclusion, log } = await checked({ 'stacks/a..b/tenant.yaml': tenant });
  expect(conclusion).toBe('failure');
  expect(log).toContain(`"a..b" is not a stack's name`);
});

const inAccounts = (name: string) => `stacks/contoso/accounts/${name}.yaml`;

it('a file of anchors that multiply is refused at the first of them', async () => {
  const bomb = Array.from({ length: 9 }, (_, at) =>
    at === 0
      ? 'a0: &a0 [x]'
      : `a${at}: &a${at} [${Array(9)
          .fill(`*a${at - 1}`)
          .join(', ')}]`,
  );
  const { conclusion, problems } = await checked({ [inAccounts('ana')]: `${bomb.join('\n')}\n` });
  expect(conclusion).toBe('failure');
  expect(problems).toContain('line 1, column 9: an anchor is not allowed here; write the value out');
});

it('a link out of the repository is not followed, 50 MB are not read, and what commands write has no place', async () => {
  const files = {
    [inAccounts('huge')]: `# ${'x'.repeat(50 * 1024 * 1024)}\n`,
    'out/.engine/contoso/Pulumi.contoso.yaml': 'config: {}\n',
  };
  const links = { [inAccounts('link')]: '../../../../../../etc/passwd' };
  const { conclusion, problems } = await checked(files, { links });
  expect(conclusion).toBe('failure');
  const refused = {
    [inAccounts('huge')]: 'is larger than 1024 kB, which nothing in this repository needs to be',
    [inAccounts('link')]: 'is a link or a submodule; only plain files are allowed',
    'out/.engine/contoso/Pulumi.contoso.yaml': 'lies where commands write; take it out',
  };
  for (const [path, why] of Object.entries(refused))
    expect(problems).toContain(`\`${path}\`, line 1, column 1: ${why}`);
});
