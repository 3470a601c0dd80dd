// What an audit has left in out/<stack>/, with the rules that judged and the commit that it has read.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { getOutFolder } from '../../audit/out-folder.ts';
import { createGit } from '../../forge/git/git.ts';
import { DormantError } from '../../policy/errors.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';
import type { Entry } from '../../policy/records/split.ts';
import { identifyRun } from '../../stacks/record/apply-log.ts';
import { gatherCommit } from './gather-commit.ts';
import { readJsonLines } from './read-json-lines.ts';
import type { RecordedRun } from './run-entries.ts';

/** Throws `no-audit` where none has written its results here, and `record` (exit code 2) where they were cut off. */
export async function gatherAudit(
  repo: string,
  { stack, policy, prices }: Pick<StackFiles, 'stack' | 'policy' | 'prices'>,
  env: NodeJS.ProcessEnv,
): Promise<RecordedRun> {
  const path = join(getOutFolder(repo, stack), 'audit.json');
  if (!(await stat(path).catch(() => null))?.isFile()) throw createMissingError(stack);
  const git = createGit(repo);
  const commit = await git.runOrNull(['rev-parse', '--verify', '--quiet', 'HEAD']);
  return {
    ...{ kind: 'audit', day: await readDay(path), run: identifyRun(env), commit },
    async *read(): AsyncIterable<Entry> {
      for (const { path: file, text } of [policy, prices]) yield { file, at: [], value: text };
      yield* readJsonLines(path);
      yield* await gatherCommit(git, commit);
    },
  };
}

async function readDay(path: string): Promise<string> {
  for await (const { at, value } of readJsonLines(path))
    if (at[0] === 'auditedOn' && typeof value === 'string') return value;
  throw new DormantError('record', 'audit.json has no day.', {
    exitCode: 2,
    where: path,
    remedy: 'Run the audit again.',
  });
}

function createMissingError(stack: string): DormantError {
  return new DormantError('no-audit', `No audit of ${stack} has written its results here.`, {
    exitCode: 2,
    remedy: `Run \`dormant audit ${stack}\` first.`,
  });
}
