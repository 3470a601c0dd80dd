// After an apply: one issue per stack, open while accounts are refused or failed, closed by the next clean run.
import type { GitHub } from '../../forge/github/github.ts';
import { closeIssue, upsertIssue } from '../../forge/github/issue.ts';
import { type Changes, renderChangesComment } from '../../stacks/record/changes-comment.ts';
import { findArtifactUrl } from '../github-remote.ts';

const labels = ['dormant'];

/** `needsPerson`: accounts were refused or failed, a limit was passed, or nothing was applied at all. */
export async function updateApplyIssue(github: GitHub, changes: Changes, needsPerson: boolean): Promise<void> {
  const { stack } = changes;
  const key = `apply ${stack}`;
  if (!needsPerson) {
    await closeIssue(github, { key, labels, comment: 'The last apply was clean.' });
    return;
  }
  const artifact = findArtifactUrl(process.env);
  const body = `${renderChangesComment(changes, artifact)}\n${next}`;
  await upsertIssue(github, {
    key,
    title: `The apply of ${stack} needs a person`,
    body,
    labels,
    ...artifact,
  });
}

const next = `Fix what is named above by a pull request, or run the workflow “Apply” again if nothing has to change. The next clean run closes this issue.`;
