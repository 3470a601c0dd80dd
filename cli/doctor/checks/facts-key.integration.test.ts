// The key for the facts, where it is as the guide says, and with one thing broken.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { anAccountFile } from '../../../policy/account-file.fixture.ts';
import { serialiseAccountFile } from '../../../policy/files/account-file.ts';
import { aSignedFile } from '../../../policy/signing/signing.fixture.ts';
import { type AStack, aStack, finding } from '../stack.fixture.ts';
import { codeOwners } from './code-owners.ts';
import { factsKey } from './facts-key.ts';
import { factsKeySecret } from './facts-key-secret.ts';

const path = 'stacks/contoso/tenant.yaml';
let stack: AStack;
let settings = '';
beforeAll(async () => {
  stack = await aStack();
  settings = await stack.repository.read(path);
});
afterAll(() => stack.close());
beforeEach(() => write(path, settings));

async function write(at: string, text: string): Promise<void> {
  await mkdir(dirname(join(stack.repository.root, at)), { recursive: true });
  await writeFile(join(stack.repository.root, at), text);
}
const find = async (name: string) => finding(await stack.diagnose({}, factsKey), name);

test('a stack without a current key fails, with the line that makes one', async () => {
  await write(path, settings.slice(0, settings.indexOf('# The keys')));
  expect(await find('facts key')).toMatchObject({
    status: 'fail',
    mend: expect.stringContaining('npx dormant key new contoso | gh secret set DORMANT_FACTS_KEY --env contoso-audit'),
  });
});

test('one name for two keys fails', async () => {
  const [, key = ''] = /current: (.*)\n/.exec(settings) ?? [];
  await write(path, `${settings}  next: ${key}\n`);
  expect(await find('facts key')).toMatchObject({ status: 'fail', says: expect.stringContaining('listed already') });
});

test('where signing began has to be a commit of main', async () => {
  const since = (commit: string) => write(path, settings.replace('signing:\n', `signing:\n  since: ${commit}\n`));
  const { stdout: tip } = await execa('git', ['-C', stack.repository.root, 'rev-parse', 'main']);
  await since(tip);
  expect(await find('facts key since')).toMatchObject({ status: 'pass' });
  await since('0123456789abcdef0123456789abcdef01234567');
  expect(await find('facts key since')).toMatchObject({
    status: 'fail',
    mend: expect.stringContaining('git log -p --first-parent main'),
  });
});

test('the newest facts of the files are signed by the current key, as they stand', async () => {
  const at = 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml';
  const tenant = { stack: 'contoso', tenantId: stack.emulator.tenant.id };
  const text = serialiseAccountFile(aSignedFile(anAccountFile('notify'), { tenant }));
  const about = 'facts key of the newest facts';
  expect(await find(about)).toMatchObject({ status: 'skip' });
  await write(at, text);
  expect(await find(about)).toMatchObject({ status: 'pass' });
  await write(at, text.replace('contoso.com', 'fabrikam.com'));
  expect(await find(about)).toMatchObject({ status: 'fail', says: expect.stringContaining(at) });
  await rm(join(stack.repository.root, at));
});

test('a newer audit of this machine counts before the files', async () => {
  const at = 'out/contoso/audit.json';
  await write(at, '{\n"auditedOn": "2026-12-14",\n"inactive": [],\n"signedBy": "another",\n"stack": "contoso"\n}\n');
  expect(await find('facts key of the newest facts')).toMatchObject({
    status: 'fail',
    says: 'those of 2026-12-14 are signed by another, which tenant.yaml does not list',
  });
  await rm(join(stack.repository.root, at));
});

test('the secret has to be in the audit’s environment', async () => {
  const { secrets } = stack.gitHub.state.settings;
  const ask = (GITHUB_TOKEN = 'gh') => stack.diagnose({ env: { GITHUB_TOKEN } }, factsKeySecret);
  expect((await ask()).findings).toEqual([expect.objectContaining({ status: 'pass' })]);
  secrets['contoso-audit'] = [];
  expect(finding(await ask(), 'facts key is a secret of contoso-audit')).toMatchObject({ status: 'fail' });
  expect(finding(await ask('gh-workflow'), 'facts key is a secret of contoso-audit')).toMatchObject({ status: 'skip' });
});

test('tenant.yaml has owners, and the doctor says whose', async () => {
  const ask = async () => finding(await stack.diagnose({}, codeOwners), 'code owners of tenant.yaml');
  expect(await ask()).toMatchObject({
    status: 'pass',
    says: 'the keys belong to team it, who own the account files, too',
  });
  await stack.edit('.github/CODEOWNERS', /(tenant\.yaml) .*/, '$1 @jo');
  expect((await ask()).says).toBe('the keys belong to @jo');
  await stack.edit('.github/CODEOWNERS', /(tenant\.yaml) .*/, '$1');
  expect(await ask()).toMatchObject({ status: 'fail' });
});

test('who may approve that somebody is given back is more than one, in a line that decides', async () => {
  const ask = async () => finding(await stack.diagnose({}, codeOwners), 'code owners of give-back/');
  const before = (await stack.repository.read('.github/CODEOWNERS')).replace(/^.*give-back.*\n/m, '');
  const write = (...lines: string[]) =>
    stack.edit('.github/CODEOWNERS', /^[\s\S]*$/, [before, ...lines, ''].join('\n'));
  const folder = '/stacks/contoso/give-back/';
  await write(`${folder} @jo @contoso/it`);
  expect(await ask()).toMatchObject({ status: 'pass', says: expect.stringContaining('@jo, team it') });
  await write(`${folder} @jo`);
  expect(await ask()).toMatchObject({ status: 'fail', says: expect.stringContaining('@jo alone') });
  await write(`${folder} @jo @lee`, '/stacks/contoso/ @contoso/it');
  expect(await ask()).toMatchObject({ status: 'fail', says: expect.stringContaining('above that of the stack') });
  await write('/stacks/contoso/ @contoso/it');
  expect(await ask()).toMatchObject({ status: 'warn' });
  await write(folder);
  expect(await ask()).toMatchObject({ status: 'fail', says: expect.stringContaining('nobody owns it') });
  await write();
});
