import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { installOnce } from './backends/server-process.fixture.ts';
import { aMergedRepository, stack } from './merged-repository.fixture.ts';
import { createPlainPulumi, setAuditedToday } from './plain-pulumi.fixture.ts';

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

const brought = `node_modules/node-linux-${process.arch}`;

async function install(folder: string): Promise<void> {
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-save', '--prefix', folder];
  await execa('npm', ['install', ...options, `node-linux-${process.arch}@${version}`]);
}
