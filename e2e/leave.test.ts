// What docs/guides/leave.md says: a tenant is taken out by a pull request, and what is left goes on.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { accountText } from '../audit/proposal/proposal.fixture.ts';
import { type AClone, aClone, program } from '../cli/commands/clone.fixture.ts';

const guide = await readFile(new URL('../docs/guides/leave.md', import.meta.url), 'utf8');

async function write({ root }: AClone, path: string, text: string): Promise<void> {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), text);
}

async function commit({ git }: AClone, message: string): Promise<void> {
  await git('add', '--all');
  await git('commit', '-q', '-m', message);
}

/** Contoso, and beside it fabrikam with somebody who is blocked, an exemption of its own, owners and an open proposal. */
async function aCloneOfTwo(): Promise<AClone> {
  const clone = await aClone();
  const { git, root } = clone;
  const tenant = await readFile(join(root, 'stacks/contoso/tenant.yaml'), 'utf8');
  const other = tenant.replace(/^tenantId: .*$/m, 'tenantId: 11111111-2222-4333-8444-555555555555');
  await write(clone, 'stacks/fabrikam/tenant.yaml', other);
  await write(clone, 'stacks/fabrikam/accounts/bo@contoso.com.yaml', accountText('bo', 'disable'));
  const until = 'until: 2027-03-31';
  const entry = `  - account: bo@fabrikam.com\n    stack: fabrikam\n    reason: leave\n    owner: HR\n    ${until}\n`;
  await write(clone, 'exemptions.yaml', `exemptions:\n${entry}`);
  const owners = await readFile(join(root, '.github/CODEOWNERS'), 'utf8');
  await write(clone, '.github/CODEOWNERS', `${owners}/stacks/fabrikam/ @contoso/fabrikam\n`);
  await commit(clone, 'Add fabrikam');
  await git('push', '-q', 'origin', 'main');
  await git('switch', '-q', '--create', 'dormant/fabrikam');
  await write(clone, 'stacks/fabrikam/accounts/cy@contoso.com.yaml', accountText('cy', 'notify'));
  await commit(clone, 'Propose Cy');
  await git('push', '-q', 'origin', 'dormant/fabrikam');
  await git('switch', '-q', 'main');
  return clone;
}

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
