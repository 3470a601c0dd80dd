// The journals of looks: that names in usage reports are to be concealed again. In the person's own folder, because a look has no
// repository, so that the next command finds them from anywhere.
import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { JournalPlace } from '../../audit/collect/concealment-journal.ts';
import { type Cloud, clouds } from '../../policy/schemas/tenant.ts';

/** Who has to sign in to put the setting back, and how. No token and no secret. */
export interface LookSignIn {
  cloud: Cloud;
  clientId: string;
  userPrincipalName: string;
}

/** As the XDG base directories have it: what a program keeps between its runs. */
function getFolder(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'dormant', 'looks');
}

export function locateLookJournal(env: NodeJS.ProcessEnv, tenantId: string, signIn: LookSignIn): JournalPlace {
  return {
    stack: 'this tenant',
    tenantId,
    path: join(getFolder(env), `${tenantId}.json`),
    putBackBy: 'dormant conceal',
    more: { ...signIn },
  };
}

/** A look that has not put the setting back; a running one is among them, too. */
export interface LeftLook {
  tenantId: string;
  signIn: LookSignIn;
}

export async function listLookJournals(env: NodeJS.ProcessEnv): Promise<LeftLook[]> {
  const folder = getFolder(env);
  const names = await readdir(folder).catch(() => []);
  const paths = names.filter((name) => name.endsWith('.json')).map((name) => join(folder, name));
  const journals = await Promise.all(paths.map(readSignIn));
  return journals.filter((journal) => journal !== null);
}

/** null: it has been erased meanwhile, or is of nobody who could sign in. */
async function readSignIn(path: string): Promise<LeftLook | null> {
  const text = await readFile(path, 'utf8').catch(() => 'null');
  const value: unknown = parseOrNull(text);
  if (typeof value !== 'object' || value === null) return null;
  const { tenantId, cloud, clientId, userPrincipalName }: Record<string, unknown> = { ...value };
  const known = clouds.find((each) => each === cloud);
  if (known === undefined || typeof tenantId !== 'string' || typeof clientId !== 'string') return null;
  return { tenantId, signIn: { cloud: known, clientId, userPrincipalName: String(userPrincipalName ?? '') } };
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
