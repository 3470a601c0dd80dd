// The table of the Azure CLI, from its package on PyPI, as its own parser has the commands: a minute, and 700 MB that are deleted again.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { usedCommands } from '../used-commands.ts';
import { gatherCommands, type ListedCommand, type Tabulated } from './gather-commands.ts';

const version = '2.91.0';

export async function tabulateAz(): Promise<Tabulated> {
  const folder = await mkdtemp(join(tmpdir(), 'azure-cli-'));
  try {
    await execa('python3', ['-m', 'venv', folder]);
    const python = join(folder, 'bin', 'python');
    await execa(python, ['-m', 'pip', 'install', '--quiet', `azure-cli==${version}`]);
    const program = fileURLToPath(new URL('az_commands.py', import.meta.url));
    const { stdout } = await execa(python, [program, ...usedCommands.az], { env: { AZURE_CONFIG_DIR: folder } });
    const listed: ListedCommand[] = JSON.parse(stdout);
    return {
      version,
      from: `https://pypi.org/project/azure-cli/${version}/`,
      everywhere: {},
      commands: gatherCommands('az', listed),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
