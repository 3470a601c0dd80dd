import { expect, test } from 'vitest';
import { aClone, aSilentPerson } from './clone.fixture.ts';

const people = ['ida', 'jo', 'kim'].map(aSilentPerson);

test('without a remote: audit, a branch in the repository, check, merge, preview and apply', async () => {
  const { git, run } = await aClone({ remote: null, main: 'trunk', people });
  expect(await run('audit', 'audit', 'contoso')).toMatchObject({ exitCode: 0 });
  const proposed = await run('audit', 'propose', 'contoso');
  expect(proposed).toMatchObject({ exitCode: 0, text: expect.stringContaining('git merge --no-ff dormant/contoso') });
  await git('switch', '--quiet', 'dormant/contoso');
  expect(await run('audit', 'check')).toMatchObject({ exitCode: 0 });
  // Trunk is main, whatever is checked out.
  const early = await run('apply', 'apply', 'contoso');
  expect(early).toMatchObject({ exitCode: 2, text: expect.stringContaining("Only main's tip is applied") });
  await git('switch', '--quiet', 'trunk');
  await git('merge', '--quiet', '--no-ff', 'dormant/contoso');
  expect(await run('audit', 'preview', 'contoso')).toMatchObject({ exitCode: 0 });
  const applied = await run('apply', 'apply', 'contoso');
  expect(applied).toMatchObject({ exitCode: 0, text: expect.stringContaining('notice about') });
});
