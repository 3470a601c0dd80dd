// What applies have left in out/<stack>/: each request as it was asked and answered, the result, and the files that were applied.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getOutFolder } from '../../audit/out-folder.ts';
import { createGit } from '../../forge/git/git.ts';
import { DormantError } from '../../policy/errors.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../../policy/records/json.ts';
import type { Entry } from '../../policy/records/split.ts';
import { identifyRun, type LogLine, readApplyLog } from '../../stacks/record/apply-log.ts';
import { gatherCommit } from './gather-commit.ts';
import type { RecordedRun } from './run-entries.ts';

/** null: no apply has begun here since `recordedAt` (ISO 8601), when the last record of one was added; null there: none was. */
export async function gatherApply(
  repo: string,
  files: Pick<StackFiles, 'stack' | 'accounts' | 'policy' | 'prices'>,
  { env, recordedAt }: { env: NodeJS.ProcessEnv; recordedAt: string | null },
): Promise<RecordedRun | null> {
  const { stack, accounts, policy, prices } = files;
  const lines = selectLines(await readApplyLog({ repository: repo, stack }), env, recordedAt);
  const last = lines.at(-1);
  if (last === undefined) return null;
  const result = await readResult(join(getOutFolder(repo, stack), 'apply.json'));
  const day = lines.flatMap((line) => ('day' in line && line.day !== undefined ? line.day : [])).at(-1);
  const git = createGit(repo);
  const touched = collectTouched(lines, result);
  return {
    ...{ kind: 'apply', day: day ?? last.at.slice(0, 10), run: last.run, commit: last.commit },
    async *read(): AsyncIterable<Entry> {
      for (const { path, text } of [policy, prices]) yield { file: path, at: [], value: text };
      for (const [index, line] of lines.entries()) yield { file: 'apply.jsonl', at: [index], value: toJson(line) };
      yield* listResultEntries(result);
      for (const { path, text, value } of accounts.filter((each) => touched.has(foldId(each.value.account.id))))
        yield { file: 'accounts', at: [path], value: { path, account: toJson(value.account), text } };
      yield* await gatherCommit(git, last.commit);
    },
  };
}

/** In a workflow those of its own run; elsewhere those of every run since the last record. */
function selectLines(lines: readonly LogLine[], env: NodeJS.ProcessEnv, recordedAt: string | null): LogLine[] {
  if (env.GITHUB_RUN_ID) return lines.filter(({ run }) => run === identifyRun(env));
  return lines.filter(({ at }) => recordedAt === null || at > recordedAt);
}

/** null: no apply came to its end here. */
async function readResult(path: string): Promise<Json> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DormantError('record', 'apply.json was cut off.', {
      exitCode: 2,
      where: path,
      remedy: 'Apply again: what is done already is only looked at.',
      cause,
    });
  }
}

function* listResultEntries(result: Json): Iterable<Entry> {
  if (!isJsonObject(result)) return;
  for (const [key, value] of Object.entries(result)) {
    if (!isJsonArray(value) || value.length === 0) yield { file: 'apply.json', at: [key], value };
    else for (const [index, each] of value.entries()) yield { file: 'apply.json', at: [key, index], value: each };
  }
}

/** Accounts of whom something was asked, of whom the result tells, or about whom somebody was written to. */
function collectTouched(lines: readonly LogLine[], result: Json): Set<IdKey> {
  const asked = lines.flatMap((line) => ('account' in line && line.account !== null ? line.account.id : []));
  const told = listObjects(result, 'accounts').flatMap(({ account }) =>
    isJsonObject(account) ? (account.id ?? []) : [],
  );
  const mailed = listObjects(result, 'mails').flatMap(({ people }) => (isJsonArray(people) ? people : []));
  return new Set([...asked, ...told, ...mailed].flatMap((id) => (typeof id === 'string' ? foldId(id) : [])));
}

function listObjects(result: Json, field: string): JsonObject[] {
  const list = isJsonObject(result) ? result[field] : null;
  return isJsonArray(list) ? list.filter(isJsonObject) : [];
}

/** As it is written: without what is undefined. */
function toJson(value: object): Json {
  return JSON.parse(JSON.stringify(value));
}
