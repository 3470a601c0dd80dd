// What docs/guides/leave.md says: a tenant is taken out by a pull request, and what is left goes on.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { accountText } from '../audit/proposal/proposal.fixture.ts';
import { aClone, program } from '../cli/commands/clone.fixture.ts';
import { aCloneOfTwo, commit, write } from './leave.fixture.ts';

const guide = await readFile(new URL('../docs/guides/leave.md', import.meta.url), 'utf8');

test('a tenant that is taken out in part is refused, file by file', async () => {
  const clone = await aCloneOfTwo();
  await clone.git('switch', '-q', '--create', 'leave');
  await clone.git('rm', '-q', 'stacks/fabrikam/tenant.yaml');
  await commit(clone, 'Fabrikam leaves');
  expect(await clone.run('audit', 'check')).toMatchObject({
    exitCode: 2,
    text: expect.stringMatching(/bo@contoso\.com\.yaml.*has no tenant\.yaml/s),
  });
});

test('before that, everybody whom it has taken something from is given back, by the guide’s own lines', async () => {
  const clone = await aClone({ people: [] });
  const stages = { ana: 'disable', bo: 'delicense', cy: 'notify', di: 'keep' } as const;
  for (const [name, stage] of Object.entries(stages))
    await write(clone, `stacks/contoso/accounts/${name}@contoso.com.yaml`, accountText(name, stage));
  await write(clone, 'stacks/contoso/archive/ed@contoso.com.yaml', accountText('ed', 'delicense'));
  await commit(clone, 'Months of Dormant');
  const [lines = ''] = /^for file in [\s\S]*?^done$/m.exec(guide) ?? [];
  const script = lines.replaceAll('npx dormant', `${process.execPath} ${program}`);
  await execa('sh', ['-ec', script], { cwd: clone.root, env: { DORMANT_EMULATOR_URL: clone.stack.emulator.url } });
  const found: Record<string, string> = {};
  for (const path of (await clone.git('ls-files', '--cached', '--others', '--exclude-standard', 'stacks')).split(
    '\n',
  )) {
    const text = await readFile(join(clone.root, path), 'utf8').catch(() => '');
    const [, stage] = /^stage: (\S+)/m.exec(text) ?? [];
    if (stage !== undefined) found[path.slice('stacks/contoso/'.length)] = stage;
  }
  expect(found).toEqual({
    'accounts/ana@contoso.com.yaml': 'restore',
    'accounts/bo@contoso.com.yaml': 'restore',
    'accounts/cy@contoso.com.yaml': 'notify',
    'accounts/di@contoso.com.yaml': 'keep',
    'accounts/ed@contoso.com.yaml': 'restore',
  });
});
