// Asks for the mailboxes that the report left open, of the accounts that would otherwise be planned or have a file.
import { isPlanned } from '../policy/action.ts';
import type { Evidence } from '../policy/evidence.ts';
import type { Rules } from '../policy/judge.ts';
import type { JudgedAccount } from '../policy/judgement.ts';
import type { RecipientType } from '../policy/schemas/account.ts';
import { inOrderOfReport } from './order.ts';
import type { Sorting } from './sorting.ts';
import { askExchange } from './sources/exchange-mailbox.ts';
import type { TenantReader } from './sources/reader.ts';
import { readUserPurposes } from './sources/user-purpose.ts';

/** More than one proposal can hold (300 files); the rest waits, and is asked for when its turn comes. */
const mostLookups = 400;

/**
 * Judges the accounts again with what their mailboxes turned out to be: one that stays unknown makes the evidence insufficient.
 * Returns of how many inactive ones it stays unknown, those among them that nobody has asked for yet.
 */
export async function settleUnknownMailboxes(
  reader: TenantReader,
  sorting: Sorting,
  rules: Rules,
): Promise<number> {
  const { inactive, managed } = sorting.sorted();
  const open = [...new Set([...managed.values(), ...inactive])].filter((judged) =>
    isOpen(judged, managed, rules),
  );
  const isManaged = ({ evidence }: JudgedAccount) => managed.has(evidence.id.toLowerCase());
  const asked = [
    ...open.filter(isManaged),
    ...inOrderOfReport(
      open.filter((judged) => !isManaged(judged)),
      rules.policy,
      rules.prices,
    ),
  ].slice(0, mostLookups);
  const mailboxes = await lookUp(
    reader,
    asked.map(({ evidence }) => evidence),
  );
  for (const [at, { evidence }] of asked.entries()) {
    sorting.retake({ ...evidence, mailbox: { ...evidence.mailbox, ...mailboxes[at], asked: true } });
  }
  const isSettled = (_: JudgedAccount, at: number) =>
    (mailboxes[at]?.recipientType ?? 'unknown') !== 'unknown';
  return open.filter(isInactive).length - asked.filter(isSettled).filter(isInactive).length;
}

function isInactive({ judgement }: JudgedAccount): boolean {
  return judgement.verdict === 'inactive';
}

/** Accounts that have a file are asked for whatever becomes of them next: who comes back waits for the mailbox, too. */
function isOpen(
  { evidence, judgement }: JudgedAccount,
  managed: ReadonlyMap<string, JudgedAccount>,
  { policy }: Rules,
): boolean {
  if (evidence.mailbox.recipientType !== 'unknown') return false;
  return isPlanned(judgement.action, policy) || managed.has(evidence.id.toLowerCase());
}

type Answer = Pick<Evidence['mailbox'], 'recipientType' | 'kind'>;

/** Graph first; what it does not find or may not tell is asked of Exchange, where the audit has a role there. */
async function lookUp(reader: TenantReader, asked: readonly Evidence[]): Promise<Answer[]> {
  const ids = asked.map(({ id }) => id);
  const types = await readUserPurposes(reader, ids);
  const answers = asked.map(
    (evidence, at): Answer => ({ recipientType: told(types[at] ?? 'unknown', evidence) }),
  );
  const open = ids.filter((_, at) => answers[at]?.recipientType === 'unknown');
  const said = await askExchange(reader, open);
  return answers.map((answer, at) => said.get(ids[at] ?? '') ?? answer);
}

/** A 404 of Graph's alone does not mean that there is no mailbox: it is believed where nothing else says that there is one. */
function told(type: RecipientType, evidence: Evidence): RecipientType {
  switch (type) {
    case 'none':
      return isLicensed(evidence) || hasRow(evidence) ? 'unknown' : 'none';
    case 'unknown':
      return isLicensed(evidence) || hasRow(evidence) || evidence.mail !== null ? 'unknown' : 'none';
    default:
      return type;
  }
}

function isLicensed({ licenses }: Evidence): boolean {
  return licenses.some(({ carries }) => carries.mailbox !== null);
}

/** Whether the mailbox report names it; it names unlicensed mailboxes, too. */
function hasRow({ mailbox }: Evidence): boolean {
  return mailbox.storageUsedBytes !== null || mailbox.hasArchive !== null;
}
