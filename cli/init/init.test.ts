import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadStack } from '../../policy/files/stack-files.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { parseAnswers, type RawAnswers } from './answers.ts';
import { addStack } from './init.ts';
import { aRepository, type ScratchRepository } from './repository.fixture.ts';

const rawAnswers: RawAnswers = {
  tenantId: '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e',
  cloud: 'global',
  auditClientId: 'aaaaaaaa-0000-4000-8000-000000000001',
  applyClientId: 'aaaaaaaa-0000-4000-8000-000000000002',
  sender: 'it@contoso.com',
  replyTo: 'helpdesk@contoso.com',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  emergency: 'vault-one@contoso.com, vault-two@contoso.com',
  reviewers: '@contoso/it-lifecycle',
};

let repository: ScratchRepository;
beforeEach(async () => {
  repository = await aRepository();
});
afterEach(() => repository.remove());

const start = (change: RawAnswers = {}, force = false, stack = 'contoso') =>
  addStack({ root: repository.root, stack, answers: parseAnswers({ ...rawAnswers, ...change }), force });

test('what it writes loads as a stack, with what was answered', async () => {
  await start();
  const stack = await loadStack(openWorkingTree(repository.root), 'contoso');
  expect(stack.tenant.value).toEqual({
    tenantId: rawAnswers.tenantId,
    cloud: 'global',
    audit: { clientId: rawAnswers.auditClientId },
    apply: { clientId: rawAnswers.applyClientId },
    notifications: { sender: 'it@contoso.com', replyTo: 'helpdesk@contoso.com' },
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    reportNames: 'concealed',
  });
  expect(stack.accounts).toEqual([]);
  expect(stack.policy.value.risk.emergencyAccessAccounts).toEqual(
    expect.arrayContaining(['vault-one@contoso.com', 'vault-two@contoso.com']),
  );
});

test('the outcome names what was written and the commands that follow', async () => {
  const { written, next } = await start();
  expect(written).toEqual([
    'stacks/contoso/tenant.yaml',
    'stacks/contoso/accounts/.gitkeep',
    '.github/CODEOWNERS',
    'policy/policy.yaml',
  ]);
  expect(next).toEqual([
    '# the environments first: docs/guides/github.md, part 1',
    'npx dormant key new contoso | gh secret set DORMANT_FACTS_KEY --env contoso-audit',
    `git add ${written.join(' ')} && git commit -m "Add the stack contoso"`,
    'npx dormant doctor contoso',
    'npx dormant audit contoso',
  ]);
});

test('a second run with the same answers changes nothing', async () => {
  await start();
  const before = await repository.everything();
  const { written } = await start();
  expect(written).toEqual([]);
  expect(await repository.everything()).toEqual(before);
});

test('a tenant.yaml that is different is not overwritten, and nothing else is written either', async () => {
  await start();
  const before = await repository.everything();
  await expect(start({ sender: 'other@contoso.com', emergency: 'new@contoso.com' })).rejects.toMatchObject({
    code: 'would-overwrite',
    exitCode: 2,
    where: 'stacks/contoso/tenant.yaml',
  });
  expect(await repository.everything()).toEqual(before);
});

test('with force it is', async () => {
  await start();
  await start({ sender: 'other@contoso.com' }, true);
  expect(await repository.read('stacks/contoso/tenant.yaml')).toContain('sender: other@contoso.com');
});

test('a policy that is not valid is said with its line, and nothing is written', async () => {
  const path = join(repository.root, 'policy/policy.yaml');
  await writeFile(
    path,
    (await repository.read('policy/policy.yaml')).replace('inactiveAfterDays: 90', 'inactiveAfterDays: soon'),
  );
  const before = await repository.everything();
  await expect(start()).rejects.toMatchObject({
    code: 'invalid-input',
    exitCode: 2,
    problems: [expect.objectContaining({ path: 'policy/policy.yaml', line: 4 })],
  });
  expect(await repository.everything()).toEqual(before);
});

test('a folder without a policy is not a repository of ours', async () => {
  await expect(
    addStack({
      root: join(repository.root, 'policy'),
      stack: 'contoso',
      answers: parseAnswers(rawAnswers),
      force: false,
    }),
  ).rejects.toMatchObject({ code: 'missing-file', exitCode: 2 });
});

test.each(['../up', 'a/b', '', '.hidden'])('%j is no name for a stack', async (stack) => {
  const before = await repository.everything();
  await expect(start({}, false, stack)).rejects.toMatchObject({ code: 'stack-name', exitCode: 2 });
  expect(await repository.everything()).toEqual(before);
});

test('a file that is a link is refused, not written through', async () => {
  await mkdir(join(repository.root, 'stacks/contoso'), { recursive: true });
  await symlink('/etc/hosts', join(repository.root, 'stacks/contoso/tenant.yaml'));
  await expect(start({}, true)).rejects.toMatchObject({ code: 'not-a-file', exitCode: 2 });
});

test('a stack that cannot be written leaves no half of itself', async () => {
  const before = await repository.everything();
  await writeFile(join(repository.root, '.github'), 'a file where a folder has to be');
  await expect(start()).rejects.toThrow();
  expect((await repository.everything()).filter(([path]) => path !== '.github')).toEqual(before);
});

test('code owners stand where GitHub looks first: an existing file is not shadowed by a new one', async () => {
  await writeFile(join(repository.root, 'CODEOWNERS'), '* @contoso/everybody\n');
  const { written } = await start();
  expect(written).toContain('CODEOWNERS');
  expect(written).not.toContain('.github/CODEOWNERS');
  expect(await repository.read('CODEOWNERS')).toMatch(/^\* @contoso\/everybody\n\n# >>> contoso/);
});
