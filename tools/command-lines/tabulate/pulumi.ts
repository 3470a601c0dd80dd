// The table of the Pulumi CLI, from the help of each command of the CLI that Dormant itself runs.
import { execa } from 'execa';
import { ensurePulumi } from '../../../stacks/engine/pulumi-cli/pulumi-cli.ts';
import type { CommandOption } from '../command-table.ts';
import { usedCommands } from '../used-commands.ts';
import { gatherCommands, joinNames, type ListedCommand, type Tabulated } from './gather-commands.ts';

export async function tabulatePulumi(): Promise<Tabulated> {
  const { command: program, version } = await ensurePulumi({ env: process.env });
  const listed: ListedCommand[] = [];
  const everywhere = readOptions((await execa(program, ['--help'])).stdout);
  const shared = new Set(everywhere.flatMap(({ names }) => names));
  for (const name of usedCommands.pulumi) {
    const { stdout } = await execa(program, [...name.split(' '), '--help']);
    // Global flags are those of the commands above it, too.
    const options = readOptions(stdout).filter(({ names: [long = ''] }) => !shared.has(long));
    if (isHelpOf(name, stdout)) listed.push({ path: `pulumi ${name}`, ...countArguments(stdout), options });
  }
  return {
    version: String(version),
    from: `https://github.com/pulumi/pulumi/releases/tag/v${version}`,
    everywhere: joinNames(everywhere),
    commands: gatherCommands('pulumi', listed),
  };
}

/** Of a word that is no command the help is its parent's. */
function isHelpOf(name: string, help: string): boolean {
  const last = name.split(' ').at(-1) ?? '';
  const aliases = /\nAliases:\n {2}(.*)/.exec(help)?.[1]?.split(', ') ?? [];
  return new RegExp(`\\n {2}pulumi ${name}( |\\n)`).test(help) || aliases.includes(last);
}

/** `<key> [flags] [--] [value]`: one is needed, two are taken. */
function countArguments(help: string): { least: number; most: number | null } {
  const usage = /\nUsage:\n {2}pulumi (.*)/.exec(help)?.[1] ?? '';
  const words = usage.replaceAll(/\[flags\]|\[--\]|\[org-name\/\]/g, '').match(/<[^>]+>|\[[^\]]+\]\.*/g) ?? [];
  const isOpen = words.some((word) => word.endsWith('...'));
  return { least: words.filter((word) => word.startsWith('<')).length, most: isOpen ? null : words.length };
}

const flag = /^ +(?:(-\w), | {4})(--[\w-]+)(?: ([\w:]+(?:\[=[^\]]*\])?))?(?: {2,}|$)/gm;

function readOptions(help: string): ListedCommand['options'] {
  return [...help.matchAll(flag)].map(([, short, long = '', type]) => ({
    names: short === undefined ? [long] : [long, short],
    takes: readTakes(type),
  }));
}

function readTakes(type: string | undefined): CommandOption['takes'] {
  if (type === undefined) return 'none';
  return type.includes('[=') ? 'joined' : 'one';
}
