// The files of a look, in a folder of their own that only its owner may open and that git leaves out.
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeJson } from '../../audit/report/json.ts';
import { writeReports } from '../../audit/write-results.ts';
import type { Look } from './look.ts';
import { lookFileName, renderLookFile } from './look-file.ts';

/** Returns their paths. */
export async function writeLook(look: Look, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  await writeFile(join(folder, '.gitignore'), '*\n');
  const reports = await writeReports(look.view, folder);
  const json = await writeJson(look.result, folder, look.listFacts);
  const path = join(folder, lookFileName);
  await writeFile(path, renderLookFile(look));
  return [...reports, json, path];
}
