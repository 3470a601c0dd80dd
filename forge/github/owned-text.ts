// A comment or issue of the pipeline, told from its others by its first line even if people write below it. That line proves
// nothing: anybody can write it. Whose text it is says its author, in viewer.ts. Pure.
import { createHash } from 'node:crypto';

interface OwnedMark {
  key: string;
  /** Of its last content, so that a run without news changes nothing. */
  digest: string;
}

/** `key` distinguishes the pipeline's texts, such as `preview contoso`. */
export function renderOwnedText(key: string, content: string, text: string): string {
  return `${formatMark({ key: encodeKey(key), digest: computeDigest(content) })}\n${text}`;
}

/** The mark on the first line; null: not the pipeline's text. */
function parseOwnedMark(body: string | null): OwnedMark | null {
  const [, key, digest] = /^<!-- dormant:owned ([^\s>]+) ([0-9a-f]{16}) -->/.exec(body ?? '') ?? [];
  return key === undefined || digest === undefined ? null : { key, digest };
}

export function isOwned(body: string | null, key: string): boolean {
  return parseOwnedMark(body)?.key === encodeKey(key);
}

/** Whether the text was rendered from `content`; another link to a run is not news. */
export function hasSameContent(body: string | null, content: string): boolean {
  return parseOwnedMark(body)?.digest === computeDigest(content);
}

function formatMark({ key, digest }: OwnedMark): string {
  return `<!-- dormant:owned ${key} ${digest} -->`;
}

function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('-', '%2D');
}

function computeDigest(content: string): string {
  const withoutRun = content.replace(/\/actions\/runs\/\d+[^\s)]*/g, '/actions/runs/');
  return createHash('sha256').update(withoutRun).digest('hex').slice(0, 16);
}
