// Files that outlive a kill: one JSON object a line, each on the disk before its writer goes on.
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isFields } from '../graph/json-fields.ts';

/** The file is created with its first line, for its owner alone. */
export async function appendSyncedLine(path: string, line: object): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a', 0o600);
  try {
    // The leading line end closes a line that a crash has cut off. In one write, so that two processes never mix theirs.
    await file.appendFile(`\n${JSON.stringify(line)}`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** In the order written; without what a crash has cut off. None if there is no such file. */
export async function readSyncedLines(path: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap(parseLine);
}

function parseLine(line: string): Record<string, unknown>[] {
  try {
    const value: unknown = JSON.parse(line);
    return isFields(value) ? [value] : [];
  } catch {
    // Empty, or cut off.
    return [];
  }
}
