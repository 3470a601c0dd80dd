// The pipeline's one comment on a pull request or issue: found again on any page, updated in place, quiet without news.
import { bodyLimit, cutMarkdown } from '../markdown/cut.ts';
import { newsBetween } from '../markdown/news.ts';
import type { GitHub } from './github.ts';
import { isOwned, ownedText, saysTheSame } from './owned.ts';
import { field, numberAt, textAt } from './wire.ts';

export interface OwnedComment {
  /** The pull request or issue. */
  number: number;
  /** Tells the pipeline's comments apart, such as `preview contoso`. */
  key: string;
  /** The comment's Markdown; `news` is what has changed since the last one, and belongs at the top. Empty for the first. */
  render(news: readonly string[]): string;
  /** Where the rest is when the comment has to be cut. */
  artifactUrl?: string;
  /** true: only corrects a comment that is there, and never begins one. */
  onlyIfPresent?: boolean;
}

export interface CommentResult {
  outcome: 'created' | 'updated' | 'unchanged' | 'absent';
  url: string | null;
}

/** Throws `DormantError` where GitHub refuses. */
export async function upsertComment(github: GitHub, comment: OwnedComment): Promise<CommentResult> {
  const { number, key, render, onlyIfPresent = false } = comment;
  const present = await findComment(github, number, key);
  const content = render([]);
  if (present === null) {
    if (onlyIfPresent) return { outcome: 'absent', url: null };
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
    const { data } = await github.request(route, {
      issue_number: number,
      body: text(comment, content, content),
    });
    return { outcome: 'created', url: textAt(data, 'html_url') };
  }
  if (saysTheSame(present.body, content)) return { outcome: 'unchanged', url: present.url };
  const news = newsBetween(present.body, content);
  await github.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
    comment_id: present.id,
    body: text(comment, content, render(news)),
  });
  return { outcome: 'updated', url: present.url };
}

interface PresentComment {
  id: number;
  body: string;
  url: string | null;
}

async function findComment(github: GitHub, number: number, key: string): Promise<PresentComment | null> {
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';
  for await (const comment of github.each(route, { issue_number: number })) {
    if (!isOwned(textAt(comment, 'body'), key)) continue;
    return {
      id: numberAt(comment, 'id'),
      body: field(comment, 'body'),
      url: textAt(comment, 'html_url'),
    };
  }
  return null;
}

function text({ key, artifactUrl }: OwnedComment, content: string, shown: string): string {
  const where = artifactUrl === undefined ? 'the files of this run' : `[this run](${encodeURI(artifactUrl)})`;
  const room = bodyLimit - ownedText(key, content, '').length;
  return ownedText(
    key,
    content,
    cutMarkdown(shown, room, `_Cut at GitHub’s limit: the rest is in ${where}._`),
  );
}
