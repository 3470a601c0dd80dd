// The pipeline's block in a pull request's body: replaced as a whole, with its ticks and the text around it kept. Pure.
import { createHash } from 'node:crypto';

export interface BlockMarks {
  /** Digest of the pipeline's title; another title on the pull request is a person's. */
  title: string;
  /** Whether the pipeline made the pull request a draft. */
  isDraft: boolean;
}

interface OwnedBlock {
  content: string;
  marks: BlockMarks;
  /** The most characters that the whole body may have. */
  limit: number;
  shorten(content: string, maxLength: number): string;
}

/** Short, because it only distinguishes a person's title from the pipeline's last one. */
export function computeTitleDigest(title: string): string {
  return createHash('sha256').update(title).digest('hex').slice(0, 16);
}

/** null: the body has no block. */
export function parseBlockMarks(body: string | null): BlockMarks | null {
  const [, title = '', draft] = begin.exec(body ?? '') ?? [];
  return draft === undefined ? null : { title, isDraft: draft === 'yes' };
}

/**
 * `body` with the block set to `content`, at the end if there was none. Text before and after it stays. Lines keep their
 * ticks, recognised by their text or a `<!-- tick:key -->`.
 */
export function replaceOwnedBlock(body: string | null, { content, marks, limit, shorten }: OwnedBlock): string {
  const found = splitBody((body ?? '').replaceAll('\r\n', '\n'));
  const open = `<!-- dormant:begin title=${marks.title} draft=${marks.isDraft ? 'yes' : 'no'} -->`;
  const frame = found.before.length + found.after.length + open.length + close.length + 2;
  const harmless = content.replaceAll('<!-- dormant:', '<!-- dormant :').trimEnd();
  const inside = shorten(keepTicks(found.content, harmless), limit - frame);
  return `${found.before}${open}\n${inside}\n${close}${found.after}`;
}

const begin = /<!-- dormant:begin title=([0-9a-f]*) draft=(yes|no) -->/;
const close = '<!-- dormant:end -->';

function splitBody(body: string): { before: string; content: string; after: string } {
  const start = body.search(begin);
  const end = body.indexOf(close, Math.max(0, start));
  if (start < 0 || end < 0) {
    const before = body.trimEnd();
    return { before: before === '' ? '' : `${before}\n\n`, content: '', after: '' };
  }
  return {
    before: body.slice(0, start),
    content: body.slice(start, end),
    after: body.slice(end + close.length),
  };
}

const task = /^(\s*(?:[-*+]|\d+[.)])\s+)\[([ xX])\](.*)$/;

/** `after` with the ticks that `before` has, line by line. */
export function keepTicks(before: string, after: string): string {
  const ticked = new Set(
    before.split('\n').flatMap((line) => {
      const [, , mark = ' ', text = ''] = task.exec(line) ?? [];
      return mark === ' ' ? [] : [getTickKey(text)];
    }),
  );
  const lines = after.split('\n').map((line) => {
    const [, bullet = '', , text = ''] = task.exec(line) ?? [];
    return bullet !== '' && ticked.has(getTickKey(text)) ? `${bullet}[x]${text}` : line;
  });
  return lines.join('\n');
}

function getTickKey(text: string): string {
  return /<!-- tick:(\S+) -->/.exec(text)?.[1] ?? text.trim();
}
