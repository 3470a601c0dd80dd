// After an apply: one issue per stack, open while accounts are refused or failed, closed by the next clean run. Each run that
// needs a person is a comment of its own, so that the second one is not missed either. And one for applies that never came.
import type { GitHub } from '../../forge/github/github.ts';
import { closeIssue, upsertIssue } from '../../forge/github/issue.ts';
import { requirePrivateRepository } from '../../forge/github/require-private.ts';
import { formatCount } from '../../policy/words/labels.ts';
import { type Changes, renderChangesComment } from '../../stacks/record/changes-comment.ts';
import { findArtifactUrl } from '../github-remote.ts';
import { getAnyAccountPath, mentionOwners } from '../read-owners.ts';

const labels = ['dormant'];

interface ApplyNews {
  repo: string;
  changes: Changes;
  /** Accounts were refused or failed, a limit was passed, or the run ended early. */
  needsPerson: boolean;
}

export async function updateApplyIssue(github: GitHub, { repo, changes, needsPerson }: ApplyNews): Promise<void> {
  const { stack } = changes;
  const key = `apply ${stack}`;
  if (!needsPerson) {
    await closeIssue(github, { key, labels, comment: 'The last apply was clean.' });
    return;
  }
  // Again, because the run was long: the issue names people.
  await requirePrivateRepository(github);
  const artifact = findArtifactUrl(process.env);
  const owners = await mentionOwners(repo, getAnyAccountPath(stack), github);
  await upsertIssue(github, {
    key,
    title: `The apply of ${stack} needs a person`,
    body: `${renderChangesComment(changes, artifact)}\n${owners}${next}`,
    labels,
    news: renderNews(changes, owners, artifact),
    ...artifact,
  });
}

const next = `Fix what is named above by a pull request, or run the workflow “Apply” again if nothing has to change. The next clean run closes this issue.`;

interface LostApply {
  repo: string;
  stack: string;
  /** What got lost and what becomes of it, as sentences; null: nothing did. */
  text: string | null;
}

/** An issue of its own, because the apply that would have told never came. Closed once applies have gone through all that main says. */
export async function updateLostIssue(github: GitHub, { repo, stack, text }: LostApply): Promise<void> {
  const key = `lost ${stack}`;
  if (text === null) {
    await closeIssue(github, { key, labels, comment: 'Applies have gone through all that main says.' });
    return;
  }
  const owners = await mentionOwners(repo, getAnyAccountPath(stack), github);
  const body = `${owners}${text}`;
  await upsertIssue(github, { key, title: `Not all that was merged is applied in ${stack}`, body, labels, news: body });
}

/** Without names: who it is about stands in the issue itself. */
function renderNews(
  { stopped, limited = null, refused, failed }: Changes,
  owners: string,
  { artifactUrl }: ReturnType<typeof findArtifactUrl>,
): string {
  const run = artifactUrl === undefined ? 'Another run' : `[Another run](${encodeURI(artifactUrl)})`;
  const reasons = [
    ...(stopped === null ? [] : ['it ended early']),
    ...(limited === null ? [] : ['a limit was passed']),
    ...(refused.length === 0 ? [] : [`${formatCount(refused.length, 'refusal')}`]),
    ...(failed.length === 0 ? [] : [`${formatCount(failed.length, 'failure')}`]),
  ];
  return `${owners}${run} needs a person: ${reasons.join(', ')}. The issue’s text is this run’s.`;
}
