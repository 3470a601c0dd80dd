// Links to one file among a pull request's changed ones, for rows that do not name whom they are about. GitHub's anchor is `diff-` and
// the SHA-256 of the path, as others use it (https://github.com/alien-tools/maracas, GitHubUtils.java); its documentation does not
// say so. Where it is another one, the link leads to all of the changed files.
import { createHash } from 'node:crypto';

/** Of the page that `resolveFileLinks` puts before it. */
export function buildFileAnchor(path: string): string {
  return `#diff-${createHash('sha256').update(path).digest('hex')}`;
}

/** The text's links to files, into the pull request with this address. A text from the tenant cannot be one: it is escaped. */
export function resolveFileLinks(markdown: string, pullUrl: string): string {
  return markdown.replace(unresolved, `](${encodeURI(pullUrl)}/files$1`);
}

/** For a text on no pull request's page. */
export function dropFileLinks(markdown: string): string {
  return markdown.replace(/\[(`[^`]*`)\]\(#diff-[0-9a-f]{64}(?:R\d+)?\)/g, '$1');
}

/** How much longer a text gets by it, for an address of usual length. */
export function countLinkRoom(markdown: string): number {
  return [...markdown.matchAll(unresolved)].length * usualAddress;
}

const unresolved = /\]\((#diff-[0-9a-f]{64}(?:R\d+)?)/g;

const usualAddress = 120;
