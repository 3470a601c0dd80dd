import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aClone } from './clone.fixture.ts';

const file = 'stacks/contoso/accounts/ida@contoso.com.yaml';

test('commits that are not pushed: the audit says by which rules it judged, and the apply what to push', async () => {
  const { root, git, run, stack } = await aClone();
  await stack.edit('policy/policy.yaml', /inactiveAfterDays: \d+/, 'inactiveAfterDays: 150');
  const unmerged = 'judged by policy/policy.yaml as checked out, which is not as main has it';
  expect((await run('audit', 'audit', 'contoso')).text).toContain(unmerged);
  await git('commit', '-q', '-am', 'Wait longer');
  expect((await run('audit', 'audit', 'contoso')).text).toContain(unmerged);
  expect(await readFile(join(root, 'out/contoso/pull-request.md'), 'utf8')).toContain(unmerged);
  const applied = await run('apply', 'apply', 'contoso');
  expect(applied).toMatchObject({ exitCode: 2, text: expect.stringContaining('does not have 1 commit of what') });
  await git('push', '-q', 'origin', 'main');
  expect((await run('audit', 'audit', 'contoso')).text).not.toContain('as checked out');
});

test('a head on no branch changes nothing; a clone without history or without files is told as that', async () => {
  const { bare, git, run, root } = await aClone();
  await git('switch', '-q', '--detach');
  expect(await run('audit', 'audit', 'contoso')).toMatchObject({ exitCode: 0 });
  expect(await run('audit', 'propose', 'contoso')).toMatchObject({ exitCode: 0 });
  await git('fetch', '-q');
  expect(await git('show', `origin/dormant/contoso:${file}`)).toContain('stage: notify');

  const shallow = join(root, 'out', 'shallow');
  await git('clone', '-q', '--depth=1', `file://${bare}`, shallow);
  expect(await run('audit', 'audit', 'contoso', '--repo', shallow)).toMatchObject({
    exitCode: 1,
    text: expect.stringContaining('git fetch --unshallow'),
  });
  for (const command of ['check', 'audit contoso', 'apply contoso', 'preview contoso', 'doctor contoso'])
    expect([command, await run('apply', ...command.split(' '), '--repo', bare)]).toEqual([
      command,
      { exitCode: 2, text: expect.stringContaining('This repository is bare') },
    ]);
});
