// A preview on its pull request: one comment per stack, and a line among the checks. Failures are shown like results.
import { createGit } from '../../forge/git/git.ts';
import { upsertComment } from '../../forge/github/comment.ts';
import { findPushedCommit, readHeadCommit, setCommitStatus } from '../../forge/github/commit-status.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { requirePrivateRepository } from '../../forge/github/require-private.ts';
import { type Changes, renderChangesComment } from '../../stacks/record/changes-comment.ts';
import { findArtifactUrl, findPullUrl, requireGitHubFor, type Verbosity } from '../github-remote.ts';

/** The pull request of a preview, checked out in `repo`. */
export interface Review {
  github: GitHub;
  pull: number;
  repo: string;
}

/** Throws `no-github` (exit code 2) if the repository of the pull request is not known. */
export function requireReview(pull: number, { repo, ...verbosity }: { repo: string } & Verbosity): Review {
  return { github: requireGitHubFor('--pull', verbosity), pull, repo };
}

/** `isBroken`: the preview ended before its result; `changes.stopped` says why. */
export async function publishPreview(review: Review, changes: Changes, isBroken: boolean): Promise<void> {
  const { github, pull } = review;
  // Again, because the run was long: the comment names people.
  await requirePrivateRepository(github);
  const artifact = findArtifactUrl(process.env);
  const key = `preview ${changes.stack}`;
  const pullUrl = findPullUrl(process.env, pull);
  const { url } = await upsertComment(github, {
    ...{ number: pull, key, ...artifact },
    render: (news) => renderChangesComment({ ...changes, sinceLastTime: news }, { ...artifact, ...pullUrl }),
  });
  const targetUrl = url ?? artifact.artifactUrl;
  await setCommitStatus(github, {
    ...{ sha: await findReviewedCommit(review), context: key, ...buildStatus(changes, isBroken) },
    ...(targetUrl === undefined ? {} : { targetUrl }),
  });
}

function buildStatus(changes: Changes, isBroken: boolean) {
  const { disabled, shared = [], delicensed, restored, refused, stopped, limited = null, stop = null } = changes;
  if (isBroken) return { state: 'error' as const, description: 'The preview failed; its comment says why.' };
  if (stopped !== null) return { state: 'failure' as const, description: 'Nothing would be done.' };
  const unlicensed = delicensed.filter(({ removed }) => removed.length > 0);
  const counts = `${disabled.length} disabled, ${shared.length} mailboxes shared, ${unlicensed.length} with licences removed, ${restored.length} given back`;
  if (limited !== null)
    return { state: 'failure' as const, description: `Nothing is taken, ${restored.length} given back.` };
  return refused.length > 0
    ? { state: 'failure' as const, description: `${counts}, ${refused.length} refused` }
    : { state: 'success' as const, description: stop === null ? counts : `${counts}; nothing is taken now` };
}

async function findReviewedCommit({ github, pull, repo }: Review): Promise<string> {
  return (await findPushedCommit(createGit(repo))) ?? readHeadCommit(github, pull);
}
