// The engine's home folder as this product gives it to it: the user's own, without the log.
import { mkdir, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What a run shares with the user's own Pulumi: its plugins, its sign-in to Pulumi Cloud, its settings. */
const sharedEntries = ['plugins', 'credentials.json', 'config.json'];

/**
 * Every run of the CLI writes all that passes through the engine to `logs/` in its home: of everybody in a stack, name and
 * licences, kept for a week, under a key that an empty passphrase opens. It has no setting against that, and goes on without a
 * log where that folder cannot be made. Writing it is also a quarter of the engine's time.
 *
 * Returns the folder for PULUMI_HOME, made below `workDir`; null where the system makes no symbolic links.
 */
export async function prepareHomeWithoutLogs(workDir: string): Promise<string | null> {
  const home = join(workDir, 'home');
  const own = process.env.PULUMI_HOME ?? join(homedir(), '.pulumi');
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

/** A link may lead to what is not there yet; one that leads elsewhere was not made here. */
async function link(target: string, path: string): Promise<void> {
  const leadsTo = await readlink(path).catch(() => null);
  if (leadsTo === target) return;
  await rm(path, { recursive: true, force: true });
  await symlink(target, path);
}
