// The pull request that brings a pause to main, changes it or ends it: reviewers decide, and nobody has to write YAML.
import { fetchBranches } from '../../forge/git/fetch-branches.ts';
import type { Git } from '../../forge/git/git.ts';
import { requireRemote } from '../../forge/git/remote.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { openPull } from '../../forge/github/open-pull.ts';
import { closePull, findOpenPull, listClosedHeads } from '../../forge/github/pull-request.ts';
import { requirePrivateRepository } from '../../forge/github/require-private.ts';
import { updatePull } from '../../forge/github/update-pull.ts';
import { setPause } from '../../policy/edit/pause.ts';
import { DormantError } from '../../policy/errors.ts';
import type { Day } from '../../policy/evidence.ts';
import { getTenantPath, policyPath } from '../../policy/files/stack-files.ts';
import { pauseBranchPrefix } from '../../policy/pause/pause-label.ts';
import type { Pause } from '../../policy/schemas/pause.ts';
import { createGitHubBranchWriter } from './github-branch-writer.ts';
import { renderPauseBody } from './markdown/pause.ts';
import { updateBranch } from './update-branch.ts';

export interface PauseWish {
  /** null: every stack, by policy.yaml. */
  stack: string | null;
  /** null: it ends. */
  pause: Pause | null;
  today: Day;
  main: string;
}

/** The file that a pause of the stack is written into. */
export function getPausePath(stack: string | null): string {
  return stack === null ? policyPath : getTenantPath(stack);
}

/** null: main says so already, and there is nothing to propose. */
export async function proposePause(
  git: Git,
  github: GitHub,
  { stack, pause, today, main }: PauseWish,
): Promise<{ number: number; url: string } | null> {
  await requirePrivateRepository(github);
  const branch = stack === null ? `${pauseBranchPrefix}-all` : `${pauseBranchPrefix}/${stack}`;
  const path = getPausePath(stack);
  const open = await findOpenPull(github, { branch, main });
  const closedHeads = await listClosedHeads(github, { branch, main });
  const remote = await requireRemote(git);
  const tip = await fetchBranches(git, { remote, main });
  const before = await readFileOf(git, tip, { path, main });
  const text = setPause({ path, text: before }, pause);
  const whose = stack ?? 'every stack';
  const title = pause === null ? `End the pause of ${whose}` : `Pause ${whose} until ${pause.until}`;
  const updated = await updateBranch(git, createGitHubBranchWriter(github), {
    ...{ stack: stack ?? 'policy', day: today, branch, headline: title, remote, main, closedHeads },
    files: new Map(text === before ? [] : [[path, text]]),
    audited: { main: tip, branches: new Map() },
    isOpen: open !== null,
  });
  if (updated.kind === 'conflict') throw createConflictError(branch, updated.files);
  const isEmpty = updated.kind === 'nothing' || (updated.changedFiles === 0 && updated.kept.length === 0);
  if (isEmpty) {
    if (open !== null) await closePull(github, open, `${main} says so already: there is nothing to decide.`);
    return null;
  }
  const wish = {
    ...{ branch, main, title, body: renderPauseBody(stack, pause), isDraft: false },
    ...{ labels: ['dormant'], reviewers: { users: [], teams: [] } },
  };
  const { pull } = open === null ? await openPull(github, wish) : await updatePull(github, open, wish);
  return { number: pull.number, url: pull.url };
}

async function readFileOf(git: Git, tip: string, { path, main }: { path: string; main: string }): Promise<string> {
  const blob = await git.runOrNull(['rev-parse', '--verify', '--quiet', `${tip}:${path}`]);
  if (blob !== null) return git.readBlob(blob);
  throw new DormantError('pause', `${main} has no ${path}.`, { exitCode: 2, remedy: 'Merge the stack first.' });
}

function createConflictError(branch: string, files: readonly string[]): DormantError {
  return new DormantError('pause', `${branch} conflicts with main in ${files.join(', ')}.`, {
    remedy: 'Delete the branch, and run it again.',
  });
}
