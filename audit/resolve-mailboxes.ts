// Reads the mailboxes that the report left open: of accounts that would be planned or have a file, and of delicensed ones
// for as long as their mail can be lost.
import type { Day, Evidence } from '../policy/evidence.ts';
import { foldId, type IdKey } from '../policy/identifiers.ts';
import { isPlanned } from '../policy/judge/action.ts';
import type { StackRules } from '../policy/judge/judge.ts';
import type { JudgedAccount } from '../policy/judge/judgement.ts';
import { hasMailboxLicense } from '../policy/licenses/mailbox-loss.ts';
import type { RecipientType } from '../policy/schemas/account.ts';
import type { AccountSorter } from './judge-accounts.ts';
import { sortForReport } from './report-order.ts';
import { askExchange } from './sources/exchange-mailbox.ts';
import type { AuditReader } from './sources/reader.ts';
import { readUserPurposes } from './sources/user-purpose.ts';
import { takeTurn } from './weekly-turns.ts';

/** What the account files say of mailboxes. */
export interface MailboxFiles {
  /** Accounts that have a file in force or in the open proposal. */
  managed: ReadonlySet<IdKey>;
  /** Delicensed by this pipeline, with a mailbox that it made shared; files in archive/ count, too. */
  watched: ReadonlySet<IdKey>;
  /** Had a mailbox before this pipeline touched them, by the files on main. */
  hadMailbox: ReadonlySet<IdKey>;
}

/** How many mailboxes could not be read, or were not read yet. */
export interface OpenMailboxCounts {
  /** Of inactive accounts. */
  inactive: number;
  /** Of delicensed accounts whose mail can be lost. */
  watched: number;
}

interface MailboxQuestion {
  reader: AuditReader;
  sorter: AccountSorter;
  rules: StackRules;
  files: MailboxFiles;
  today: Day;
}

/** More than one proposal can hold (300 files); the rest waits for its turn in a later audit. */
const mostLookups = 400;

/**
 * Judges the accounts again with the mailboxes found; one that stays unknown makes the evidence insufficient.
 * Mailboxes whose mail can be lost come first and do not count against the lookups of the others.
 */
export async function resolveUnknownMailboxes(question: MailboxQuestion): Promise<OpenMailboxCounts> {
  const watched = await resolveWatchedMailboxes(question);
  const { sorter, rules, files } = question;
  const { inactive, managed } = sorter.getSorted();
  const isManaged = ({ evidence }: JudgedAccount) => files.managed.has(foldId(evidence.id));
  const open = [...new Set([...managed.values(), ...inactive])].filter((judged) =>
    isOpen(judged, isManaged(judged), rules),
  );
  const accountsToAsk = [
    ...open.filter(isManaged),
    ...sortForReport(open.filter((judged) => !isManaged(judged))),
  ].slice(0, mostLookups);
  const isResolved = await resolveMailboxes(accountsToAsk, question);
  return {
    watched,
    inactive: open.filter(isInactive).length - accountsToAsk.filter(isInactive).filter(isResolved).length,
  };
}

/** Returns how many mailboxes may still be losing mail unnoticed. */
async function resolveWatchedMailboxes(question: MailboxQuestion): Promise<number> {
  const { sorter, files } = question;
  const open = [...sorter.getSorted().managed.values()].filter(
    ({ evidence }) => files.watched.has(foldId(evidence.id)) && mayLoseMail(evidence),
  );
  const accountsToAsk = selectUrgentFirst(open, question.today);
  const isResolved = await resolveMailboxes(accountsToAsk, question);
  return open.length - accountsToAsk.filter(isResolved).length;
}

/** Both groups take turns by id, or mailboxes that stay unknown would block the others. */
function selectUrgentFirst(open: readonly JudgedAccount[], today: Day): JudgedAccount[] {
  const byId = open.toSorted((a, b) => (a.evidence.id < b.evidence.id ? -1 : 1));
  const urgent = takeTurn(byId.filter(isUrgent), mostLookups, today);
  const others = byId.filter((judged) => !isUrgent(judged));
  return [...urgent, ...takeTurn(others, mostLookups - urgent.length, today)];
}

function mayLoseMail({ mailbox, licenses }: Evidence): boolean {
  const { recipientType } = mailbox;
  return (recipientType === 'user' || recipientType === 'unknown') && !hasMailboxLicense({ licenses });
}

