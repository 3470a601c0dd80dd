import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CommandError, ConcurrentUpdateError, type EngineEvent, type Stack } from '@pulumi/pulumi/automation/index.js';
import { execa } from 'execa';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { isRunning } from '../graph/is-running.ts';
import { translateEngineError } from '../stacks/engine/engine-errors.ts';
import { buildCancelCommand, isAbandoned, parseLocks, prepareState } from '../stacks/engine/locks.ts';
import { ensurePulumi } from '../stacks/engine/pulumi-cli/pulumi-cli.ts';
import { maxParallelOperations } from '../stacks/engine/workspace.ts';
import { aStackOf, declarePerson } from './engine.fixture.ts';

let folder = '';
let people: string[] = [];
let accountEnabled = true;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-'));
  await mkdir(join(folder, 'state'));
  people = ['ana', 'bo', 'cy'];
  accountEnabled = true;
});

test('preview, update, and an update without changes run the inline program through a provider that lies in a folder', async () => {
  const stack = await aStack();
  expect((await stack.preview({ parallel: maxParallelOperations })).changeSummary).toEqual({ create: 4 });
  expect((await stack.up({ parallel: maxParallelOperations })).summary.resourceChanges).toEqual({
    create: 4,
  });
  accountEnabled = false;
  expect((await stack.up({ parallel: maxParallelOperations })).summary.resourceChanges).toEqual({
    same: 1,
    update: 3,
  });
  expect((await stack.up({ parallel: maxParallelOperations })).summary.resourceChanges).toEqual({ same: 4 });
});

test('no run leaves the engine’s own log, which would name everybody in the stack for a week', async () => {
  // A separate home, because other tests use other engines at the same time.
  const own = join(folder, 'own');
  vi.stubEnv('PULUMI_HOME', own);
  onTestFinished(() => void vi.unstubAllEnvs());
  const stack = await aStack();
  await rm(join(own, 'logs'), { recursive: true, force: true });
  await stack.up({ parallel: maxParallelOperations });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  expect(entries.filter((entry) => /\.log$/.test(entry.name)).map(({ name }) => name)).toEqual([]);
  expect((await readdir(own)).sort()).toEqual(['plugins']);
});

// Found by the soak, seed 653969: killed while it wrote such a file, the engine could never open the stack again.
test('the state is one file, which is replaced in one move; the engine writes none beside it', async () => {
  await (await aStack()).up({ parallel: maxParallelOperations });
  const entries = await readdir(join(folder, 'state'), { recursive: true });
  expect(entries.filter((name) => name.endsWith('.attrs'))).toEqual([]);
});

test('an update leaves one copy of the state in the history, and none among the backups', async () => {
  await (await aStack()).up({ parallel: maxParallelOperations });
  accountEnabled = false;
  await (await aStack()).up({ parallel: maxParallelOperations });
  const entries = await readdir(join(folder, 'state', '.pulumi'), { recursive: true });
  expect(entries.filter((name) => /history.*checkpoint/.test(name))).toHaveLength(2);
  expect(entries.filter((name) => name.startsWith('backups'))).toEqual([]);
});

test('what the engine ends with is a sentence', async () => {
  await (await aStack()).up({ parallel: maxParallelOperations });
  await writeFile(join(folder, 'state', '.pulumi', 'stacks', 'dormant', 'contoso.json'), '{');
  const previewed = aStack().then((stack) => stack.preview({ parallel: maxParallelOperations }));
  const failure: unknown = await previewed.then(null, translateEngineError);
  expect(failure).toMatchObject({
    code: 'state-unreadable',
    message: expect.stringMatching(/^The state of the stack cannot be read[^\n]*checkpoint[^\n]*$/),
  });
});

test('a person whose file is gone is released without a word to the provider', async () => {
  const stack = await aStack();
  await stack.up({ parallel: maxParallelOperations });
  people = ['ana', 'bo'];
  // The provider has no delete, so the engine would fail if it requested one.
  expect((await stack.up({ parallel: maxParallelOperations })).summary.resourceChanges).toEqual({
    same: 3,
    delete: 1,
  });
});

