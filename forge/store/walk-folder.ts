// Files below a folder in the order in which a store in a cloud lists its keys: by the bytes of the whole name.
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredObject } from './record-store.ts';

/** Only folders that can have a name with this prefix are read. One folder's names are held at a time, for each level. */
export async function* walkFolder(folder: string, prefix: string, above = ''): AsyncGenerator<StoredObject> {
  for (const entry of await readSorted(join(folder, above))) {
    const name = above + getKey(entry);
    if (entry.isDirectory()) {
      if (name.startsWith(prefix) || prefix.startsWith(name)) yield* walkFolder(folder, prefix, name);
    } else if (name.startsWith(prefix)) {
      const found = await stat(join(folder, name)).catch(() => null);
      if (found?.isFile()) yield { name, size: found.size };
    }
  }
}

async function readSorted(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.toSorted((a, b) => (getKey(a) < getKey(b) ? -1 : 1));
}

/** `2026-10/` comes after `2026-10-audit`, because `/` comes after `-`. */
function getKey(entry: Dirent): string {
  return entry.isDirectory() ? `${entry.name}/` : entry.name;
}
