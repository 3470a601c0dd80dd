// Tests start hundreds of processes, each of which would compile the same files: what the first has compiled, the others load.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for each run of the tests, because some run copies of the product in folders of their own. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.NODE_COMPILE_CACHE !== undefined) return undefined; // of another project's setup
  const folder = await mkdtemp(join(tmpdir(), 'dormant-compiled-'));
  process.env.NODE_COMPILE_CACHE = folder;
  // The engine's commands end before collecting garbage pays.
  process.env.GOGC ??= '400';
  return () => rm(folder, { recursive: true, force: true, maxRetries: 20 }); // a process that ends may still write
}
