// What people took back on main, from its history: which files an audit's own commit took out is told by git.
import { findTouchedPaths } from '../forge/git/branch.ts';
import { createGit, type Git } from '../forge/git/git.ts';
import type { Day } from '../policy/evidence.ts';
import { findSetBack, type SetBack } from '../policy/plan/set-back.ts';
import type { MainLine, ReadVersion } from '../policy/signing/main-line.ts';

interface SetBackQuery {
  line: MainLine & { days: ReadonlyMap<number, Day> };
  read: ReadVersion;
  /** What was taken back before it counts no longer. */
  since: Day;
}

export async function readSetBack(repository: string, { line, read, since }: SetBackQuery): Promise<SetBack[]> {
  const found = findSetBack(line, read).filter(({ on }) => on > since);
  const gone = Map.groupBy(
    found.filter(({ to }) => to === null),
    ({ at }) => at,
  );
  const commits = [...line.places].filter(([, at]) => gone.has(at));
  const byAudits = new Set<SetBack>();
  for (const [commit, at] of commits) {
    const persons = await listPersonsPaths(createGit(repository), commit);
    for (const one of gone.get(at) ?? []) if (!persons.has(one.path)) byAudits.add(one);
  }
  return found.filter((one) => !byAudits.has(one));
}

/** What a commit of main brings that no audit committed. A squash of several commits of an audit counts as a person's. */
function listPersonsPaths(git: Git, commit: string): Promise<Set<string>> {
  return findTouchedPaths(git, commit, [`${commit}^1`]);
}
