// Benchmark of one repository for many tenants: what a job of one of them pays for all the others. Sends no requests.
// `node bench/tenants.ts [--tenants 300] [--accounts 50] [--weeks 52]`
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { buildMatrix } from '../cli/stacks/matrix.ts';
import { readFileHistory } from '../forge/git/file-history.ts';
import { loadStack } from '../policy/files/stack-files.ts';
import { openWorkingTree } from '../stacks/working-tree.ts';
import { measureSeconds } from './apply/timing.ts';
import { generateHistory, getLastStack, type HistorySize } from './tenants/history.ts';

const { values } = parseArgs({
  options: {
    tenants: { type: 'string', default: '300' },
    accounts: { type: 'string', default: '50' },
    weeks: { type: 'string', default: '52' },
  },
});
const size: HistorySize = {
  tenants: Number(values.tenants),
  accounts: Number(values.accounts),
  weeks: Number(values.weeks),
};
const folder = await mkdtemp(join(tmpdir(), 'dormant-tenants-'));
try {
  await measure();
} finally {
  await rm(folder, { recursive: true });
}

async function measure(): Promise<void> {
  const bare = join(folder, 'origin.git');
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare]);
  await execa('git', ['-C', bare, 'fast-import', '--quiet'], { input: Readable.from(generateHistory(size)) });
  await execa('git', ['-C', bare, 'gc', '--quiet']);
  const clone = join(folder, 'clone');
  const cloning = await measureSeconds(() => execa('git', ['clone', '--quiet', `file://${bare}`, clone]));
  const stack = getLastStack(size);
  const { stdout: packed } = await execa('git', ['-C', bare, 'count-objects', '-v']);
  const kilobytes = Number(/size-pack: (\d+)/.exec(packed)?.[1]);
  printLine(
    'the repository',
    `${size.tenants} tenants of ${size.accounts} accounts, ${size.weeks} weeks: ${formatMergeCount()} merges`,
  );
  printLine('packed', `${(kilobytes / 1024).toFixed(1)} MB`);
  printLine('clone with all of its history', `${cloning.toFixed(1)} s`);
  printLine('list of the stacks', await measureTime(() => buildMatrix(clone, { shard: 1 })));
  printLine('stacks of one merge', await measureTime(() => buildMatrix(clone, { shard: 1, changedSince: 'HEAD^' })));
  printLine(
    'history of one tenant',
    await measureTime(() => readFileHistory(clone, 'HEAD', `stacks/${stack}/accounts`)),
  );
  printLine('files of one tenant, checked', await measureTime(() => loadStack(openWorkingTree(clone), stack)));
}

function formatMergeCount(): string {
  return (size.tenants * size.weeks).toLocaleString('en');
}

async function measureTime(work: () => Promise<unknown>): Promise<string> {
  return `${(await measureSeconds(work)).toFixed(2)} s`;
}

function printLine(name: string, value: string): void {
  console.log(`${name.padEnd(32)}${value}`);
}
