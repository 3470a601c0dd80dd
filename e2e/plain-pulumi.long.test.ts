import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { installOnce } from './backends/server-process.fixture.ts';
import { aMergedRepository, stack } from './merged-repository.fixture.ts';
import { createPlainPulumi, setAuditedLastWeek, setAuditedToday } from './plain-pulumi.fixture.ts';

/** The oldest version that the guide allows. */
const version = '20.20.2';

test.runIf(process.platform === 'linux')(
  'on a machine whose PATH has Node 20, plain `pulumi` runs both projects, on the Node that npm ci brought',
  async () => {
    const node = await installOnce(`node-${version}`, `${brought}/bin/node`, install);
    expect((await execa(node, ['--version'])).stdout).toBe(`v${version}`);
    const repository = await aMergedRepository(['ana']);
    await repository.merge('notify', ['ana'], setAuditedToday);
    const pulumi = await createPlainPulumi(repository, dirname(node));
    await pulumi.run(['stack', 'init', stack]);
    expect((await pulumi.run(['preview', '--stack', stack])).stdout).toContain('m365:index:Account');

    const bootstrap = join(import.meta.dirname, '../bootstrap');
    onTestFinished(() => rm(join(bootstrap, 'Pulumi.node-20.yaml'), { force: true }));
    await pulumi.run(['stack', 'init', 'node-20', '--no-select'], { cwd: bootstrap });
    const { stdout } = await pulumi.run(['-C', 'bootstrap', 'preview', '--stack', 'node-20'], {
      reject: false,
    });
    // The program's own message about its missing configuration shows that it was run.
    expect(stdout).toContain('Correct it with `pulumi -C bootstrap config set <key> <value>`.');
  },
);

test('to plain `pulumi` a fault of the files is said by its place, not by a stack of calls', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.merge('notify', ['ana']);
  await writeFile(join(repository.folder, 'policy/policy.yaml'), 'inactiveAfterDays: soon\n');
  const pulumi = await createPlainPulumi(repository, dirname(process.execPath));
  await pulumi.run(['stack', 'init', stack]);
  const { stdout, exitCode } = await pulumi.run(['preview', '--stack', stack], { reject: false });
  expect(exitCode).not.toBe(0);
  expect(stdout).toMatch(/policy\/policy\.yaml:1:\d+: /);
  expect(stdout).not.toMatch(/unhandled|\n\s+at /);

  await rm(join(repository.folder, 'stacks', stack, 'tenant.yaml'));
  const missing = await pulumi.run(['preview', '--stack', stack], { reject: false });
  expect(missing.stdout).toMatch(/There is no stacks\/contoso\/tenant\.yaml\..*\s+Run `dormant init contoso`/);
  expect(missing.stdout).not.toMatch(/unhandled|\n\s+at /);
});

const brought = `node_modules/node-linux-${process.arch}`;

async function install(folder: string): Promise<void> {
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-save', '--prefix', folder];
  await execa('npm', ['install', ...options, `node-linux-${process.arch}@${version}`]);
}

test('plain `pulumi` takes nothing while the key is new, and declares nothing that nobody signed', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  await repository.merge('review', ['ana'], setAuditedLastWeek);
  const pulumi = await createPlainPulumi(repository, dirname(process.execPath));
  await pulumi.run(['stack', 'init', stack]);
  await repository.merge('disable', ['ana'], setAuditedToday);
  const first = await pulumi.run(['up', '--yes', '--skip-preview', '--stack', stack], { reject: false });
  expect(first.exitCode).not.toBe(0);
  expect(first.stdout).toContain('this run takes nothing');
  expect(repository.writes().filter((write) => !write.includes('sendMail'))).toEqual([]);

  // What takes something and was changed since leaves nothing to declare, and what that would delete stays.
  const forged = await repository.forge('ana', (text) => text.replace(/monthly: \d+/, 'monthly: 1'));
  const alone = await pulumi.run(['up', '--yes', '--skip-preview', '--stack', stack], { reject: false });
  expect(alone.exitCode).not.toBe(0);
  expect(alone.stdout).toMatch(/Nothing vouches for .*ana@contoso.com.yaml: savings.monthly: found 1/);
  expect(alone.stdout).not.toMatch(/ana@contoso.com.*delete/);

  // What takes nothing is declared as it stood before.
  await repository.revert(forged);
  await repository.merge('review', ['bo'], setAuditedToday);
  await repository.forge('bo', (text) => text.replace(/^signed: .*\n/m, ''));
  const held = await pulumi.run(['preview', '--stack', stack], { reject: false });
  expect(held.exitCode).not.toBe(0);
  expect(held.stdout).toContain('signed: the line is missing');
  expect(held.stdout).not.toContain('Nothing vouches for');
});
