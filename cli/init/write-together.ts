// Writes a set of files as one: all are put beside their places first, so that a full disk leaves the repository as it was.
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
