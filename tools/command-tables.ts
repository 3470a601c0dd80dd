// `npm run -s command-tables [az|gh|git|pulumi|powershell] [folder]`: writes tools/command-lines/tables/*.json, what the command lines
// of the guides and of the product's messages are held against. `folder` has Microsoft's pages of PowerShell, where there is no
// internet. To be run where a command or a version is new, and the difference read like that of a lockfile.
import { writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { locateTable, type Tool, tools } from './command-lines/command-table.ts';
import { tabulateAz } from './command-lines/tabulate/az.ts';
import type { Tabulated } from './command-lines/tabulate/gather-commands.ts';
import { tabulateGh } from './command-lines/tabulate/gh.ts';
import { tabulateGit } from './command-lines/tabulate/git.ts';
import { tabulateCmdlets } from './command-lines/tabulate/powershell.ts';
import { tabulatePulumi } from './command-lines/tabulate/pulumi.ts';

const tabulate: Record<Tool, () => Promise<Tabulated>> = {
  az: tabulateAz,
  gh: tabulateGh,
  git: tabulateGit,
  pulumi: tabulatePulumi,
};

const [only, folder] = process.argv.slice(2);
const made = new Date().toISOString().slice(0, 10);

for (const tool of tools.filter((name) => only === undefined || name === only)) {
  const again = `npm run -s command-tables -- ${tool}`;
  await write(tool, { tool, made, again, ...(await tabulate[tool]()) });
}
if (only === undefined || only === 'powershell')
  await write('powershell', {
    ...{ tool: 'powershell', made, again: 'npm run -s command-tables -- powershell' },
    cmdlets: await tabulateCmdlets(folder),
  });

async function write(name: string, table: object): Promise<void> {
  const { pathname } = locateTable(name);
  await writeFile(pathname, `${renderTable(table)}\n`);
  await execa('biome', ['format', '--write', pathname], { preferLocal: true });
  console.log(`${pathname} is written. Read its difference before you commit it.`);
}

/** An option a line, however many words it has. */
function renderTable(value: unknown, depth = 0): string {
  const isDeep = typeof value === 'object' && value !== null && !Array.isArray(value);
  const entries = isDeep ? Object.entries(value) : [];
  const isLeaf = entries.every(([, each]) => typeof each !== 'object' || Array.isArray(each));
  if (!isDeep || (isLeaf && depth > 1)) return JSON.stringify(value);
  const pad = '  '.repeat(depth + 1);
  const lines = entries.map(([key, each]) => `${pad}${JSON.stringify(key)}: ${renderTable(each, depth + 1)}`);
  return `{\n${lines.join(',\n')}\n${'  '.repeat(depth)}}`;
}
