// Whose mailbox this pipeline has made shared at any time, read from every version of every account file that main has held: a file
// that was archived, taken out or written anew does not turn a person's mailbox into a shared one to protect. Pure.
import { recipientTypes } from '../../policy/schemas/account.ts';
import { isOwnConversion } from '../../policy/stage.ts';

/** Ids in lower case. `texts`: versions of account files, in whatever order. */
export function findOwnMailboxes(texts: Iterable<string>): Set<string> {
  const ids = new Set<string>();
  for (const text of texts) {
    const id = parseAccountId(text);
    if (id !== null && hasSharedOwn(text)) ids.add(id);
  }
  return ids;
}

/** In lower case; null: it says none. */
export function parseAccountId(text: string): string | null {
  const id = /\bid["']?:\s*["']?([0-9a-f-]{36})/i.exec(extractBlock(text, 'account'))?.[1];
  return id?.toLowerCase() ?? null;
}

/** Old versions are not parsed as a whole: thousands of them would take minutes. */
function hasSharedOwn(text: string): boolean {
  if (!isMailbox(extractBlock(text, 'desired'), 'shared')) return false;
  const restored = extractBlock(text, 'restore');
  const mailbox = recipientTypes.find((type) => isMailbox(restored, type));
  return mailbox !== undefined && isOwnConversion({ mailbox }, { isAsked: true, isBegun: true });
}

function isMailbox(block: string, type: string): boolean {
  return new RegExp(`\\bmailbox["']?:\\s*["']?${type}\\b`).test(block);
}

/** What stands under a key of the first level, on its own line or in those below it. */
function extractBlock(text: string, key: string): string {
  return new RegExp(`^["']?${key}["']?:.*(?:\\r?\\n(?:[ \\t#].*)?)*`, 'm').exec(text)?.[0] ?? '';
}
