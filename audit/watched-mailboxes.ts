// Whose mailboxes the account files tell something of: who had one, whose is looked after, whose has turned back before.
import type { Evidence } from '../policy/evidence.ts';
import { isWatched } from '../policy/mailbox-loss.ts';
import type { AccountFile } from '../policy/schemas/account.ts';
import type { AuditOptions } from './audit.ts';
import type { Sorting } from './sorting.ts';
import type { MailboxFiles } from './unknown-mailboxes.ts';

type Files = Pick<AuditOptions, 'inForce' | 'archived' | 'proposed'>;

export function mailboxFiles({ inForce, archived = [], proposed }: Files): MailboxFiles {
  const onMain = [...inForce, ...archived].map(({ file }) => file);
  const inPlan = [...inForce, ...proposed].flatMap(({ file }) => file ?? []);
  return {
    managed: idsOf(inPlan),
    watched: idsOf(onMain.filter(isWatched)),
    hadMailbox: idsOf(onMain.filter(({ restore }) => restore.mailbox === 'user')),
  };
}

/** Hands accounts on with what main's files say of their mailboxes: one that has turned back once goes on needing a licence. */
export function noteFlipped(
  sorter: Sorting,
  { inForce, archived = [] }: Files,
): Pick<Sorting, 'take' | 'takeAgain'> {
  const flipped = idsOf([...inForce, ...archived].map(({ file }) => file).filter(hasFlipped));
  const note = (evidence: Evidence): Evidence =>
    flipped.has(evidence.id.toLowerCase())
      ? { ...evidence, mailbox: { ...evidence.mailbox, flipsBack: true } }
      : evidence;
  return {
    take: (evidence) => sorter.take(note(evidence)),
    takeAgain: (evidence) => sorter.takeAgain(note(evidence)),
  };
}

function hasFlipped({ savings }: AccountFile): boolean {
  return savings.heldBack.some(({ reason }) => reason === 'mailbox-flipped-back');
}

/** In lower case. */
function idsOf(files: readonly AccountFile[]): Set<string> {
  return new Set(files.map(({ account }) => account.id.toLowerCase()));
}
