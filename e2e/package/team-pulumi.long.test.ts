// Plain `pulumi` in a team's repository, whose project names the program inside of the package.
import { cp } from 'node:fs/promises';
import { dirname } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { applyStack } from '../../stacks/run-stack.ts';
import { aMergedRepository, stack } from '../merged-repository.fixture.ts';
import { createPlainPulumi, setAuditedToday, today } from '../plain-pulumi.fixture.ts';
import { type InstalledPackage, makeTeam, useInstalledPackage } from './installed-package.fixture.ts';

let there: InstalledPackage;

useInstalledPackage((installed) => {
  there = installed;
});

test('plain `pulumi preview` in a team’s repository shows what `dormant apply` does', async () => {
  const made = await makeTeam(there, 'made');
  await execa('npm', ['ci', '--omit=optional', '--prefer-offline', '--no-audit'], { cwd: made });
  const repository = await aMergedRepository(['ana']);
  await cp(made, repository.folder, { recursive: true, force: false });
  await repository.commitAll('Run the package');
  await repository.merge('notify', ['ana'], setAuditedToday);
  const pulumi = await createPlainPulumi(repository, dirname(process.execPath));
  const run = (...args: string[]) => pulumi.run(args, { cwd: repository.folder });
  await run('stack', 'init', stack);
  expect((await run('preview', '--stack', stack)).stdout).toMatch(/\+ {2}m365:index:Account ana@contoso.com create/);
  expect(repository.writes()).toEqual([]);
  await applyStack({ ...(await repository.buildOptions()), today, backendUrl: pulumi.backendUrl });
  expect((await run('preview', '--stack', stack)).stdout).toMatch(/Resources:\s+\d unchanged/);
  const { stdout } = await execa('git', ['-C', repository.folder, 'status', '--porcelain']);
  expect(stdout).toBe('');
});
