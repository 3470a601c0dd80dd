// The commits of a branch's first-parent line, with what each says of its own day.
import { addDays, type Day, toUtcDay } from '../../policy/evidence.ts';
import { createGit } from './git.ts';
import { findAuditDay } from './signature.ts';

export interface DatedCommit {
  commit: string;
  /** By its own date. */
  day: Day;
  /** The pipeline made it for a proposal, and it has kept its date since. */
  isProposals: boolean;
}

/** The oldest first. */
export async function readLineCommits(repository: string, ref: string): Promise<DatedCommit[]> {
  const format = '--format=%H%x1f%ct%x1f%B%x1e';
  const log = await createGit(repository).run(['log', '--first-parent', '--reverse', format, `${ref}^{commit}`]);
  return log.split('\x1e').flatMap((entry) => {
    const [commit = '', seconds = '', message = ''] = entry.trimStart().split('\x1f');
    if (commit === '') return [];
    const day = toUtcDay(new Date(Number(seconds) * 1000));
    const audited = findAuditDay(message);
    // A long audit ends on the next day.
    return { commit, day, isProposals: audited !== null && day <= addDays(audited, 1) };
  });
}

/** The place of each commit; 0 is the first. */
export function mapPlaces(commits: readonly DatedCommit[]): Map<string, number> {
  return new Map(commits.map(({ commit }, place) => [commit, place]));
}
