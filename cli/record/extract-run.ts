// Writes what a record's run has written, as it was, so that people can read it; in the place of who was erased it says so.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RecordStore } from '../../forge/store/record-store.ts';
import { DormantError } from '../../policy/errors.ts';
import { buildDocument, joinEntries } from '../../policy/records/join.ts';
import { isJsonArray, isJsonObject, type Json } from '../../policy/records/json.ts';
import type { Entry } from '../../policy/records/split.ts';
import { readOneRecord } from './read-chain.ts';

/** Returns the paths. Throws `record` (exit code 2) where there is no such record. */
export async function extractRun(
  store: RecordStore,
  stack: string,
  { sequence, out }: { sequence: number; out: string },
): Promise<string[]> {
  const opened = await readOneRecord(store, stack, sequence);
  if (opened === null)
    throw new DormantError('record', `There is no record ${sequence} of ${stack} in ${store.place}.`, {
      exitCode: 2,
      remedy: 'Run it without --extract to see which records there are.',
    });
  const entries = joinEntries(opened.lines, opened.fills);
  const files = new Map([...Map.groupBy(entries, ({ file }) => file)].flatMap(([file, own]) => listTexts(file, own)));
  for (const [name, text] of files) {
    const path = locate(out, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  return [...files.keys()].map((name) => locate(out, name));
}

function listTexts(file: string, entries: readonly Entry[]): [name: string, text: string][] {
  if (file === 'accounts') return entries.flatMap(({ value }) => toAccountText(value));
  const document = buildDocument(entries);
  if (file === 'commit') return [['commit.txt', isJsonObject(document) ? `${document.raw}\n` : '']];
  if (typeof document === 'string') return [[file, document]];
  if (file.endsWith('.jsonl') && isJsonArray(document))
    return [[file, document.map((line) => `${JSON.stringify(line)}\n`).join('')]];
  return [[file, `${JSON.stringify(document, null, 1)}\n`]];
}

/** Below the folder, whatever somebody has written into the record. */
function locate(out: string, name: string): string {
  return join(out, ...name.split(/[/\\]/).filter((step) => step !== '' && step !== '.' && step !== '..'));
}

function toAccountText(value: Json): [name: string, text: string][] {
  if (!isJsonObject(value) || typeof value.path !== 'string' || typeof value.text !== 'string') return [];
  return [[`accounts/${value.path.split('/').at(-1)}`, value.text]];
}
