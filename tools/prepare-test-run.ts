// One folder for each run of the tests: for their temporary files, for what they make once and share, and for code that is compiled.
// vitest runs `setup` once, before all workers, and this file again in each worker.
import { mkdir, mkdtemp, readFile, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { env } = process;
// Tests start hundreds of processes, each of which would compile the same files: what the first has compiled, the others load.
// For what a worker starts, not for itself: it would write vitest's own code there before it ends.
if (env.TESTS_RUN_FOLDER !== undefined) env.NODE_COMPILE_CACHE = join(env.TESTS_RUN_FOLDER, 'compiled');

/** A folder of its own, because some tests run copies of the product. It goes with all that tests have left in it. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (env.TESTS_RUN_FOLDER !== undefined) return undefined; // of another project's setup
  const folder = await mkdtemp(join((await isMemoryPlentiful()) ? memory : tmpdir(), 'dormant-tests-'));
  env.TESTS_RUN_FOLDER = folder;
  env.TMPDIR = join(folder, 'tmp');
  await mkdir(env.TMPDIR);
  // The engine's commands end before collecting garbage pays.
  env.GOGC ??= '400';
  return () => rm(folder, { recursive: true, force: true, maxRetries: 20 }); // a process that ends may still write
}

/** Linux's file system in memory. Tests make and delete files by the ten thousand, which is a third of all system time on a disk. */
const memory = '/dev/shm';

/** More than twice what the tests of the packages install at a time; and programs must be allowed to run there. */
async function isMemoryPlentiful(): Promise<boolean> {
  const mounts = await readFile('/proc/mounts', 'utf8').catch(() => '');
  if (!new RegExp(`^\\S+ ${memory} tmpfs (?!\\S*noexec)`, 'm').test(mounts)) return false;
  const { bavail, bsize } = await statfs(memory);
  return bavail * bsize > 6e9;
}
