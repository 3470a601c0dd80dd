import { join } from 'node:path';
import { execa } from 'execa';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { StackRunOptions } from '../../stacks/engine/engine-plan.ts';
import { applyStack, previewStack, type StackOutcome } from '../../stacks/run-stack.ts';
import { today } from '../../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { killProcessTree } from '../kill-process-tree.ts';
import { aMergedRepository, listOutcomes, type MergedRepository } from '../merged-repository.fixture.ts';
import { startAzurite } from './azurite.fixture.ts';
import type { Backend } from './backend.fixture.ts';
import { startS3Server } from './s3-server.fixture.ts';

// The state in adopters' backends, and their failures. Each test has its own tenant and its own container or bucket.

const stateKey = '.pulumi/stacks/dormant/contoso.json';
const dormant = join(import.meta.dirname, '../../cli/dormant.ts');
const noActions = { GITHUB_ACTIONS: undefined, GITHUB_TOKEN: undefined };
const disabled = ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared'];
const settled = [expect.stringMatching(/^Main's tip [0-9a-f]{7} is applied already\.$/)];

describe.each([
  ['Azure storage', startAzurite],
  ['S3', startS3Server],
] as const)('with the state in %s', (_, start) => {
  let backend: Backend;
  let repository: MergedRepository;

  beforeEach(async () => {
    backend = await start();
    for (const [name, value] of Object.entries(backend.environment)) vi.stubEnv(name, value);
    repository = await aMergedRepository(['ana', 'bo']);
    // With a state in which the key has been known for a month.
    await backend.objects.write('.pulumi/meta.yaml', 'version: 1\n');
    await backend.objects.write(stateKey, await repository.readState());
    return async () => {
      vi.unstubAllEnvs();
      await backend.close();
    };
  });

  const options = async (): Promise<StackRunOptions> => ({
    ...(await repository.buildOptions()),
    backendUrl: backend.url,
  });
  const apply = async (change: Partial<StackRunOptions> = {}): Promise<StackOutcome> =>
    applyStack({ ...(await options()), ...change });
  const preview = async () => previewStack(await options());
  const blocked = () => ['ana', 'bo'].filter((kind) => !repository.emulator.getState(kind).accountEnabled);
  /** The requests that disable each of them once. */
  const once = (...kinds: string[]) =>
    kinds.flatMap((kind) => [
      `PATCH /users/${kind}`,
      `POST /users/${kind}/revokeSignInSessions`,
      `Set-Mailbox ${kind} Shared`,
    ]);

  test('a preview of the first proposal writes nothing, nor does any later one', async () => {
    await repository.merge('disable', ['ana']);
    backend.network.mode = 'read-only';
    expect(listOutcomes(await preview(), repository)).toEqual({ ana: disabled });
    backend.network.mode = 'open';
    expect(listOutcomes(await apply(), repository)).toEqual({ ana: disabled });
    await repository.merge('disable', ['bo']);
    backend.network.mode = 'read-only';
    backend.network.writes = [];
    expect(listOutcomes(await preview(), repository)).toEqual({ bo: disabled });
    expect(backend.network.writes).toEqual([]);
  });

  test('a first apply, a second without changes, and a third with one', async () => {
    await repository.merge('disable', ['ana']);
    expect(listOutcomes(await apply(), repository)).toEqual({ ana: disabled });
    expect(await apply()).toMatchObject({ accounts: [], adopted: 0, notes: settled });
    await repository.merge('disable', ['bo']);
    expect(listOutcomes(await apply(), repository)).toEqual({ bo: disabled });
    expect(repository.writes()).toEqual(once('ana', 'bo'));
  });

  test('of two at once one does the work, and the other is told who holds the stack, or finds it done', async () => {
    await repository.merge('disable', ['ana']);
    const both = await Promise.allSettled([apply(), apply()]);
    for (const each of both) if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'locked' });
    expect(both.map(({ status }) => status)).toContain('fulfilled');
    expect(blocked()).toEqual(['ana']);
    expect(await apply()).toMatchObject({ accounts: [] });
    expect(repository.writes().filter((write) => write === 'PATCH /users/ana')).toHaveLength(1);
  });

  test('an apply that is killed leaves a lock, which the next one clears, and does what was left', async () => {
    await repository.merge('disable', ['ana']);
    const { emulator, environment, folder } = repository;
    const block = { kind: 'hold' as const, path: '/users/[^/]+$', method: 'PATCH', identity: 'apply' };
    const id = emulator.faults.add({ ...block, afterwards: true, count: 1 });
    const args = ['apply', 'contoso', '--repo', folder, '--today', today];
    const env = { ...environment, ...backend.environment, PULUMI_BACKEND_URL: backend.url };
    const killed = execa(process.execPath, [dormant, ...args], {
      env: { ...env, ...noActions },
      reject: false,
    });
    await expect.poll(() => emulator.faults.list().some(({ held }) => held > 0)).toBe(true);
    await killProcessTree(killed.pid);
    await killed;
    emulator.faults.remove(id);
    const notes: string[] = [];
    await apply({ onNote: (note) => notes.push(note) });
    expect(notes).toEqual([expect.stringMatching(/lock .* cleared/), expect.stringMatching(/was killed while/)]);
    expect(blocked()).toEqual(['ana']);
    expect(emulator.getState('ana')).toMatchObject({ mailbox: { type: 'SharedMailbox' } });
    expect(await apply()).toMatchObject({ accounts: [], notes: settled });
  });

  test('a state that is lost is adopted', async () => {
    await repository.merge('disable', ['ana']);
    await apply();
    for (const key of [stateKey, `${stateKey}.bak`]) await backend.objects.remove(key);
    const outcome = await apply();
    expect(outcome).toMatchObject({ accounts: [], adopted: 1 });
    expect(outcome.notes).toEqual([expect.stringContaining('adopted as they are')]);
    expect(repository.writes()).toEqual(once('ana'));
  });

  test('a state that is cut off is said, and the .bak put back in its place is enough', async () => {
    await repository.merge('disable', ['ana']);
    await apply();
    await repository.merge('disable', ['bo']);
    const state = (await backend.objects.read(stateKey)) ?? '';
    const before = (await backend.objects.read(`${stateKey}.bak`)) ?? '';
    for (const rest of ['', state.slice(0, state.length / 2)]) {
      await replace(stateKey, rest);
      for (const run of [preview, apply]) await expect(run()).rejects.toMatchObject({ code: 'state-unreadable' });
    }
    expect(blocked()).toEqual(['ana']);
    await replace(stateKey, before);
    await apply();
    expect(blocked()).toEqual(['ana', 'bo']);
    expect(repository.writes()).toEqual(once('ana', 'bo'));
  });

  test('The backend can only be read: it is said with the answer, before anything is done', async () => {
    await repository.merge('disable', ['ana']);
    backend.network.mode = 'read-only';
    // Neither the stack nor, if it exists, its lock can be created.
    await expect(apply()).rejects.toMatchObject({ code: 'backend-read-only' });
    backend.network.mode = 'open';
    await apply();
    await repository.merge('disable', ['bo']);
    backend.network.mode = 'read-only';
    await expect(apply()).rejects.toMatchObject({
      code: 'backend-read-only',
      message: expect.stringMatching(/not authorized|Access Denied/),
    });
    expect(blocked()).toEqual(['ana']);
    backend.network.mode = 'open';
    expect(listOutcomes(await apply(), repository)).toEqual({ bo: disabled });
  });

  test('a backend that is away is said, and the next run does all', async () => {
    await repository.merge('disable', ['ana']);
    backend.network.mode = 'away';
    for (const run of [preview, apply]) await expect(run()).rejects.toMatchObject({ code: 'backend-away' });
    expect(blocked()).toEqual([]);
    backend.network.mode = 'open';
    expect(listOutcomes(await apply(), repository)).toEqual({ ana: disabled });
  });

  test('a backend that goes away in the middle of an apply: the run ends red, and the next one finishes it', async () => {
    await repository.merge('disable', ['ana', 'bo']);
    // The engine writes an operation to the state before it begins.
    let saves = 0;
    backend.network.onWrite = (request) => {
      if (request.includes(stateKey) && ++saves > 3) backend.network.mode = 'away';
    };
    await expect(apply()).rejects.toMatchObject({ code: 'backend-away' });
    backend.network.onWrite = () => {};
    backend.network.mode = 'open';
    const notes: string[] = [];
    await apply({ onNote: (note) => notes.push(note), isForced: true });
    expect(blocked()).toEqual(['ana', 'bo']);
    expect(await apply()).toMatchObject({ accounts: [], notes: settled });
  });

  /** Writes a new object, because a server may keep the checksum of the old one. */
  async function replace(key: string, text: string): Promise<void> {
    await backend.objects.remove(key);
    await backend.objects.write(key, text);
  }
});
