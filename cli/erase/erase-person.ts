// Takes one person out of a stack's files, and says in which folders of the records their parts are.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DormantError } from '../../policy/errors.ts';
import { foldId, foldText, isGuid, type UserId } from '../../policy/identifiers.ts';
import { getPersonFolder } from '../../policy/records/places.ts';
import { hashBytes } from '../record/write-parts.ts';
import { type ErasureOfFiles, eraseFromFiles } from './erase-files.ts';

export interface ErasedPerson {
  /** Path → new text; null: the file goes. */
  changes: ReadonlyMap<string, string | null>;
  /** What names the person and stays, as sentences. */
  stays: readonly string[];
  /** Of the records. */
  folders: ReadonlySet<string>;
}

/**
 * Throws `not-erasable` (exit code 2) where something stands against it, and `no-such-account` for a name that main never had and
 * that is neither an id nor an address: whoever only records have is filed there under one of these.
 */
export async function planPersonErasure(asked: ErasureOfFiles): Promise<ErasedPerson> {
  const { name } = asked;
  try {
    const { account, changes, stays } = await eraseFromFiles(asked);
    return { changes, stays, folders: listFolders(account) };
  } catch (error) {
    const isUnknown = error instanceof DormantError && error.code === 'no-such-account';
    if (!isUnknown || !(isGuid(name) || name.includes('@'))) throw error;
    const named = isGuid(name) ? { id: name, userPrincipalName: '' } : { id: '', userPrincipalName: name };
    return { changes: new Map(), stays: [], folders: listFolders(named) };
  }
}

function listFolders({ id, userPrincipalName }: { id: UserId; userPrincipalName: string }): Set<string> {
  const address = `mail:${foldText(userPrincipalName)}`;
  return new Set([
    ...(id === '' ? [] : [String(foldId(id))]),
    ...(userPrincipalName === '' ? [] : [getPersonFolder(address, hashBytes)]),
  ]);
}

/** In the working tree; people commit and merge it. */
export async function writeErasure(repo: string, { changes }: Pick<ErasedPerson, 'changes'>): Promise<void> {
  for (const [path, text] of changes) {
    if (text === null) await rm(join(repo, path), { force: true });
    else await writeFile(join(repo, path), text);
  }
}
