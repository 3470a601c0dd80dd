// What is in a folder that need not be there.
import { readdir } from 'node:fs/promises';

/** Names, also of folders and of what begins with a dot; empty where there is no folder. */
export function listEntries(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}
