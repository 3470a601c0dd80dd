// Why licences have to stay, in a few words: the most frequent reasons, and how many others there are.
import { formatCount, heldBackWords } from '../../policy/words/labels.ts';
import type { MoneySummary } from './totals.ts';

/** Each account's reasons are in the CSV and in its file. */
const mostNamed = 3;

/** `inherited from a group (15)`, the most frequent first, and at the end `8 other reasons`. */
export function summariseHeldBack({ heldBack }: Pick<MoneySummary, 'heldBack'>): string[] {
  const reasons = [...heldBack.byReason].toSorted(([, a], [, b]) => b.accounts - a.accounts);
  const named = reasons
    .slice(0, mostNamed)
    .map(([reason, { accounts }]) => `${heldBackWords[reason]} (${accounts.toLocaleString('en-US')})`);
  const others = reasons.length - named.length;
  return others === 0 ? named : [...named, formatCount(others, 'other reason')];
}
