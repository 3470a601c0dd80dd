// out/<stack>/apply.jsonl: what a run asks of the tenant, line by line as it happens, so that a run that is killed, cancelled
// or left without its backend still says whom it changed. Written by the run and by its provider, each for itself.
import { hostname } from 'node:os';
import { join } from 'node:path';
import { pid } from 'node:process';
import Type, { type Static } from 'typebox';
import { literals, nullable } from '../../policy/schemas/parts.ts';
import { listSchemaFaults } from '../../policy/schemas/validate.ts';
import { stepNames } from '../../policy/words/apply-words.ts';
import { appendSyncedLine, readSyncedLines } from '../synced-lines.ts';

/** Which run writes. */
export const LoggedRun = Type.Object({
  /** The workflow run and its attempt, else machine and process. */
  run: Type.String(),
  /** The commit that is applied; null: none is known. */
  commit: nullable(Type.String()),
});
export type LoggedRun = Static<typeof LoggedRun>;

const LoggedAccount = Type.Object({
  id: Type.String(),
  userPrincipalName: Type.String(),
  displayName: Type.String(),
});
export type LoggedAccount = Static<typeof LoggedAccount>;

/** One request that changes something. `asked` without `done` or `failed` after it: whether it was done is unknown. */
const StepEntry = Type.Object({
  what: literals(['asked', 'done', 'failed']),
  step: literals([...stepNames, 'mail-sent']),
  /** null: it is not about one account, like a mail. */
  account: nullable(LoggedAccount),
  /** Of a mail: the notice that it is of, and to whom. */
  notice: Type.Optional(Type.String()),
  to: Type.Optional(Type.String()),
  subject: Type.Optional(Type.String()),
  /** displayName; of `group-left` and `group-joined`. */
  group: Type.Optional(Type.String()),
  /** SKU part numbers; of `licenses-changed`. */
  removed: Type.Optional(Type.Array(Type.String())),
  given: Type.Optional(Type.Array(Type.String())),
  /** Of `done`: Microsoft's receipt. */
  receipt: Type.Optional(
    Type.Object({
      at: Type.String(),
      requestId: Type.String(),
      clientRequestId: Type.String(),
      batch: nullable(Type.Object({ requestId: Type.String(), item: Type.String() })),
    }),
  ),
  /** Why it failed. */
  because: Type.Optional(Type.String()),
});
export type StepEntry = Static<typeof StepEntry>;

/** The first and the last line of a run; one without its last was killed or is still at work. */
const RunEntry = Type.Object({
  what: literals(['begun', 'ended']),
  /** Of `begun`: the day that counts as today. */
  day: Type.Optional(Type.String()),
  /** Of `ended`: `done`, or why it ended early. */
  how: Type.Optional(Type.String()),
});
type RunEntry = Static<typeof RunEntry>;

const LogLine = Type.Intersect([
  LoggedRun,
  Type.Object({ at: Type.String(), stack: Type.String() }),
  Type.Union([StepEntry, RunEntry]),
]);
export type LogLine = Static<typeof LogLine>;

export interface ApplyLog {
  append(entry: StepEntry | RunEntry): Promise<void>;
}

interface LoggedStack {
  /** The repository's root. */
  repository: string;
  stack: string;
}

export function createApplyLog(place: LoggedStack, { run, commit }: LoggedRun): ApplyLog {
  const { stack } = place;
  return {
    append: (entry) => appendSyncedLine(findLog(place), { at: new Date().toISOString(), stack, run, commit, ...entry }),
  };
}

/** Every line of every run whose record is in the folder, the oldest first. */
export function readApplyLog({ repository, stack }: LoggedStack): Promise<LogLine[]> {
  return readApplyLogOf(join(repository, 'out', stack));
}

/** The same of a folder that a run's artifact was unpacked into. */
export async function readApplyLogOf(folder: string): Promise<LogLine[]> {
  return (await readSyncedLines(join(folder, logName))).filter(isLogLine);
}

const logName = 'apply.jsonl';

function findLog({ repository, stack }: LoggedStack): string {
  return join(repository, 'out', stack, logName);
}

export function isLogLine(value: unknown): value is LogLine {
  return listSchemaFaults(LogLine, value).length === 0;
}

/** The name of this run in each of its lines. */
export function identifyRun(env: NodeJS.ProcessEnv): string {
  const { GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt = '1' } = env;
  return id ? `${id}/${attempt}` : `${hostname()}/${pid}`;
}

/** Runs `update` between the first and the last line of its run. */
export async function logRun<T>(log: ApplyLog, day: string, update: () => Promise<T>): Promise<T> {
  await log.append({ what: 'begun', day });
  try {
    const result = await update();
    await log.append({ what: 'ended', how: 'done' });
    return result;
  } catch (error) {
    await log.append({ what: 'ended', how: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}
