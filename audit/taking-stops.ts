// What keeps an apply from taking anything on the day of the audit, which goes on all the same: for whoever reads its dates.
import { createGit, type Git } from '../forge/git/git.ts';
import { findLineAuthor } from '../forge/git/line-author.ts';
import type { GitHub } from '../forge/github/github.ts';
import { createLabelQuestion } from '../forge/github/labelled-pull.ts';
import { findClosedDay } from '../policy/calendar/find-closure.ts';
import { DormantError } from '../policy/errors.ts';
import type { Day } from '../policy/evidence.ts';
import type { StackFiles } from '../policy/files/stack-files.ts';
import { findPause, toPauseStop } from '../policy/pause/find-pause.ts';
import { chooseLabelledPulls, pauseLabel, toLabelStop } from '../policy/pause/pause-label.ts';
import { type TakingStop, toClosedStop } from '../policy/pause/taking-stop.ts';

interface StopQuery {
  repository: string;
  files: Pick<StackFiles, 'stack' | 'tenant' | 'policy' | 'holidays'>;
  today: Day;
  /** Main, for who wrote a pause into it. */
  ref: string;
  /** null: there is no label to look for. */
  github: GitHub | null;
  /** As in `NotedState`; asked only of a merged pull request. */
  readAppliedCommit(): Promise<string | null>;
}

interface TakingStops {
  stops: TakingStop[];
  /** What could not be asked, as sentences. */
  notes: string[];
}

export async function findTakingStops(query: StopQuery): Promise<TakingStops> {
  const git = createGit(query.repository);
  const pause = findPause(query.files, query.today);
  const paused = pause === null ? [] : [toPauseStop(pause, await findLineAuthor(git, query.ref, pause))];
  const { stops, notes } = query.github === null ? noStops : await findLabelStops(git, query.github, query);
  const { policy, tenant, holidays } = query.files;
  // Whatever the hour of the audit is: people merge in working hours.
  const closed = findClosedDay(policy.value.calendar, { zone: tenant.value.timeZone, day: query.today, holidays });
  return { stops: [...paused, ...stops, ...(closed === null ? [] : [toClosedStop(closed)])], notes };
}

const noStops: TakingStops = { stops: [], notes: [] };

async function findLabelStops(
  git: Git,
  github: GitHub,
  { files: { stack }, readAppliedCommit }: StopQuery,
): Promise<TakingStops> {
  const ask = createLabelQuestion(github, {
    ...chooseLabelledPulls(stack),
    async isOver(commit) {
      const applied = await readAppliedCommit();
      return applied !== null && (await git.runOrNull(['merge-base', '--is-ancestor', commit, applied])) !== null;
    },
  });
  try {
    const pull = await ask();
    return { stops: pull === null ? [] : [toLabelStop(pull)], notes: [] };
  } catch (error) {
    if (!(error instanceof DormantError)) throw error;
    const note = `Whether a pull request is labelled ${pauseLabel} could not be asked: ${error.message}`;
    return { stops: [], notes: [note] };
  }
}
