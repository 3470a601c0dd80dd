// A comment or an issue that the pipeline owns: found again by its first line, whoever writes below it. Pure.
import { createHash } from 'node:crypto';

interface OwnedMark {
  key: string;
  /** Of what it said last, so that a run without news stays quiet. */
  digest: string;
}

/** `key` tells the pipeline's texts apart, such as `preview contoso`. */
export function renderOwnedText(key: string, content: string, text: string): string {
  return `${formatMark({ key: encodeKey(key), digest: computeDigest(content) })}\n${text}`;
}

/** The mark on the first line; null for everybody else's text. */
function parseOwnedMark(body: string | null): OwnedMark | null {
  const [, key, digest] = /^<!-- dormant:owned ([^\s>]+) ([0-9a-f]{16}) -->/.exec(body ?? '') ?? [];
  return key === undefined || digest === undefined ? null : { key, digest };
}

export function isOwned(body: string | null, key: string): boolean {
  return parseOwnedMark(body)?.key === encodeKey(key);
}

/** Whether the text says the same as `content`; the run that it links to is not news. */
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
