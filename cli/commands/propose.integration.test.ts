import { expect, test } from 'vitest';
import { aClone, aSilentPerson } from './clone.fixture.ts';

const people = ['ida', 'jo', 'kim'].map(aSilentPerson);

test('an audit leaves the working tree as it was, and so does its proposal', async () => {
  const { git, run } = await aClone({ people });
  expect(await run('audit', 'audit', 'contoso')).toMatchObject({ exitCode: 0 });
  expect(await git('status', '--porcelain')).toBe('');
  expect(await run('audit', 'propose', 'contoso')).toMatchObject({ exitCode: 0 });
  expect(await git('status', '--porcelain')).toBe('');
  await git('fetch', '--quiet');
  await git('switch', '--quiet', 'dormant/contoso');
  await git('pull', '--quiet');
  expect(await git('ls-files', 'stacks/contoso/accounts')).toMatch(/ida@.*\n.*jo@.*\n.*kim@/);
});