test('a refused account does not hold up the others, and the next run tries it again', async () => {
  await (await aStack()).up({ parallel: maxParallelOperations });
  accountEnabled = false;
  const refusing = await aStack({ environment: { REFUSED: 'id-of-bo' } });
  const events: EngineEvent[] = [];
  await expect(
    refusing.up({
      parallel: maxParallelOperations,
      continueOnError: true,
      onEvent: (event) => events.push(event),
    }),
  ).rejects.toThrow(CommandError);
  expect(accountsIn(events.map(({ resOpFailedEvent }) => resOpFailedEvent))).toEqual(['bo']);
  expect(accountsIn(events.map(({ resOutputsEvent }) => resOutputsEvent)).sort()).toEqual(['ana', 'cy']);
  const diagnostics = events.flatMap(({ diagnosticEvent }) =>
    diagnosticEvent?.severity === 'error' ? [diagnosticEvent] : [],
  );
  expect(diagnostics[0]).toMatchObject({ urn: urnOf('bo'), message: 'signed in since the review\n' });

  const next = await (await aStack()).up({ parallel: maxParallelOperations });
  expect(next.summary.resourceChanges).toEqual({ same: 3, update: 1 });
});

test('a killed engine leaves a lock and pending operations; once cleared, the next run does what was left', async () => {
  await (await aStack()).up({ parallel: maxParallelOperations });
  accountEnabled = false;
  people.push('dee');
  const stack = await aStack({ environment: { SLOW_MS: '3600000' } });
  const killed = expect(stack.up({ parallel: maxParallelOperations })).rejects.toThrow('SIGKILL');
  await killEngine(people.length);
  await killed;

  const next = await aStack();
  const refusal: unknown = await next.up({ parallel: maxParallelOperations }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ConcurrentUpdateError);
  const [lock] = parseLocks(String(refusal));
  expect(lock && isAbandoned(lock)).toBe(true);

  const { command } = await ensurePulumi({ env: process.env });
  const env = { PATH: `${dirname(command)}${delimiter}${process.env.PATH}`, PULUMI_CONFIG_PASSPHRASE: '' };
  await execa('bash', ['-c', buildCancelCommand(next)], { env, cwd: tmpdir() });
  expect((await prepareState(next)).pending.length).toBeGreaterThan(0);
  const { summary } = await next.up({ parallel: maxParallelOperations });
  // Accounts about to be created are adopted as begun, because it is unknown how far that came.
  expect(summary.resourceChanges).toEqual({ same: 1, update: 4 });
  expect(await prepareState(next)).toEqual({ pending: [], migrated: 0 });
});

const aStack = ({ environment = {} }: { environment?: Record<string, string> } = {}): Promise<Stack> =>
  aStackOf(folder, declarePeople, environment);

async function declarePeople(): Promise<void> {
  for (const name of people) declarePerson(name, accountEnabled);
}

function urnOf(name: string): string {
  return `urn:pulumi:contoso::dormant::m365:index:Account::${name}`;
}

type Step = EngineEvent['resourcePreEvent'];

function isAccount(step: Step): boolean {
  return step !== undefined && step.metadata.op !== 'same' && step.metadata.type === 'm365:index:Account';
}

/** The names of the accounts in the steps. */
function accountsIn(steps: Step[]): string[] {
  return steps.flatMap((step) => (step && isAccount(step) ? [step.metadata.urn.replace(/.*::/, '')] : []));
}

/** Kills the engine, named by its lock, once the state has `count` operations under way. */
async function killEngine(count: number): Promise<void> {
  while ((await latestState()).pending_operations?.length !== count) await pause(20);
  const locks = join(folder, 'state', '.pulumi', 'locks', 'organization', 'dormant', 'contoso');
  const [lock = ''] = (await readdir(locks)).filter((name) => name.endsWith('.json'));
  const { pid }: { pid: number } = JSON.parse(await readFile(join(locks, lock), 'utf8'));
  process.kill(pid, 'SIGKILL');
  while (isRunning(pid)) await pause(20);
}

async function latestState(): Promise<{ resources: { urn: string }[]; pending_operations?: unknown[] }> {
  const file = join(folder, 'state', '.pulumi', 'stacks', 'dormant', 'contoso.json');
  return JSON.parse(await readFile(file, 'utf8')).checkpoint.latest;
}
