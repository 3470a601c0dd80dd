// `dormant` alone: what to do next in this repository.
import type { Command } from 'commander';
import { listStacks } from '../stacks/working-tree.ts';
import { pc } from './colors.ts';
import { globals } from './globals.ts';

export async function whatNext(command: Command): Promise<void> {
  const { repo } = globals(command);
  const stacks = await listStacks(repo);
  const [first] = stacks;
  console.log(first === undefined ? 'No tenant yet in this repository.' : `Stacks: ${stacks.join(', ')}`);
  const next =
    first === undefined
      ? [
          ['npm start', 'see the whole story on an embedded tenant'],
          ['dormant init <stack>', 'add your tenant'],
        ]
      : [
          [`dormant doctor ${first}`, 'see whether everything is set up'],
          [`dormant audit ${first}`, 'audit the tenant and write the proposal to the working tree'],
          [`dormant propose ${first}`, 'open or update its pull request'],
          [`dormant preview ${first}`, 'see what applying main would do'],
        ];
  for (const [what = '', why = ''] of next) console.log(`  ${pc.bold(what.padEnd(28))} ${pc.dim(why)}`);
  console.log(pc.dim('  dormant --help               all commands'));
}
