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

it.each([
  ['code', 'cli/dormant.ts', 'process.exit(0);\n'],
  ['a workflow', '.github/workflows/review.yml', 'on: push\njobs: {}\n'],
  ['a schema', 'policy/schemas/account.schema.json', '{}\n'],
  ['the policy', 'policy/policy.yaml', 'inactiveAfterDays: 1\n'],
])('%s that comes with a person’s file stops it, by code that is on main', async (_what, path, text) => {
  const { conclusion, log, status } = await checked({ [anaPath]: ana('Chief Executive Officer'), [path]: text });
  expect([conclusion, status]).toEqual(['failure', 'failure']);
  expect(log).toContain(`${path}:1:1: ${mixed}`);
});

it('a protected account that is smuggled in is named with what protects it', async () => {
  const { conclusion, log, problems } = await checked({ [anaPath]: ana('Chief Executive Officer') });
  expect(conclusion).toBe('failure');
  expect(problems).toContain('stage: notify is not allowed for a protected account');
  expect(problems).toContain(`\`${anaPath}\`, line`);
  expect(log).toMatch(
    /^::error title=protected-account::The stage goes forward for an account that policy.yaml protects/m,
  );
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

it('a link that points out of the repository is not followed', async () => {
  const { conclusion, problems } = await checked({}, { links: { [anaPath]: '../../../../../../etc/passwd' } });
  expect(conclusion).toBe('failure');
  expect(problems).toContain('is a link or a submodule; only plain files are allowed');
});

it('a file of anchors that multiply is refused at the first of them', async () => {
  const bomb = Array.from({ length: 9 }, (_, at) =>
    at === 0
      ? 'a0: &a0 [x]'
      : `a${at}: &a${at} [${Array(9)
          .fill(`*a${at - 1}`)
          .join(', ')}]`,
  );
  const { conclusion, problems } = await checked({ [anaPath]: `${bomb.join('\n')}\n` });
  expect(conclusion).toBe('failure');
  expect(problems).toContain(`\`${anaPath}\`, line 1, column 9: an anchor is not allowed here; write the value out`);
});

it('a file of 50 MB is refused unread', async () => {
  const { conclusion, problems } = await checked({ [anaPath]: `# ${'x'.repeat(50 * 1024 * 1024)}\n` });
  expect(conclusion).toBe('failure');
  expect(problems).toContain('is larger than 1024 kB, which nothing in this repository needs to be');
});

it('what commands write has no place in a pull request', async () => {
  const { conclusion, log } = await checked({ 'out/.engine/contoso/Pulumi.contoso.yaml': 'config: {}\n' });
  expect(conclusion).toBe('failure');
  expect(log).toContain('lies where commands write; take it out');
});

it('nobody’s address is in an annotation', async () => {
  const { log } = await checked({ [anaPath]: ana('Chief Executive Officer') });
  const annotations = log.split('\n').filter((line) => line.startsWith('::error'));
  expect(annotations).not.toEqual([]);
  for (const line of annotations) expect(line).not.toMatch(/@contoso/);
});
