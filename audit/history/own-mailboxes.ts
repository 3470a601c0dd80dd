// Whose mailbox this pipeline has ever made shared, from every version of every account file on main. A person's mailbox
// must not become a protected shared one because its file was archived, deleted or rewritten. Pure.
import { isOwnConversion } from '../../policy/files/stage.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import { recipientTypes } from '../../policy/schemas/account.ts';

/** `texts`: versions of account files, in any order. */
export function findOwnMailboxes(texts: Iterable<string>): Set<IdKey> {
  const ids = new Set<IdKey>();
  for (const text of texts) {
    const id = parseAccountId(text);
    if (id !== null && hasSharedOwn(text)) ids.add(id);
  }
  return ids;
}

/** null: the text has none. */
export function parseAccountId(text: string): IdKey | null {
  const id = /\bid["']?:\s*["']?([0-9a-f-]{36})/i.exec(extractBlock(text, 'account'))?.[1];
  return id === undefined ? null : foldId(id);
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

/** The value of a top-level key, on its line and those below. */
function extractBlock(text: string, key: string): string {
  return new RegExp(`^["']?${key}["']?:.*(?:\\r?\\n(?:[ \\t#].*)?)*`, 'm').exec(text)?.[0] ?? '';
}
