import { mkdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { applyStack } from '../stacks/run.ts';
import { ensurePulumi } from '../tools/pulumi-cli.ts';
import { aMergedRepository, type MergedRepository, stack } from './a-merged-repository.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

test('plain `pulumi preview` runs this repository’s project on the same state as `dormant apply`', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  // Plain pulumi knows no --today: it is the day it is.
  const today = new Date().toISOString().slice(0, 10);
  await repository.merge('disable', ['ana'], (file) => ({
    ...file,
    evidence: { ...file.evidence, auditedOn: today, reportRefreshDate: today },
  }));
  const state = join(repository.folder, 'out', 'plain');
  await mkdir(state, { recursive: true });
  const pulumi = await pulumiOn(repository, `file://${state}`);
  await pulumi(['stack', 'init', stack]);
  const { stdout } = await pulumi(['preview', '--stack', stack]);
  expect(stdout).toMatch(/\+ {2}m365:index:Account ana@contoso.com create/);
  expect(repository.writes()).toEqual([]);

  const options = await repository.options();
  await applyStack({ ...options, today, backendUrl: `file://${state}` });
  const after = await pulumi(['preview', '--stack', stack]);
  expect(after.stdout).toMatch(/Resources:\s+2 unchanged/);
});

/** The CLI in this repository's root, with the stand-in for its language host first on the PATH. */
async function pulumiOn({ folder, environment }: MergedRepository, backendUrl: string) {
  const { command } = await ensurePulumi();
  const env = {
    ...environment,
    PATH: [here('language-host'), dirname(command), process.env.PATH].join(delimiter),
    DORMANT_NODE: process.execPath,
    DORMANT_REPOSITORY: folder,
    PULUMI_BACKEND_URL: backendUrl,
    PULUMI_CONFIG_PASSPHRASE: '',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
  };
  return (args: string[]) => execa('pulumi', [...args, '--non-interactive'], { cwd: here('..'), env });
}
