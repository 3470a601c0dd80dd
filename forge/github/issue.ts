// The pipeline's one issue per stack and subject: open while something needs a person, closed by the next clean run. Only what this
// identity has opened is its issue: whoever opens a look-alike could close it, and nobody would be told any more.
import { bodyLimit, truncateMarkdown } from '../markdown/truncate.ts';
import type { GitHub } from './github.ts';
import { hasSameContent, isOwned, renderOwnedText } from './owned-text.ts';
import { isWrittenBy } from './viewer.ts';

interface OwnedIssue {
  /** Distinguishes the pipeline's issues, such as `apply contoso`. */
  key: string;
  title: string;
  body: string;
  labels: readonly string[];
  artifactUrl?: string;
  /** A comment where the issue is open already: a text that changes in silence tells nobody. */
  news?: string;
}

interface IssueResult {
  outcome: 'opened' | 'updated' | 'unchanged' | 'closed' | 'absent';
  number: number | null;
  url: string | null;
}

/** Opens the issue, or updates the open one. `labels` are set when it is opened, and find it again. */
export async function upsertIssue(github: GitHub, issue: OwnedIssue): Promise<IssueResult> {
  const present = await findIssue(github, issue.key, issue.labels);
  const body = renderOwnedIssue(issue);
  if (present === null) {
    const { title, labels } = issue;
    const { data } = await github.request('POST /repos/{owner}/{repo}/issues', { title, body, labels: [...labels] });
    return { outcome: 'opened', number: data.number, url: data.html_url };
  }
  const { number, url } = present;
  if (issue.news !== undefined) await addComment(github, number, issue.news);
  if (hasSameContent(present.body, issue.body)) return { outcome: 'unchanged', number, url };
  await github.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { issue_number: number, body });
  return { outcome: 'updated', number, url };
}

/** Closes the issue with a comment, if one is open. */
export async function closeIssue(
  github: GitHub,
  { key, labels, comment }: { key: string; labels: readonly string[]; comment: string },
): Promise<IssueResult> {
  const present = await findIssue(github, key, labels);
  if (present === null) return { outcome: 'absent', number: null, url: null };
  const { number, url } = present;
  await addComment(github, number, comment);
  await github.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
    issue_number: number,
    state: 'closed',
    state_reason: 'completed',
  });
  return { outcome: 'closed', number, url };
}

async function addComment(github: GitHub, number: number, body: string): Promise<void> {
  const parameters = { issue_number: number, body };
  await github.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', parameters);
}

interface PresentIssue {
  number: number;
  body: string | null;
  url: string;
}

async function findIssue(github: GitHub, key: string, labels: readonly string[]): Promise<PresentIssue | null> {
  const viewer = await github.readViewer();
  const parameters = { state: 'open', labels: labels.join(',') } as const;
  for await (const issue of github.iterate('GET /repos/{owner}/{repo}/issues', parameters)) {
    // Pull requests are listed among the issues.
    const { number, body = null, html_url: url, pull_request: pull, user } = issue;
    if (pull === undefined && isWrittenBy(viewer, user) && isOwned(body, key)) return { number, body, url };
  }
  return null;
}

function renderOwnedIssue({ key, body, artifactUrl }: OwnedIssue): string {
  const where = artifactUrl === undefined ? 'the files of the run' : `[the run](${encodeURI(artifactUrl)})`;
  const room = bodyLimit - renderOwnedText(key, body, '').length;
  return renderOwnedText(key, body, truncateMarkdown(body, room, `_Cut at GitHub’s limit: the rest is in ${where}._`));
}
