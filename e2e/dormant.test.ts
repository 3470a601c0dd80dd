import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { aSigning } from '../policy/signing/signing.fixture.ts';

/** A repository with these files, and `dormant` as a separate process in it. */
async function aRepository(files: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return (...args: string[]) =>
    execa('node', [join(import.meta.dirname, '../cli/dormant.ts'), ...args], {
      cwd: folder,
      reject: false,
      env: { NO_COLOR: '1', GITHUB_ACTIONS: undefined },
    });
}

const stack = { 'stacks/contoso/tenant.yaml': 'x', 'stacks/contoso/accounts/ana.yaml': 'x' };

test.each([
  [
    'a checkout of Dormant is told of the look, of the story and of init',
    { 'demo/story.ts': '' },
    /yet in this repository\.\n +npx @dormant-m365\/dormant look .*\n +npm start .*\n.* init --new <folder> .*\n.*npx @dormant-m365\/dormant init <stack> .*; docs\/guides\/adopt\.md has/,
  ],
  [
    'a team’s repository is told of init',
    { 'policy/policy.yaml': 'x' },
    /yet in this repository\.\n +npx @dormant-m365\/dormant init <stack> /,
  ],
  [
    'any other folder is told of the look, and how a repository is made',
    {},
    /yet in this repository\.\n +npx @dormant-m365\/dormant look .*\n +npx @dormant-m365\/dormant init --new <folder> /,
  ],
])('without a tenant %s', async (_, files, told) => {
  const dormant = await aRepository(files);
  const { stdout } = await dormant();
  expect(stdout).toContain('No tenant yet');
  expect(stdout).toMatch(told);
});

test('a stack that was audited here is to be proposed next; one that was not, to be audited', async () => {
  const dormant = await aRepository(stack);
  const before = JSON.parse((await dormant('--json')).stdout);
  expect(before.stacks).toMatchObject([{ stack: 'contoso', accounts: 1, auditedOn: null }]);
  expect(before.next[0].run).toBe('npx @dormant-m365/dormant audit contoso');

  const audited = await aRepository({
    ...stack,
    'out/contoso/audit.json': '{\n"auditedOn": "2026-12-07",\n',
  });
  const after = JSON.parse((await audited('--json')).stdout);
  expect(after.stacks).toMatchObject([{ auditedOn: '2026-12-07' }]);
  expect(after.next[0].run).toBe('npx @dormant-m365/dormant propose contoso');
});

test('a stack without a key for the facts is told to make one, until tenant.yaml has it', async () => {
  const tenant = {
    ...{ tenantId: '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e', cloud: 'global', timeZone: 'UTC', currency: 'USD' },
    audit: { clientId: 'aaaaaaaa-0000-4000-8000-000000000001' },
    apply: { clientId: 'aaaaaaaa-0000-4000-8000-000000000002' },
    notifications: { sender: 'it@contoso.com', replyTo: 'it@contoso.com' },
  };
  const runs = [
    'npx @dormant-m365/dormant key new contoso | gh secret set DORMANT_FACTS_KEY --env contoso-audit',
    'npx @dormant-m365/dormant doctor contoso',
  ];
  for (const [at, settings] of [tenant, { ...tenant, signing: aSigning() }].entries()) {
    const dormant = await aRepository({ 'stacks/contoso/tenant.yaml': stringify(settings) });
    expect(JSON.parse((await dormant('--json')).stdout).next[0].run).toBe(runs[at]);
  }
});

test.each([
  [['adit'], /^error There is no command "adit".\n {3}at dormant\n {3}do Run dormant --help to see all commands.$/],
  [['audit'], /^error missing required argument 'stack'\n {3}at dormant audit\n {3}do Run dormant audit --help/],
  [['audit', 'x', '--tody'], /^error unknown option '--tody' \(Did you mean --today\?\)\n {3}at dormant audit\n/],
  [
    ['audit', 'fabrikam'],
    /^error There is no stacks\/fabrikam\/tenant.yaml.\n {3}at .*\n {3}do Run `dormant init fabrikam` to add it\.$/,
  ],
])('%j is refused in three lines, with exit code 2', async (args, lines) => {
  const { stderr, exitCode } = await (await aRepository())(...args);
  expect(stderr).toMatch(lines);
  expect(exitCode).toBe(2);
});

test('with --json a refusal is a document, too', async () => {
  const { stdout, exitCode } = await (await aRepository())('audit', 'fabrikam', '--json');
  expect(JSON.parse(stdout).error).toMatchObject({
    code: 'missing-file',
    remedy: 'Run `dormant init fabrikam` to add it.',
  });
  expect(exitCode).toBe(2);
});

test('a shell completes commands, values of options, and the stacks of the repository', async () => {
  const dormant = await aRepository(stack);
  const offered = async (...words: string[]) =>
    (await dormant('complete', '--', ...words)).stdout.split('\n').map((line) => line.split('\t')[0]);
  expect(await offered('au')).toContain('audit');
  expect(await offered('doctor', '--identity', '')).toEqual(expect.arrayContaining(['audit', 'apply']));
  expect(await offered('audit', '')).toContain('contoso');
  expect((await dormant('completion', 'bash')).stdout).toContain('dormant complete');
});

test('a check outside of a clone says so in three lines, and exits with 2', async () => {
  const dormant = await aRepository(stack);
  const { exitCode, stderr } = await dormant('check');
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^error This folder is not a clone of a git repository\.\n {3}at .*\n {3}do .*--repo\.$/);
});
