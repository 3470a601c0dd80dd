// Clones as people have them: ahead of the remote, in the middle of a merge, without history, without files.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aClone } from './clone.fixture.ts';

const _file = 'stacks/contoso/accounts/ida@contoso.com.yaml';

test('a merge that nobody has finished: the check names file and line, audit and apply do not begin', async () => {
  const { root, git, run } = await aClone();
  const write = async (text: string) => {
    await writeFile(join(root, 'exemptions.yaml'), text);
    await git('commit', '-q', '-am', 'Exempt');
  };
  await git('switch', '-q', '--create', 'side');
  await write('exemptions: [] # by Ana\n');
  await git('switch', '-q', 'main');
  await write('exemptions: [] # by Lee\n');
  await git('merge', '-q', 'side').catch(() => null);
  const checked = await run('audit', 'check');
  expect(checked).toMatchObject({
    exitCode: 2,
    text: expect.stringMatching(/exemptions\.yaml:1:1.*a merge is not finished/s),
  });
  const audited = await run('audit', 'audit', 'contoso');
  expect(audited).toMatchObject({ exitCode: 2, text: expect.stringContaining('a merge is not finished') });
  await git('checkout', '-q', '--ours', 'exemptions.yaml');
  const again = await run('audit', 'audit', 'contoso');
  expect(again).toMatchObject({ exitCode: 2, text: expect.stringContaining('git merge --abort') });
  const applied = await run('apply', 'apply', 'contoso');
  expect(applied).toMatchObject({ exitCode: 2, text: expect.stringContaining('git merge --abort') });
});
