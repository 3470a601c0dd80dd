// Tests start hundreds of processes, each of which would compile the same files: what the first has compiled, the others load.
// vitest runs `setup` once, before all workers, and this file again in each worker.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { env } = process;
// For what a worker starts, not for itself: it would write vitest's own code there before it ends.
if (env.TESTS_COMPILE_CACHE !== undefined) env.NODE_COMPILE_CACHE = env.TESTS_COMPILE_CACHE;

/** A folder for each run of the tests, because some run copies of the product in folders of their own. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (env.TESTS_COMPILE_CACHE !== undefined) return undefined; // of another project's setup
  const folder = await mkdtemp(join(tmpdir(), 'dormant-compiled-'));
  env.TESTS_COMPILE_CACHE = folder;
  // The engine's commands end before collecting garbage pays.
  env.GOGC ??= '400';
  return () => rm(folder, { recursive: true, force: true, maxRetries: 20 }); // a process that ends may still write
}
