// Writes several files as one: all are first written next to their targets, so that a full disk changes nothing.
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface NewFile {
  /** Relative to the repository's root, with slashes. */
  path: string;
  text: string;
}

export async function writeTogether(root: string, files: readonly NewFile[]): Promise<void> {
  const written: string[] = [];
  try {
    for (const { path, text } of files) {
      const target = join(root, path);
      await mkdir(dirname(target), { recursive: true });
      written.push(`${target}.init`);
      await writeFile(`${target}.init`, text);
    }
    for (const { path } of files) await rename(`${join(root, path)}.init`, join(root, path));
  } finally {
    await Promise.all(written.map((temporary) => rm(temporary, { force: true })));
  }
}
