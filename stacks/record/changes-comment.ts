// The pull request's comment about what a preview would do or an apply did, in the same words for both.
import { escapeMarkdown, formatCode } from '../../forge/markdown/escape.ts';
import { countLinkRoom, dropFileLinks, resolveFileLinks } from '../../forge/markdown/file-link.ts';
import { fitSections, type Section } from '../../forge/markdown/fit-sections.ts';
import type { TakingStop } from '../../policy/pause/taking-stop.ts';
import { withoutSignInsWords } from '../../policy/words/apply-words.ts';
import { groupDelaySentence } from '../../policy/words/describe-group.ts';
import { formatMoney } from '../../policy/words/labels.ts';
import { redactNames } from '../../policy/words/redact-names.ts';
import type { AccountChanges } from './account-changes.ts';
import { buildChangeTables, buildProblemTables, hasRemovedLicenses } from './changes-tables.ts';

export type { AccountChanges as Changes, ChangedAccount } from './account-changes.ts';

interface ChangesOptions {
  /** In characters; GitHub allows 65,536. */
  limit?: number;
  artifactUrl?: string;
  /** The address of the pull request whose files the rows lead to, where names are hidden; absent: they lead nowhere. */
  pullUrl?: string;
}

export function renderChangesComment(told: AccountChanges, options: ChangesOptions = {}): string {
  const { pullUrl } = options;
  const changes = hideEnd(told);
  const where =
    options.artifactUrl === undefined
      ? 'in this run’s files'
      : `in the files of [this run](${encodeURI(options.artifactUrl)})`;
  const text = fitSections(
    [
      buildHeadlineSection(changes),
      buildSinceLastTimeSection(changes),
      ...buildProblemTables(changes),
      ...buildChangeTables(changes),
    ],
    {
      maxSize: options.limit ?? 60_000,
      measure: (text) => text.length + countLinkRoom(text),
      elsewhere: where,
    },
  );
  return pullUrl === undefined ? dropFileLinks(text) : resolveFileLinks(text, pullUrl);
}

/** Why a run ended is known only after its changes: an error names files and addresses. */
function hideEnd(changes: AccountChanges): AccountChanges {
  const { names, stopped } = changes;
  return names === undefined || stopped === null ? changes : { ...changes, stopped: redactNames(stopped) };
}

/** For a step's summary, which names nobody: the counts, and `where` the names stand, as a sentence. */
export function renderChangesSummary(changes: AccountChanges, where: string): string {
  const { stopped, limited = null, stop = null, notes = [] } = changes;
  const { heading, lead } = buildHeadlineSection({
    ...changes,
    stopped: stopped === null ? null : redactNames(stopped),
    limited: limited === null ? null : redactNames(limited),
    stop: stop === null ? null : { ...stop, because: redactNames(stop.because) },
    notes: notes.map(redactNames),
  });
  return `${heading}\n\n${lead}\n\n${where}`;
}

function buildHeadlineSection(changes: AccountChanges): Section {
  const { stack, mode, currency } = changes;
  const monthly = changes.delicensed.reduce((cents, account) => cents + Math.round(account.monthly * 100), 0) / 100;
  const parts = [
    ...formatCount(changes.disabled, `disabled${describeWithBlock(changes)}`),
    ...formatCount(changes.shared ?? [], 'with a shared mailbox'),
    ...formatCount(
      changes.delicensed.filter(hasRemovedLicenses),
      `with licences removed (${formatMoney(monthly, currency)} a month)`,
    ),
    ...formatCount(changes.restored, 'given back'),
    ...formatCount(changes.doneEarlier ?? [], 'done by an earlier run that ended early'),
    ...formatCount(changes.quarantined, 'in or out of quarantine'),
    ...formatCount(changes.corrected ?? [], 'corrected in the quarantine'),
    ...formatCount(changes.refused, 'refused'),
    ...formatCount(changes.failed, 'failed'),
    ...formatCount(changes.waiting ?? [], 'waiting'),
    ...formatCount(
      changes.mailed,
      `${changes.mailed.length === 1 ? 'mail' : 'mails'} ${mode === 'preview' ? 'to send' : 'sent'}`,
    ),
  ];
  const title = `### ${mode === 'preview' ? 'What merging this does' : 'What this merge did'} in ${formatCode(stack)}`;
  const summary = parts.length === 0 ? 'No account changes.' : `${parts.join(' · ')}.`;
  const isLeaving = hasGroupsThatTake(changes);
  const clocks = [...(isLeaving ? [groupDelaySentence] : []), ...(changes.clocks ?? [])].join(' ');
  return buildPlainSection(
    title,
    [...renderWarnings(changes), summary, clocks].filter((part) => part !== '').join('\n\n'),
  );
}

/** Whether groups take back what they gave, so that it goes later than the run. */
export function hasGroupsThatTake({ delicensed, disabled }: AccountChanges): boolean {
  return (
    delicensed.some(({ groups = [] }) => groups.length > 0) || disabled.some(({ withBlock }) => withBlock !== undefined)
  );
}

function describeWithBlock({ disabled, currency }: AccountChanges): string {
  const taken = disabled.flatMap(({ withBlock }) => withBlock ?? []);
  const monthly = taken.reduce((cents, each) => cents + Math.round(each.monthly * 100), 0) / 100;
  const whose = `${taken.length.toLocaleString('en-US')} of them`;
  return taken.length === 0
    ? ''
    : `, and groups take back licences of ${whose} (${formatMoney(monthly, currency)} a month)`;
}

function renderWarnings(changes: AccountChanges): string[] {
  const { stopped, limited = null, stop = null, withoutSignIns, notes = [], mode } = changes;
  const renderCaution = (what: string, why: string) => `> [!CAUTION]\n> **${what}:** ${escapeMarkdown(why, 500)}`;
  return [
    ...(stopped === null
      ? []
      : [renderCaution(hasBegun(changes) ? 'The run ended early' : 'Nothing is done', stopped)]),
    ...(limited === null ? [] : [renderCaution('Only what is given back goes on', limited)]),
    // What is limited says so itself.
    ...(stop === null || limited !== null ? [] : [renderStop(stop, mode)]),
    ...(withoutSignIns ? [`> [!WARNING]\n> ${escapeMarkdown(withoutSignInsWords, 500)}`] : []),
    ...notes.map((note) => `> [!NOTE]\n> ${escapeMarkdown(note, 500)}`),
  ];
}

function renderStop({ because }: TakingStop, mode: AccountChanges['mode']): string {
  const what = mode === 'preview' ? 'Nothing would be taken now' : 'Nothing is taken now';
  return `> [!WARNING]\n> **${what}:** ${escapeMarkdown(because, 500)}. What is merged waits for that, and giving back goes on.`;
}

/** Of a run that ended early: whether it had done anything by then. */
function hasBegun({ disabled, shared = [], delicensed, restored, mailed, failed }: AccountChanges): boolean {
  return [disabled, shared, delicensed, restored, mailed, failed].flat().length > 0;
}

function formatCount(accounts: readonly unknown[], what: string): string[] {
  return accounts.length === 0 ? [] : [`**${accounts.length.toLocaleString('en-US')}** ${what}`];
}

function buildSinceLastTimeSection({ sinceLastTime: sentences }: AccountChanges): Section {
  return {
    ...buildPlainSection(sentences.length > 0 ? '#### New since the last time' : '', ''),
    rows: sentences.map((sentence) => `- ${escapeMarkdown(sentence, 500)}`),
  };
}

function buildPlainSection(heading: string, lead: string): Section {
  return { heading, lead, head: '', rows: [], fold: null };
}
