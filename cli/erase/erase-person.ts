// Takes one person out of a stack's files, and says by what their parts of records are found.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DormantError } from '../../policy/errors.ts';
import { foldId, foldText, isGuid } from '../../policy/identifiers.ts';
import { eraseFromFiles } from './erase-files.ts';
import type { NamedPerson } from './find-folders.ts';
import type { MainView } from './main-view.ts';

export interface ErasedPerson {
  /** Path → new text; null: the file goes. */
  changes: ReadonlyMap<string, string | null>;
  /** What names the person and stays, as sentences. */
  stays: readonly string[];
  /** By whom their parts of records are found. */
  person: NamedPerson;
}

/**
 * Throws `not-erasable` (exit code 2) where something stands against it, and `no-such-account` for a name that main never had and
 * that is neither an id nor an address: whoever only records have is found there by one of these.
 */
export function planPersonErasure(name: string, main: MainView): ErasedPerson {
  try {
    const { account, changes, stays } = eraseFromFiles(name, main);
    const person = { id: String(foldId(account.id)), addresses: [foldText(account.userPrincipalName)] };
    return { changes, stays, person };
  } catch (error) {
    const isUnknown = error instanceof DormantError && error.code === 'no-such-account';
    if (!isUnknown || !(isGuid(name) || name.includes('@'))) throw error;
    const person = isGuid(name)
      ? { id: String(foldId(name)), addresses: [] }
      : { id: null, addresses: [foldText(name)] };
    return { changes: new Map(), stays: [], person };
  }
}

/** In the working tree; people commit and merge it. */
export async function writeErasure(repo: string, { changes }: Pick<ErasedPerson, 'changes'>): Promise<void> {
  for (const [path, text] of changes) {
    if (text === null) await rm(join(repo, path), { force: true });
    else await writeFile(join(repo, path), text);
  }
}
