// Whether the list of executives is the audit's own, as it stands. Pure.
import type { Escalations } from '../schemas/escalations.ts';
import { findSincePlace, type SigningContext } from './account-past.ts';
import { findKey, type ListedKey } from './keys.ts';
import type { FileVersion } from './main-line.ts';
import { buildSignedListText, parseSignedLine, toCanonicalJson } from './signed-line.ts';

/** `versions`: of the list on main, the oldest first; `read`: null for a text that is no list. */
export function isListSigned(
  { escalations, signed }: Escalations,
  { versions, read }: { versions: readonly FileVersion[]; read: (text: string) => Escalations | null },
  context: SigningContext,
): boolean {
  const line = parseSignedLine(signed);
  const key = line && findKey(context.signing, line.key);
  if (line !== null && line.furthest === null && key !== null) {
    const place = versions.find(({ text }) => text?.includes(line.signature))?.at ?? Number.POSITIVE_INFINITY;
    const isGood = isGoodAt(key, place, context);
    if (isGood && context.verify(buildSignedListText(escalations, context, line), line.signature, key.publicKey))
      return true;
  }
  const before = versions.findLast(({ at }) => at <= findSincePlace(context))?.text ?? null;
  const listBefore = before === null ? null : read(before);
  return listBefore !== null && toCanonicalJson(listBefore.escalations) === toCanonicalJson(escalations);
}

/** A revoked key is good only for what main had before. A list names no day of its audit, so a retired one stays good. */
function isGoodAt({ before }: ListedKey, place: number, { places }: SigningContext): boolean {
  return before === undefined || place < (places.get(before) ?? -1);
}
