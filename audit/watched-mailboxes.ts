// What the account files say of mailboxes: who had one, which are watched, which turned back to user mailboxes before.
import type { Evidence } from '../policy/evidence.ts';
import { collectIds } from '../policy/files/stack-files.ts';
import { foldId } from '../policy/identifiers.ts';
import { isWatched } from '../policy/licenses/mailbox-loss.ts';
import type { AccountFile } from '../policy/schemas/account.ts';
import type { AccountSorter } from './judge-accounts.ts';
import type { AuditOptions } from './judge-tenant.ts';
import type { MailboxFiles } from './resolve-mailboxes.ts';

type Files = Pick<AuditOptions, 'inForce' | 'archived' | 'proposed'>;

export function buildMailboxFiles({ inForce, archived = [], proposed }: Files): MailboxFiles {
  const onMain = [...inForce, ...archived].map(({ file }) => file);
  const inPlan = [...inForce, ...proposed].flatMap(({ file }) => file ?? []);
  return {
    managed: collectIds(inPlan),
    watched: collectIds(onMain.filter(isWatched)),
    hadMailbox: collectIds(onMain.filter(({ restore }) => restore.mailbox === 'user')),
  };
}

/** Marks accounts whose mailbox turned back once, by main's files, because it still needs a licence. */
export function markFlippedMailboxes(
  sorter: AccountSorter,
  { inForce, archived = [] }: Files,
): Pick<AccountSorter, 'take' | 'takeAgain'> {
  const flipped = collectIds([...inForce, ...archived].map(({ file }) => file).filter(hasFlipped));
  const mark = (evidence: Evidence): Evidence =>
    flipped.has(foldId(evidence.id)) ? { ...evidence, mailbox: { ...evidence.mailbox, flipsBack: true } } : evidence;
  return {
    take: (evidence) => sorter.take(mark(evidence)),
    takeAgain: (evidence) => sorter.takeAgain(mark(evidence)),
  };
}

function hasFlipped({ savings }: AccountFile): boolean {
  return savings.heldBack.some(({ reason }) => reason === 'mailbox-flipped-back');
}