/** The report shows a user mailbox, a deleted one or none; less urgent is a row without a known Recipient Type. */
function isUrgent({ evidence: { mailbox } }: JudgedAccount): boolean {
  return mailbox.recipientType !== 'unknown' || !mailbox.isReported;
}

function isInactive({ judgement }: JudgedAccount): boolean {
  return judgement.verdict === 'inactive';
}

/** Accounts with a file are read whatever happens to them next, because a return waits for the mailbox, too. */
function isOpen({ evidence, judgement }: JudgedAccount, isManaged: boolean, { policy }: StackRules): boolean {
  if (evidence.mailbox.recipientType !== 'unknown' || evidence.mailbox.asked) return false;
  return isPlanned(judgement.action, policy) || isManaged;
}

/** Judges the accounts again; returns whose mailbox is known now. Keeps the report's type where none was found. */
async function resolveMailboxes(
  accounts: readonly JudgedAccount[],
  question: MailboxQuestion,
): Promise<(judged: JudgedAccount) => boolean> {
  const answers = await lookUpMailboxes(
    accounts.map(({ evidence }) => evidence),
    question,
  );
  const resolved = new Set<JudgedAccount>();
  for (const [at, judged] of accounts.entries()) {
    const { evidence } = judged;
    const answer = answers[at] ?? { recipientType: 'unknown' };
    const isKnown = answer.recipientType !== 'unknown';
    if (isKnown || answer.isMissing || evidence.mailbox.recipientType !== 'unknown') resolved.add(judged);
    const reading = isKnown ? answer : { ...answer, recipientType: evidence.mailbox.recipientType };
    question.sorter.judgeAgain({ ...evidence, mailbox: { ...evidence.mailbox, ...reading, asked: true } });
  }
  return (judged) => resolved.has(judged);
}

type MailboxAnswer = Pick<Evidence['mailbox'], 'recipientType' | 'kind' | 'isMissing'>;

/** Graph first, then Exchange for what Graph does not find or may not tell, if the audit has a role there. */
async function lookUpMailboxes(
  accounts: readonly Evidence[],
  { reader, files, today }: MailboxQuestion,
): Promise<MailboxAnswer[]> {
  const ids = accounts.map(({ id }) => id);
  const types = await readUserPurposes(reader, ids);
  const answers = accounts.map(
    (evidence, at): MailboxAnswer => ({
      recipientType: decideRecipientType(types[at] ?? 'unknown', evidence, files.hadMailbox.has(foldId(evidence.id))),
    }),
  );
  const open = ids.filter((_, at) => answers[at]?.recipientType === 'unknown');
  const exchange = await askExchange(reader, open, today);
  return accounts.map((evidence, at): MailboxAnswer => {
    const answer = answers[at] ?? { recipientType: 'unknown' };
    const exchangeAnswer = exchange.answers.get(evidence.id);
    if (exchangeAnswer !== undefined || answer.recipientType !== 'unknown') return exchangeAnswer ?? answer;
    const isMissing = types[at] === 'none' && !exchange.mayAsk && !hasMailboxEvidence(evidence);
    return isMissing ? { ...answer, isMissing: true } : answer;
  });
}

/**
 * Graph's 404 alone does not prove that there is no mailbox: it counts only where nothing else speaks for one. For an
 * account that had one before, only Exchange, or a report that shows it deleted, is proof.
 */
export function decideRecipientType(
  type: RecipientType,
  evidence: Pick<Evidence, 'licenses' | 'mailbox' | 'mail'>,
  hadMailbox: boolean,
): RecipientType {
  if (type !== 'none' && type !== 'unknown') return type;
  const isGone = type === 'none' && evidence.mailbox.disconnectedOn !== undefined;
  if (isGone && !hasMailboxEvidence(evidence)) return 'none';
  return hadMailbox || evidence.mail !== null || hasMailboxEvidence(evidence) ? 'unknown' : 'none';
}

/** A licence with a mailbox, or a row of the mailbox report, which lists unlicensed mailboxes, too. */
function hasMailboxEvidence({ licenses, mailbox }: Pick<Evidence, 'licenses' | 'mailbox'>): boolean {
  return mailbox.isReported === true || licenses.some(({ carries }) => carries.mailbox !== null);
}
