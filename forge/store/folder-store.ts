// Records in a folder, such as a mounted share: whoever may write there can change and delete them, and no two files are one step.
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ErasedObject, Immutability, RecordStore, StoredObject } from './record-store.ts';
import { createStoreError, findSystemCode } from './store-error.ts';
import { walkFolder } from './walk-folder.ts';

/** Throws `record-store` where there is no such folder: a share that is not mounted must not become a folder of this machine. */
export async function openFolderStore(folder: string): Promise<RecordStore> {
  const found = await stat(folder).catch(findSystemCode);
  if (found !== null && typeof found !== 'string' && found.isDirectory()) return new FolderStore(folder);
  throw createStoreError(`folder ${folder}`, {
    says:
      typeof found === 'string' && found !== 'ENOENT' ? `it cannot be looked at (${found})` : 'there is no such folder',
    remedy: `Mount it, or make it (mkdir -p ${folder}) if it is meant to be on this machine, readable by this user.`,
  });
}

class FolderStore implements RecordStore {
  readonly place: string;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.place = `folder ${folder}`;
  }

  async *list(prefix: string): AsyncGenerator<StoredObject> {
    const found = walkFolder(this.#folder, prefix);
    while (true) {
      const next = await this.#attempt('list', () => found.next(), []);
      if (next === null || next.done === true) return;
      yield next.value;
    }
  }

  async read(name: string): Promise<Uint8Array | null> {
    return this.#attempt('read', async () => new Uint8Array(await readFile(this.#locate(name))), ['ENOENT', 'ENOTDIR']);
  }

  /** With `wx` opening fails where anything is by this name, also for two at once. What is said to be created is on the disk. */
  async create(name: string, content: Uint8Array): Promise<'created' | 'exists'> {
    const path = this.#locate(name);
    await this.#attempt('add files to', () => mkdir(dirname(path), { recursive: true }), []);
    const file = await this.#attempt('add files to', () => open(path, 'wx'), ['EEXIST']);
    if (file === null) return 'exists';
    await this.#attempt('add files to', () => writeNew(file, path, content), []);
    await syncFolders(this.#folder, path);
    return 'created';
  }

  async tryReplace(name: string, content: Uint8Array): Promise<'refused' | 'accepted'> {
    const path = this.#locate(name);
    const replaced = await this.#attempt('write to', async () => {
      // Without O_CREAT and O_TRUNC: never a new file, and never an empty one if this process is killed.
      await writeWhole(await open(path, constants.O_WRONLY), content);
      return 'accepted' as const;
    }, ['EACCES', 'EPERM', 'EROFS']);
    return replaced ?? 'refused';
  }

  async erase(name: string): Promise<ErasedObject> {
    const path = this.#locate(name);
    let kept = false;
    const erased = await this.#attempt('delete from', async () => {
      await rm(path).catch((error: unknown) => {
        // unlink(2): EPERM also for a file that is marked immutable, which no right helps against.
        kept = findSystemCode(error) === 'EPERM';
        if (!kept) throw error;
      });
      if (!kept) await syncFolder(dirname(path));
      return true;
    }, ['ENOENT', 'ENOTDIR']);
    if (kept) return { kind: 'kept', until: null };
    return { kind: erased === null ? 'absent' : 'erased' };
  }

  async readImmutability(): Promise<Immutability> {
    return { kind: 'none' };
  }

  #locate(name: string): string {
    return join(this.#folder, ...name.split('/'));
  }

  /** null: it failed in one of the `expected` ways. */
  async #attempt<T>(what: string, work: () => Promise<T>, expected: readonly string[]): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      const code = findSystemCode(error);
      if (code === null) throw error;
      if (expected.includes(code)) return null;
      throw createStoreError(
        this.place,
        {
          says: `this user cannot ${what} it (${code})`,
          remedy: 'Give this user that right, or correct what the code names (ENOSPC: make room), and run it again.',
        },
        error,
      );
    }
  }
}

/** Half a record is none. */
async function writeNew(file: FileHandle, path: string, content: Uint8Array): Promise<void> {
  try {
    await writeWhole(file, content);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function writeWhole(file: FileHandle, content: Uint8Array): Promise<void> {
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** fsync(2): a new file's name is on the disk only once its folder is; so for each folder that may be new. */
async function syncFolders(root: string, path: string): Promise<void> {
  for (let folder = dirname(path); folder.length >= root.length; folder = dirname(folder)) {
    await syncFolder(folder);
    if (folder === root) return;
  }
}

/** Windows and some shares have no fsync of a folder. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
