// Asks for the mailboxes that the report left open, of the accounts that would otherwise be planned.
import type { Rules } from '../policy/judge.ts';
import type { JudgedAccount } from '../policy/judgement.ts';
import { plannedActions } from '../policy/judgement.ts';
import { inOrderOfReport } from './order.ts';
import type { Sorting } from './sorting.ts';
import type { TenantReader } from './sources/reader.ts';
import { readUserPurposes } from './sources/user-purpose.ts';

/** More than one proposal can hold (300 files); the rest is asked for when its turn comes. */
const mostLookups = 400;

/** Judges the accounts again with what their mailboxes turned out to be. Returns how many stay unknown. */
export async function settleUnknownMailboxes(
  reader: TenantReader,
  sorting: Sorting,
  rules: Rules,
): Promise<number> {
  const open = [...sorting.sorted().inactive].filter(isOpen);
  const asked = inOrderOfReport(open, rules.policy, rules.prices).slice(0, mostLookups);
  const types = await readUserPurposes(
    reader,
    asked.map(({ evidence }) => evidence.id),
  );
  let settled = 0;
  for (const [at, { evidence }] of asked.entries()) {
    const recipientType = types[at] ?? 'unknown';
    if (recipientType === 'unknown') continue;
    settled++;
    sorting.retake({ ...evidence, mailbox: { ...evidence.mailbox, recipientType } });
  }
  return open.length - settled;
}

function isOpen({ evidence, judgement }: JudgedAccount): boolean {
  return evidence.mailbox.recipientType === 'unknown' && plannedActions.includes(judgement.action);
}
