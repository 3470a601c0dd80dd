// The comment that says what another version would do in each tenant: that version's own previews, one after the other. Pure.
import { formatCode } from '../../forge/markdown/escape.ts';
import { truncateMarkdown } from '../../forge/markdown/truncate.ts';

export interface StackPreview {
  stack: string;
  /** Markdown, as that version has written it; null: it ended without one. */
  text: string | null;
}

interface CommentOptions {
  /** In characters, of the previews; GitHub allows 65,536 of the comment. */
  limit?: number;
  /** The page of the run; absent: there is none. */
  artifactUrl?: string;
}

export function renderUpgradePreview(
  version: string,
  previews: readonly StackPreview[],
  { limit = 60_000, artifactUrl }: CommentOptions = {},
): string {
  const run = artifactUrl === undefined ? 'this run' : `[this run](${encodeURI(artifactUrl)})`;
  const texts = previews.map(({ text }) =>
    dropHeading(text ?? `> [!CAUTION]\n> There is no preview: ${run} says why.`),
  );
  const room = shareRoom(texts, limit);
  const sections = texts.map((text, index) => {
    const shown = truncateMarkdown(text, room, `_Cut at GitHub’s limit: the rest is in the files of ${run}._`);
    return `### ${formatCode(previews[index]?.stack ?? '')}\n\n${shown}`;
  });
  return [`## What Dormant ${version} would do`, introduction, ...sections].join('\n\n');
}

const introduction =
  'It has read main’s files, the states and the tenants, and written nothing. It is the version that this pull request’s lockfile names, from npm: the hash is the lockfile’s, and npm has verified its signatures and its provenance.';

/** Which says what merging would do: merging this one does nothing by itself. */
function dropHeading(text: string): string {
  return text.replace(/^### .*\n+/, '').trimEnd();
}

/** How long each text may be, so that all of them fit: what is short leaves its room to what is long. */
function shareRoom(texts: readonly string[], limit: number): number {
  let left = limit;
  const lengths = texts.map(({ length }) => length).sort((a, b) => a - b);
  for (const [index, length] of lengths.entries()) {
    const share = Math.floor(left / (lengths.length - index));
    if (length > share) return share;
    left -= length;
  }
  return limit;
}
