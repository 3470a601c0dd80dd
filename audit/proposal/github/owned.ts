// A comment or an issue that the pipeline owns: found again by its first line, whoever writes below it. Pure.
import { createHash } from 'node:crypto';

interface OwnedMark {
  key: string;
  /** Of what it said last, so that a run without news stays quiet. */
  digest: string;
}

/** `key` tells the pipeline's texts apart, such as `preview contoso`. */
export function ownedText(key: string, content: string, text: string): string {
  return `${markLine({ key: safeKey(key), digest: digestOf(content) })}\n${text}`;
}

/** The mark on the first line; null for everybody else's text. */
function ownedMark(body: string | null): OwnedMark | null {
  const [, key, digest] = /^<!-- dormant:owned ([^\s>]+) ([0-9a-f]{16}) -->/.exec(body ?? '') ?? [];
  return key === undefined || digest === undefined ? null : { key, digest };
}

export function isOwned(body: string | null, key: string): boolean {
  return ownedMark(body)?.key === safeKey(key);
}

/** Whether the text says the same as `content`; the run that it links to is not news. */
export function saysTheSame(body: string | null, content: string): boolean {
  return ownedMark(body)?.digest === digestOf(content);
}

function markLine({ key, digest }: OwnedMark): string {
  return `<!-- dormant:owned ${key} ${digest} -->`;
}

function safeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('-', '%2D');
}

function digestOf(content: string): string {
  const withoutRun = content.replace(/\/actions\/runs\/\d+[^\s)]*/g, '/actions/runs/');
  return createHash('sha256').update(withoutRun).digest('hex').slice(0, 16);
}
