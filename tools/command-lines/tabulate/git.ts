// The table of git, from `git <command> -h` of this machine.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { CommandOption } from '../command-table.ts';
import { usedCommands } from '../used-commands.ts';
import { gatherCommands, type ListedCommand, type Tabulated } from './gather-commands.ts';

export async function tabulateGit(): Promise<Tabulated> {
  const folder = await mkdtemp(join(tmpdir(), 'git-'));
  try {
    const { stdout: version } = await execa('git', ['version']);
    await execa('git', ['init', '--quiet'], { cwd: folder });
    const listed: ListedCommand[] = [];
    for (const name of usedCommands.git) {
      // It says "usage" and ends with 129.
      const { all } = await execa('git', [...name.split(' '), '-h'], { cwd: folder, reject: false, all: true });
      const options = readOptions(all ?? '');
      const more = ['diff', 'log'].includes(name) ? await keepKnown(logOptions, folder) : [];
      if (all?.startsWith('usage: git'))
        listed.push({ path: `git ${name}`, least: 0, most: null, options: [...options, ...more] });
    }
    return {
      version: version.replace('git version ', ''),
      from: 'https://git-scm.com',
      everywhere: { '-C': { takes: 'one' }, '-c': { takes: 'one' } },
      commands: gatherCommands('git', listed),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const option = /^ {4}(?:(-\w)(?:, |(?= |\n)))?(--(?:\[no-\])?[\w-]+)?(\[=?[^\]]*\])?((?: |=)(?:<|\().*)?/gm;

function readOptions(usage: string): ListedCommand['options'] {
  return [...usage.matchAll(option)].flatMap(([, short, long, optional, value]) => {
    const takes = readTakes(optional, value);
    const name = long?.replace('[no-]', '');
    // Each switch has its opposite, shown or not (git's Documentation/technical/api-parse-options.txt).
    const opposite =
      takes === 'none' && name !== undefined && !name.startsWith('--no-') ? `--no-${name.slice(2)}` : undefined;
    const names = [name, opposite, short].filter((each) => each !== undefined);
    return names.length === 0 ? [] : [{ names, takes }];
  });
}

function readTakes(optional: string | undefined, value: string | undefined): CommandOption['takes'] {
  if (optional !== undefined) return 'joined';
  return value === undefined ? 'none' : 'one';
}

/** `git log -h` and `git diff -h` leave out what they have from `git rev-list` and from each other. */
const logOptions: ListedCommand['options'] = [
  { names: ['--all'], takes: 'none' },
  { names: ['--diff-merges'], takes: 'joined' },
  { names: ['--first-parent'], takes: 'none' },
  { names: ['--no-renames'], takes: 'none' },
  { names: ['--follow'], takes: 'none' },
  { names: ['--name-only'], takes: 'none' },
  { names: ['--oneline'], takes: 'none' },
  { names: ['--patch', '-p'], takes: 'none' },
  { names: ['--stat'], takes: 'joined' },
  { names: ['-S'], takes: 'joined' },
];

/** Of these, what git takes. */
async function keepKnown(options: ListedCommand['options'], folder: string): Promise<ListedCommand['options']> {
  const author = ['-c', 'user.name=x', '-c', 'user.email=x@localhost'];
  await execa('git', [...author, 'commit', '--quiet', '--allow-empty', '--message', 'x'], { cwd: folder });
  const kept: ListedCommand['options'][number][] = [];
  for (const each of options) {
    // One that has to have a value has one that turns it off.
    const ways = [each.names, each.names.map((name) => `${name}=off`)];
    const tries = ways.map((words) => execa('git', ['log', ...words, '--', '.'], { cwd: folder, reject: false }));
    if ((await Promise.all(tries)).some(({ exitCode }) => exitCode === 0)) kept.push(each);
  }
  return kept;
}
