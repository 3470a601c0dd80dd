// The pipeline's one comment on a pull request or issue: found on any page, updated in place, unchanged without news. Only what this
// identity has written is its comment: somebody else's with the same first line is left alone, and ours stands beside it.
import { describeChangedRows } from '../markdown/changed-rows.ts';
import { keepTicks } from '../markdown/owned-block.ts';
import { bodyLimit, truncateMarkdown } from '../markdown/truncate.ts';
import type { GitHub } from './github.ts';
import { hasSameContent, isOwned, renderOwnedText } from './owned-text.ts';
import { isWrittenBy } from './viewer.ts';

interface OwnedComment {
  /** The pull request or issue. */
  number: number;
  /** Distinguishes the pipeline's comments, such as `preview contoso`. */
  key: string;
  /** The comment's Markdown; `news`, for its top, is what has changed since the last one; empty for the first. */
  render(news: readonly string[]): string;
  /** Where the rest is if the comment has to be cut. */
  artifactUrl?: string;
  /** true: updates an existing comment, but creates none. */
  onlyIfPresent?: boolean;
}

interface CommentResult {
  outcome: 'created' | 'updated' | 'unchanged' | 'absent';
  url: string | null;
}

/** Throws `DormantError` if GitHub refuses. */
export async function upsertComment(github: GitHub, comment: OwnedComment): Promise<CommentResult> {
  const { number, key, render, onlyIfPresent = false } = comment;
  const present = await findComment(github, number, key);
  const content = render([]);
  if (present === null) {
    if (onlyIfPresent) return { outcome: 'absent', url: null };
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
    const { data } = await github.request(route, {
      issue_number: number,
      body: renderOwnedComment(comment, content, content),
    });
    return { outcome: 'created', url: data.html_url };
  }
  if (hasSameContent(present.body, content)) return { outcome: 'unchanged', url: present.url };
  const news = describeChangedRows(present.body, content);
  await github.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
    comment_id: present.id,
    body: keepTicks(present.body, renderOwnedComment(comment, content, render(news))),
  });
  return { outcome: 'updated', url: present.url };
}

interface PresentComment {
  id: number | bigint;
  body: string;
  url: string;
}

async function findComment(github: GitHub, number: number, key: string): Promise<PresentComment | null> {
  const viewer = await github.readViewer();
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';
  for await (const comment of github.iterate(route, { issue_number: number })) {
    const { id, body = '', html_url: url, user } = comment;
    if (isWrittenBy(viewer, user) && isOwned(body, key)) return { id, body, url };
  }
  return null;
}

function renderOwnedComment({ key, artifactUrl }: OwnedComment, content: string, shown: string): string {
  const where = artifactUrl === undefined ? 'the files of this run' : `[this run](${encodeURI(artifactUrl)})`;
  const room = bodyLimit - renderOwnedText(key, content, '').length;
  return renderOwnedText(
    key,
    content,
    truncateMarkdown(shown, room, `_Cut at GitHub’s limit: the rest is in ${where}._`),
  );
}
