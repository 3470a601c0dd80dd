// The engine's home folder: the user's own, without the logs.
import { mkdir, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Shared with the user's own Pulumi: plugins, sign-in to Pulumi Cloud, settings. */
const sharedEntries = ['plugins', 'credentials.json', 'config.json'];

/**
 * Every run of the CLI logs all that passes through the engine to `logs/` in its home: names and licences of
 * everybody in a stack, kept for a week, under a key that an empty passphrase opens. No setting prevents it, but it
 * goes on without a log where that folder cannot be made. Logging is also a quarter of the engine's time.
 *
 * Returns the folder for PULUMI_HOME, made below `workDir`; null where the system has no symbolic links.
 */
export async function prepareHomeWithoutLogs(workDir: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  const home = join(workDir, 'home');
  const own = env.PULUMI_HOME ?? join(homedir(), '.pulumi');
  await mkdir(home, { recursive: true });
  await mkdir(join(own, 'plugins'), { recursive: true });
  await writeFile(join(home, 'logs'), '');
  try {
    for (const name of sharedEntries) await link(join(own, name), join(home, name));
    return home;
  } catch {
    return null;
  }
}

/** A link's target need not exist yet; a link with another target was not made here. */
async function link(target: string, path: string): Promise<void> {
  const leadsTo = await readlink(path).catch(() => null);
  if (leadsTo === target) return;
  await rm(path, { recursive: true, force: true });
  await symlink(target, path);
}
