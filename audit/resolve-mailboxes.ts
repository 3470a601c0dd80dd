// Asks for the mailboxes that the report left open: of the accounts that would otherwise be planned or have a file, and of those
// that have lost their licences, for as long as their mail can be lost.
import { isPlanned } from '../policy/action.ts';
import type { Day, Evidence } from '../policy/evidence.ts';
import type { StackRules } from '../policy/judge.ts';
import type { JudgedAccount } from '../policy/judgement.ts';
import { hasMailboxLicense } from '../policy/mailbox-loss.ts';
import type { RecipientType } from '../policy/schemas/account.ts';
import type { AccountSorter } from './judge-accounts.ts';
import { sortForReport } from './report-order.ts';
import { askExchange } from './sources/exchange-mailbox.ts';
import type { AuditReader } from './sources/reader.ts';
import { readUserPurposes } from './sources/user-purpose.ts';
import { takeTurn } from './weekly-turns.ts';

/** What the account files say of whom; ids in lower case. */
export interface MailboxFiles {
  /** Accounts that have a file in force or in the open proposal. */
  managed: ReadonlySet<string>;
  /** Delicensed by this pipeline, in archive/ too, with a mailbox that it has shared. */
  watched: ReadonlySet<string>;
  /** Had a mailbox before this pipeline touched them, as main says. */
  hadMailbox: ReadonlySet<string>;
}

/** Of how many mailboxes nobody could tell what they are, or has asked yet. */
export interface OpenMailboxCounts {
  /** Of inactive accounts. */
  inactive: number;
  /** Of those that are looked after since they lost their licences. */
  watched: number;
}

interface MailboxQuestion {
  reader: AuditReader;
  sorter: AccountSorter;
  rules: StackRules;
  files: MailboxFiles;
  today: Day;
}

/** More than one proposal can hold (300 files); the rest waits, and is asked for when its turn comes. */
const mostLookups = 400;

/**
 * Judges the accounts again with what their mailboxes turned out to be: one that stays unknown makes the evidence insufficient. Whose
 * mail can be lost is asked for first, and takes nobody else's turn.
 */
export async function resolveUnknownMailboxes(question: MailboxQuestion): Promise<OpenMailboxCounts> {
  const watched = await resolveWatchedMailboxes(question);
  const { sorter, rules, files } = question;
  const { inactive, managed } = sorter.getSorted();
  const isManaged = ({ evidence }: JudgedAccount) => files.managed.has(evidence.id.toLowerCase());
  const open = [...new Set([...managed.values(), ...inactive])].filter((judged) =>
    isOpen(judged, isManaged(judged), rules),
  );
  const accountsToAsk = [
    ...open.filter(isManaged),
    ...sortForReport(
      open.filter((judged) => !isManaged(judged)),
      rules.policy,
      rules.prices,
    ),
  ].slice(0, mostLookups);
  const isResolved = await resolveMailboxes(accountsToAsk, question);
  return {
    watched,
    inactive: open.filter(isInactive).length - accountsToAsk.filter(isInactive).filter(isResolved).length,
  };
}

/** Returns of how many nobody could tell whether their mail is being lost. */
async function resolveWatchedMailboxes(question: MailboxQuestion): Promise<number> {
  const { sorter, files } = question;
  const open = [...sorter.getSorted().managed.values()].filter(
    ({ evidence }) => files.watched.has(evidence.id.toLowerCase()) && mayLoseMail(evidence),
  );
  const accountsToAsk = selectUrgentFirst(open, question.today);
  const isResolved = await resolveMailboxes(accountsToAsk, question);
  return open.length - accountsToAsk.filter(isResolved).length;
}

/** Both in turn, by id: whoever stays unknown would keep the others from being asked. */
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

/** What the report shows as a user mailbox, as deleted or not at all before what it only lacks a word for. */
function isUrgent({ evidence: { mailbox } }: JudgedAccount): boolean {
  return mailbox.recipientType !== 'unknown' || !mailbox.isReported;
}

function isInactive({ judgement }: JudgedAccount): boolean {
  return judgement.verdict === 'inactive';
}

/** Accounts that have a file are asked for whatever becomes of them next: who comes back waits for the mailbox, too. */
function isOpen({ evidence, judgement }: JudgedAccount, isManaged: boolean, { policy }: StackRules): boolean {
  if (evidence.mailbox.recipientType !== 'unknown' || evidence.mailbox.asked) return false;
  return isPlanned(judgement.action, policy) || isManaged;
}

/** Judges them again, and tells of whom it is known now. A word of the report stands where nobody could tell a better one. */
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

/** Graph first; what it does not find or may not tell is asked of Exchange, where the audit has a role there. */
async function lookUpMailboxes(
  accounts: readonly Evidence[],
  { reader, files, today }: MailboxQuestion,
): Promise<MailboxAnswer[]> {
  const ids = accounts.map(({ id }) => id);
  const types = await readUserPurposes(reader, ids);
  const answers = accounts.map(
    (evidence, at): MailboxAnswer => ({
      recipientType: decideRecipientType(
        types[at] ?? 'unknown',
        evidence,
        files.hadMailbox.has(evidence.id.toLowerCase()),
      ),
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
 * A 404 of Graph's alone does not mean that there is no mailbox: it is believed where nothing else says that there is one. Of who had one
 * before, only Exchange says that there is none, or a report that shows it deleted.
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

/** A licence that carries one, or a row of the mailbox report, which names unlicensed ones, too. */
function hasMailboxEvidence({ licenses, mailbox }: Pick<Evidence, 'licenses' | 'mailbox'>): boolean {
  return mailbox.isReported === true || licenses.some(({ carries }) => carries.mailbox !== null);
}
