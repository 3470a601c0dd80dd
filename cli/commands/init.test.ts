import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createGit } from '../../forge/git/git.ts';
import { aRepository, type ScratchRepository } from '../init/repository.fixture.ts';
import { createInitCommand } from './init.ts';

let repository: ScratchRepository;
let printed = '';
beforeEach(async () => {
  repository = await aRepository();
  printed = '';
  vi.stubEnv('CI', 'true'); // no person is signed in, so no tenant is asked
  const keep = (text: unknown) => {
    printed += `${String(text)}\n`;
    return true;
  };
  vi.spyOn(console, 'log').mockImplementation(keep);
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  return repository.remove();
});

const dormant = (...words: string[]) =>
  new Command('dormant')
    .option('--repo <folder>', '', repository.root)
    .option('--json', '', false)
    .option('--verbose', '', false)
    .exitOverride()
    .addCommand(createInitCommand().exitOverride())
    .parseAsync(words, { from: 'user' });

const ids = {
  tenantId: '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e',
  auditClientId: 'aaaaaaaa-0000-4000-8000-000000000001',
  applyClientId: 'aaaaaaaa-0000-4000-8000-000000000002',
};

/** As `pulumi -C bootstrap stack output --json` writes it: more than init needs. */
async function bootstrapFile(outputs: unknown = { ...ids, grants: { audit: [] }, exchangeCommands: '#' }) {
  const path = join(repository.root, 'outputs.json');
  await writeFile(path, JSON.stringify(outputs));
  return path;
}

const rest = ['--sender', 'it@contoso.com', '--reviewers', '@contoso/it', '--time-zone', 'Europe/Berlin'];

test('the ids come from the bootstrap, the currency from the prices, and managers answer to the sender', async () => {
  await dormant('init', 'contoso', '--bootstrap', await bootstrapFile(), ...rest);
  const tenant = await repository.read('stacks/contoso/tenant.yaml');
  for (const id of Object.values(ids)) expect(tenant).toContain(id);
  expect(tenant).toContain('currency: USD');
  expect(tenant).toContain('replyTo: it@contoso.com');
  expect(printed).toMatch(
    /Next:\s+# the env.*\s+npx dormant key new contoso \|.*\s+git add stacks\/contoso.*\s+npx dormant doctor contoso\s+npx dormant audit contoso/,
  );
});

test('a flag wins over the bootstrap', async () => {
  const other = 'bbbbbbbb-0000-4000-8000-000000000003';
  await dormant('init', 'contoso', '--bootstrap', await bootstrapFile(), ...rest, '--apply-client-id', other);
  expect(await repository.read('stacks/contoso/tenant.yaml')).toContain(other);
});

test('with --json it prints one document', async () => {
  await dormant('--json', 'init', 'contoso', '--bootstrap', await bootstrapFile(), ...rest);
  expect(JSON.parse(printed)).toMatchObject({ stack: 'contoso', next: expect.any(Array) });
});

test('without a terminal nobody is asked: what is missing is said, by flag', async () => {
  const before = await repository.everything();
  await expect(dormant('init', 'contoso', '--sender', 'it@contoso.com')).rejects.toMatchObject({
    code: 'init-answers',
    exitCode: 2,
    message: expect.stringContaining('--tenant-id: is missing'),
  });
  expect(await repository.everything()).toEqual(before);
});

test.each([
  ['is no bootstrap’s', { tenantId: ids.tenantId }],
  ['is no object', 'text'],
])('a file of outputs that %s is refused with the command that writes it', async (_, outputs) => {
  const file = await bootstrapFile(outputs);
  await expect(dormant('init', 'contoso', '--bootstrap', file, ...rest)).rejects.toMatchObject({
    code: 'bootstrap-outputs',
    exitCode: 2,
    remedy: expect.stringContaining('stack output --json'),
  });
});

const embedded = {
  DORMANT_EMULATOR_URL: 'https://localhost:8443',
  AZURE_TENANT_ID: ids.tenantId,
  EMULATOR_AUDIT_CLIENT_ID: ids.auditClientId,
  EMULATOR_APPLY_CLIENT_ID: ids.applyClientId,
};
const stubEmbedded = () => {
  for (const [name, value] of Object.entries(embedded)) vi.stubEnv(name, value);
};

test('--embedded takes all answers of the tenant that runs for this shell', async () => {
  stubEmbedded();
  await dormant('init', 'contoso', '--embedded');
  const tenant = await repository.read('stacks/contoso/tenant.yaml');
  for (const id of Object.values(ids)) expect(tenant).toContain(id);
  expect(tenant).toContain('cloud: emulator');
  expect(printed).toContain('(the embedded tenant of this shell)');
});

test('--embedded says what to run where no embedded tenant runs for this shell, before anything is written', async () => {
  const before = await repository.everything();
  const folder = join(repository.root, 'new');
  await expect(dormant('init', 'contoso', '--embedded', '--new', folder, '--no-lockfile')).rejects.toMatchObject({
    code: 'emulator-missing',
    exitCode: 2,
    remedy: expect.stringContaining('emulator --env)"'),
  });
  expect(await repository.everything()).toEqual(before);
});

test('--new with a stack makes the repository and adds the stack: all of it is staged, and origin is the emulated GitHub', async () => {
  stubEmbedded();
  vi.stubEnv('EMULATOR_REMOTE', 'http://127.0.0.1:8080/contoso/dormant-contoso.git');
  const folder = join(repository.root, 'dormant-contoso');
  await dormant('init', 'contoso', '--embedded', '--new', folder, '--no-lockfile');
  const git = createGit(folder);
  expect(await git.run(['remote', 'get-url', 'origin'])).toBe('http://127.0.0.1:8080/contoso/dormant-contoso.git');
  const staged = (await git.run(['diff', '--cached', '--name-only'])).split('\n');
  expect(staged).toEqual(expect.arrayContaining(['package.json', 'policy/policy.yaml', 'stacks/contoso/tenant.yaml']));
  expect(await git.run(['ls-files', '--others', '--exclude-standard'])).toBe('');
  expect(printed).toContain(`cd ${folder}\n  npm ci\n  npx dormant audit contoso`);
});

test('--new within another repository leaves it to the person where its history begins', async () => {
  await createGit(repository.root).run(['init', '--quiet']);
  await dormant('init', '--new', join(repository.root, 'inner'), '--no-lockfile');
  expect(printed).toContain('git init --initial-branch=main && git add --all && git commit');
  expect(await createGit(repository.root).run(['diff', '--cached', '--name-only'])).toBe('');
});
