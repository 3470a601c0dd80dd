// A clone whose remote is not called origin and whose default branch is not called main, through the commands that need both.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aClone } from './clone.fixture.ts';

const file = 'stacks/contoso/accounts/ida@contoso.com.yaml';

test('a remote upstream and a default branch trunk: audit, proposal, check, preview, apply and key', async () => {
  const { root, git, run } = await aClone({ main: 'trunk', remote: 'upstream' });
  // As the owner of a fork has it: two remotes, of which git's own setting names one.
  await git('remote', 'add', 'fork', join(root, 'fork.git'));
  await git('config', 'checkout.defaultRemote', 'upstream');
  expect(await run('audit', 'audit', 'contoso')).toMatchObject({ exitCode: 0 });
  expect(await run('audit', 'propose', 'contoso')).toMatchObject({ exitCode: 0 });
  expect(await git('ls-remote', 'upstream', 'refs/heads/*')).toMatch(/dormant\/contoso\n.*trunk$/);

  await git('fetch', '-q', 'upstream');
  await git('switch', '-q', '--detach', 'upstream/dormant/contoso');
  expect(await run('audit', 'check', 'contoso')).toMatchObject({ exitCode: 0 });
  await git('switch', '-q', 'trunk');
  await git('merge', '-q', '--no-ff', '--no-edit', 'upstream/dormant/contoso');
  expect(await run('apply', 'apply', 'contoso')).toMatchObject({ exitCode: 2, text: expect.stringContaining(file) });
  await git('push', '-q', 'upstream', 'trunk');
  expect(await run('audit', 'preview', 'contoso')).toMatchObject({ exitCode: 0 });
  expect(await run('apply', 'apply', 'contoso')).toMatchObject({
    exitCode: 0,
    text: expect.stringContaining('notice about'),
  });
  expect(await run('audit', 'audit', 'contoso')).toMatchObject({ exitCode: 0 });
  expect(await run('audit', 'propose', 'contoso')).toMatchObject({ exitCode: 0 });

  const tip = await git('rev-parse', 'upstream/trunk');
  expect(await run('audit', 'key', 'revoke', 'contoso', 'tests')).toMatchObject({ exitCode: 0 });
  expect(await git('diff', 'stacks/contoso/tenant.yaml')).toContain(tip);
});
