import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aCloneOfTwo, commit, write } from './leave.fixture.ts';

test('a tenant that is taken out as a whole: the check agrees, and the other one goes on', async () => {
  const clone = await aCloneOfTwo();
  const { git, run, root } = clone;
  const diagnose = async () => {
    const { findings } = JSON.parse((await run('audit', 'doctor', 'contoso', '--json')).text);
    return findings.filter(({ status }: { status: string }) => status === 'fail' || status === 'warn');
  };
  const before = await diagnose();
  await git('switch', '-q', '--create', 'leave');
  await git('rm', '-r', '-q', 'stacks/fabrikam');
  const owners = await readFile(join(root, '.github/CODEOWNERS'), 'utf8');
  await write(clone, '.github/CODEOWNERS', owners.replace(/^.*fabrikam.*\n/m, ''));
  await commit(clone, 'Fabrikam leaves');
  expect(await run('audit', 'check')).toMatchObject({ exitCode: 0 });
  await git('switch', '-q', 'main');
  await git('merge', '-q', '--no-ff', '--no-edit', 'leave');
  await git('push', '-q', 'origin', 'main');

  const { text } = await run('audit', 'stacks', '--changed-since', 'HEAD^1', '--json');
  expect(text).not.toContain('fabrikam');
  expect(await run('audit', 'audit', 'contoso')).toMatchObject({ exitCode: 0 });
  expect(await run('audit', 'propose', 'contoso')).toMatchObject({ exitCode: 0 });
  expect(await run('apply', 'apply', 'contoso')).toMatchObject({ exitCode: 0 });
  expect(await diagnose()).toEqual(before);
  for (const command of ['audit', 'apply'])
    expect(await run('audit', command, 'fabrikam')).toMatchObject({
      exitCode: 2,
      text: expect.stringContaining('no stacks/fabrikam/tenant.yaml'),
    });

  // Its open proposal must not be merged afterwards.
  await git('merge', '-q', '--no-ff', '--no-commit', 'dormant/fabrikam');
  expect(await run('audit', 'check')).toMatchObject({
    exitCode: 2,
    text: expect.stringContaining('stacks/fabrikam/ has no tenant.yaml'),
  });
});
