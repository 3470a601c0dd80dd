// The files of a look, in a folder of their own that only its owner may open and that git leaves out.
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeJson } from '../../audit/report/json.ts';
import { writeReports } from '../../audit/write-results.ts';
import { DormantError } from '../../policy/errors.ts';
import { listEntries } from '../list-entries.ts';
import type { Look } from './look.ts';
import { lookFileName, renderLookFile } from './look-file.ts';

/** Returns their paths. Throws `would-overwrite` as `requireOwnFolder` does. */
export async function writeLook(look: Look, folder: string): Promise<string[]> {
  await requireOwnFolder(folder);
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  await writeFile(join(folder, '.gitignore'), '*\n');
  const reports = await writeReports(look.view, folder);
  const json = await writeJson(look.result, folder, look.listFacts);
  const path = join(folder, lookFileName);
  await writeFile(path, renderLookFile(look));
  return [...reports, json, path];
}

/** Throws `would-overwrite` (exit code 2) for a folder with files of somebody else: it would be closed to all others and to git. */
export async function requireOwnFolder(folder: string): Promise<void> {
  const names = await listEntries(folder);
  if (names.length === 0 || names.includes(lookFileName)) return;
  throw new DormantError('would-overwrite', `${folder} is not empty, and no look has written it.`, {
    exitCode: 2,
    where: folder,
    remedy: 'Give a folder of its own with --out.',
  });
}
