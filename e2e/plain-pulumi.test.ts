import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { projectName } from '../stacks/engine.ts';
import { ensurePulumi } from '../tools/pulumi-cli.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

test('plain `pulumi preview` runs a program of this repository on the provider of this repository', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plain-'));
  await mkdir(join(folder, 'state'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'program.ts'), program);
  await writeFile(join(folder, 'Pulumi.yaml'), project);
  const pulumi = await pulumiIn(folder);
  await pulumi(['stack', 'init', 'contoso']);
  const { stdout } = await pulumi(['preview', '--stack', 'contoso']);
  expect(stdout).toMatch(/\+ {2}m365:index:Account ana create/);
});

const project = stringify({
  name: projectName,
  runtime: { name: 'nodejs', options: { typescript: false } },
  main: 'program.ts',
  plugins: { providers: [{ name: 'm365', path: here('../stacks/provider') }] },
});

const program = `import { declareAccount } from '${here('../stacks/account.ts')}';
export default async () => declareAccount('ana', {
  account: { id: '6f6ad3a2-0000-4000-8000-000000000001', userPrincipalName: 'ana@contoso.com' },
  desired: { accountEnabled: false, mailbox: 'unchanged', licenses: [] },
});
`;

/** The CLI with the stand-in for its language host first on the PATH. */
async function pulumiIn(folder: string) {
  const { command } = await ensurePulumi();
  const env = {
    PATH: [here('language-host'), dirname(command), process.env.PATH].join(delimiter),
    DORMANT_NODE: process.execPath,
    PULUMI_BACKEND_URL: `file://${join(folder, 'state')}`,
    PULUMI_CONFIG_PASSPHRASE: '',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
  };
  return (args: string[]) => execa('pulumi', [...args, '--non-interactive'], { cwd: folder, env });
}
