// Why nothing is taken now: asked before each account that loses something, and again before each request that takes.
// The only part of stacks/ that asks GitHub. It can only stop: nothing that it is told makes a run take more.
import { connectByEnvironment } from '../forge/github/by-environment.ts';
import type { GitHub } from '../forge/github/github.ts';
import { createLabelQuestion, type LabelledPull } from '../forge/github/labelled-pull.ts';
import { findClosure } from '../policy/calendar/find-closure.ts';
import { toInstant } from '../policy/calendar/local-time.ts';
import { DormantError } from '../policy/errors.ts';
import type { Day } from '../policy/evidence.ts';
import type { StackFiles } from '../policy/files/stack-files.ts';
import { findPause, toPauseStop } from '../policy/pause/find-pause.ts';
import { chooseLabelledPulls, pauseLabel, toLabelStop } from '../policy/pause/pause-label.ts';
import { type TakingStop, toClosedStop } from '../policy/pause/taking-stop.ts';
import { isEmulated } from '../policy/schemas/tenant.ts';
import { findPauseAuthor, isContainedIn, isRemoteOf } from './applied-main.ts';

interface StopQuery {
  repository: string;
  /** As main's tip has them. */
  files: Pick<StackFiles, 'stack' | 'tenant' | 'policy' | 'holidays'>;
  today: Day;
  /** Of the embedded tenant's moved clock: see `StackRunOptions`. */
  startsAt?: string | null | undefined;
  /** The commit of main that an apply of this stack has gone through last; null: none is noted. */
  appliedCommit: string | null;
  env: NodeJS.ProcessEnv;
  /** Of one request to GitHub; a run must not hang on it. */
  timeoutMs?: number;
}

export type FindStop = () => Promise<TakingStop | null>;

/** A pause lasts for the whole run, the calendar is looked at each time, GitHub at most once a minute. */
export function watchStops(query: StopQuery): FindStop {
  const { files, today } = query;
  const { policy, tenant, holidays } = files;
  const zone = tenant.value.timeZone;
  const now = createClock(query);
  const pause = findPause(files, today);
  let paused: Promise<TakingStop> | null = null;
  const everyMs = isEmulated(files.tenant.value.cloud) ? 1_000 : 60_000;
  const askLabel = askAtMost(createLabelStops(query), everyMs);
  return async () => {
    if (pause !== null) {
      paused ??= findPauseAuthor(query.repository, pause).then((author) => toPauseStop(pause, author));
      return paused;
    }
    const closure = findClosure(policy.value.calendar, { zone, at: now(), holidays });
    return (await askLabel()) ?? (closure && toClosedStop(closure));
  };
}

/** Real time, or that of the embedded tenant's clock from the start of the run on; of a day without an hour, its noon. */
function createClock({ files: { tenant }, today, startsAt }: StopQuery): () => Date {
  const { cloud, timeZone } = tenant.value;
  if (!isEmulated(cloud)) return () => new Date();
  const noon = () => toInstant({ day: today, minutes: 12 * 60 }, timeZone).toISOString();
  const [start, begunAt] = [Date.parse(startsAt ?? noon()), Date.now()];
  return () => new Date(start + Date.now() - begunAt);
}

/** All who ask meanwhile get the answer of the same request. */
function askAtMost<T>(ask: () => Promise<T>, everyMs: number): () => Promise<T> {
  let answer: Promise<T> | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (answer === null || Date.now() - askedAt >= everyMs) {
      askedAt = Date.now();
      answer = ask();
    }
    return answer;
  };
}

function createLabelStops({
  repository,
  files: { stack },
  appliedCommit,
  env,
  timeoutMs = 15_000,
}: StopQuery): FindStop {
  const github = connectByEnvironment(env, { throttled: false, timeoutMs });
  if (github === null)
    return async () => ((await isForgeHidden(repository, env)) ? toUnknownStop('the run has no GITHUB_TOKEN') : null);
  const ask = createStackLabelQuestion(github, { repository, stack, appliedCommit });
  return async () => {
    try {
      // Twice: a connection may break, and what would be taken waits for the answer.
      const pull = await ask().catch(ask);
      return pull === null ? null : toLabelStop(pull);
    } catch (error) {
      return toUnknownStop(error instanceof Error ? error.message.replace(/\.$/, '') : String(error));
    }
  };
}

function createStackLabelQuestion(
  github: GitHub,
  { repository, stack, appliedCommit }: Pick<StopQuery, 'repository' | 'appliedCommit'> & { stack: string },
): () => Promise<LabelledPull | null> {
  return createLabelQuestion(github, {
    ...chooseLabelledPulls(stack),
    isOver: async (commit) => appliedCommit !== null && (await isContainedIn(repository, commit, appliedCommit)),
  });
}

/** On Actions, of a repository that is on GitHub: then there is a label to ask about. */
async function isForgeHidden(repository: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  if (env.GITHUB_ACTIONS !== 'true' || !env.GITHUB_REPOSITORY) return false;
  return isRemoteOf(repository, env.GITHUB_SERVER_URL ?? 'https://github.com');
}

function toUnknownStop(because: string): TakingStop {
  return {
    kind: 'forge-unknown',
    because: `GitHub cannot be asked whether a pull request of this stack is labelled ${pauseLabel} (${because})`,
    until: null,
  };
}

/** A run that cannot ask is a failed one: nobody would see otherwise that nothing is ever taken. */
export function toForgeUnknownError({ because }: TakingStop): DormantError {
  return new DormantError('forge-unknown', `Nothing is taken: ${because}.`, {
    remedy:
      'Give the job of the apply `pull-requests: read` and `issues: read`, make GitHub reachable for it, then run the apply again.',
  });
}
