// Brings a client into the cache: its program as it is in the repository, and its packages as they are pinned.

import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Client, clientsFolder } from './clients.ts';

const cacheFolder = join(homedir(), '.cache', 'dormant-emulator', 'clients');
/** Beside the clients' folders there as here. */
const shared = ['steps.mjs', 'steps.py'];

/** Returns the folder in which the client can be started; fetches its packages if their pins have changed. */
export async function installClient(
  { folder: name, toolchain }: Client,
  say: (sentence: string) => void,
): Promise<string> {
  const source = join(clientsFolder, name);
  const folder = join(cacheFolder, name);
  const stamp = join(folder, '.installed');
  const pins = await Promise.all(toolchain.pins.map((file) => readFile(join(source, file))));
  const wanted = createHash('sha256').update(Buffer.concat(pins)).digest('hex');
  const isInstalled = (await readFile(stamp, 'utf8').catch(() => '')) === wanted;
  if (!isInstalled) await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(source, folder, { recursive: true, preserveTimestamps: true });
  for (const file of shared) await cp(join(clientsFolder, file), join(cacheFolder, file));
  if (!isInstalled) {
    say('fetching its packages …');
    await toolchain.install(folder);
  }
  if (toolchain.build) say('building it …');
  await toolchain.build?.(folder);
  await writeFile(stamp, wanted);
  return folder;
}
