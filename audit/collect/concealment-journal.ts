// A file that survives a killed process and says which setting to put back. Written before the setting is changed.
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { pid as ownPid } from 'node:process';
import { isRunning } from '../../graph/is-running.ts';
import { DormantError } from '../../policy/errors.ts';

export interface JournalPlace {
  stack: string;
  /** Absolute path. */
  path: string;
  tenantId: string;
  /** What a person types to put the setting back. */
  putBackBy: string;
  /** Kept in the journal for whoever puts it back; absent: nothing. */
  more?: Readonly<Record<string, string>>;
}

interface Journal {
  /** What the tenant had before the audit. */
  displayConcealedNames: boolean;
}

/** Below out/, which git ignores; one per stack. */
export function locateJournal(repository: string, stack: string, tenantId: string): JournalPlace {
  const putBackBy = `dormant conceal ${stack}`;
  return { stack, tenantId, putBackBy, path: join(repository, 'out', stack, 'concealment.json') };
}

/** Synced to the disk when this returns, because the process may be killed at any moment. */
export async function writeJournal(place: JournalPlace, journal: Journal): Promise<void> {
  const { path, tenantId, more } = place;
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${ownPid}`;
  const file = await open(draft, 'w');
  try {
    const owner = { pid: ownPid, host: hostname(), startedAt: new Date().toISOString() };
    await file.writeFile(`${JSON.stringify({ ...journal, ...more, tenantId, ...owner }, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

/**
 * null: nothing to put back. Throws `audit-running` while the process that wrote it is alive on this machine, and
 * `journal-tenant` for a journal of another tenant.
 */
export async function readJournal(place: JournalPlace): Promise<Journal | null> {
  const text = await readFile(place.path, 'utf8').catch(ignoreMissingFile);
  if (text === null) return null;
  const journal = parseJournal(place, text);
  if (journal.tenantId !== place.tenantId)
    throw new DormantError(
      'journal-tenant',
      `${place.path} belongs to tenant ${journal.tenantId}, but tenant.yaml names ${place.tenantId}.`,
      {
        where: place.path,
        remedy: 'Put tenant.yaml back to that tenant and run `dormant conceal`.',
      },
    );
  if (isOwned(journal))
    throw new DormantError('audit-running', `Process ${journal.pid} is auditing ${place.stack} right now.`, {
      where: place.path,
      remedy: 'Wait until it is done.',
    });
  return journal;
}

export async function eraseJournal({ path }: JournalPlace): Promise<void> {
  await rm(path, { force: true });
}

function ignoreMissingFile(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** No audit runs for longer; after that the pid may belong to another process. */
const longestAuditMs = 6 * 3_600_000;

function isOwned({ host, pid, startedAt }: WrittenJournal): boolean {
  const isRecent = Date.now() - Date.parse(startedAt) < longestAuditMs;
  return isRecent && host === hostname() && pid !== ownPid && isRunning(pid);
}

interface WrittenJournal extends Journal {
  tenantId: string;
  pid: number;
  host: string;
  startedAt: string;
}

/** An unreadable journal still means that a setting was to be put back; concealing names is the safe side. */
function parseJournal(place: JournalPlace, text: string): WrittenJournal {
  const unreadable = {
    displayConcealedNames: true,
    tenantId: place.tenantId,
    pid: 0,
    host: '',
    startedAt: '',
  };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return unreadable;
    return {
      displayConcealedNames: !('displayConcealedNames' in value && value.displayConcealedNames === false),
      tenantId: 'tenantId' in value && typeof value.tenantId === 'string' ? value.tenantId : place.tenantId,
      pid: 'pid' in value && typeof value.pid === 'number' ? value.pid : 0,
      startedAt: 'startedAt' in value && typeof value.startedAt === 'string' ? value.startedAt : '',
      host: 'host' in value && typeof value.host === 'string' ? value.host : '',
    };
  } catch {
    return unreadable;
  }
}
