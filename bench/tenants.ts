// Benchmark of one repository for many tenants: what a job of one of them pays for all the others. No tenant is asked.
// `node bench/tenants.ts [--tenants 300] [--accounts 50] [--weeks 52]`
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { fileHistory } from '../audit/git/file-history.ts';
import { buildMatrix } from '../cli/stacks/matrix.ts';
import { loadStack } from '../policy/repository.ts';
import { openWorkingTree } from '../stacks/working-tree.ts';
import { seconds } from './apply/seconds.ts';
import { historyOf, lastStack, type Size } from './tenants/history.ts';

const { values } = parseArgs({
  options: {
    tenants: { type: 'string', default: '300' },
    accounts: { type: 'string', default: '50' },
    weeks: { type: 'string', default: '52' },
  },
});
const size: Size = {
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
  await execa('git', ['-C', bare, 'fast-import', '--quiet'], { input: Readable.from(historyOf(size)) });
  await execa('git', ['-C', bare, 'gc', '--quiet']);
  const clone = join(folder, 'clone');
  const cloning = await seconds(() => execa('git', ['clone', '--quiet', `file://${bare}`, clone]));
  const stack = lastStack(size);
  const { stdout: packed } = await execa('git', ['-C', bare, 'count-objects', '-v']);
  const kilobytes = Number(/size-pack: (\d+)/.exec(packed)?.[1]);
  line(
    'the repository',
    `${size.tenants} tenants of ${size.accounts} accounts, ${size.weeks} weeks: ${commits()} merges`,
  );
  line('packed', `${(kilobytes / 1024).toFixed(1)} MB`);
  line('clone with all of its history', `${cloning.toFixed(1)} s`);
  line('list of the stacks', await timed(() => buildMatrix(clone, { shard: 1 })));
  line('stacks of one merge', await timed(() => buildMatrix(clone, { shard: 1, changedSince: 'HEAD^' })));
  line('history of one tenant', await timed(() => fileHistory(clone, 'HEAD', `stacks/${stack}/accounts`)));
  line('files of one tenant, checked', await timed(() => loadStack(openWorkingTree(clone), stack)));
}

function commits(): string {
  return (size.tenants * size.weeks).toLocaleString('en');
}

async function timed(work: () => Promise<unknown>): Promise<string> {
  return `${(await seconds(work)).toFixed(2)} s`;
}

function line(name: string, value: string): void {
  console.log(`${name.padEnd(32)}${value}`);
}
