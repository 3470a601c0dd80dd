// The part of the body that every reviewer reads: what merging does, how to say no, what is unusual, the dates.
import { escapeMarkdown, formatCode, renderTableHead, renderTableRow } from '../../../forge/markdown/escape.ts';
import type { Section } from '../../../forge/markdown/fit-sections.ts';
import { computeOneDriveClock } from '../../../policy/licenses/microsoft-clocks.ts';
import type { Move } from '../../../policy/plan/move.ts';
import { toNationalCloud } from '../../../policy/schemas/tenant.ts';
import { listUpcomingSteps, type UpcomingStep } from '../../../policy/words/describe-account.ts';
import { deletesNothingWords, describeOneDriveDays, givesBackWords } from '../../../policy/words/describe-clocks.ts';
import { formatCount, formatDay, formatList, formatMoney, stageWords } from '../../../policy/words/labels.ts';
import { findHidingStyle } from '../../../policy/words/show-name.ts';
import type { AuditView } from '../../audit-view.ts';
import { explainMove, moveReasonWords } from '../../summary/move-reason.ts';
import { describePopulations } from '../../summary/populations.ts';
import { describeStopped, type Naming } from '../../summary/quality.ts';
import { countMerge } from '../../summary/totals.ts';
import { findEscalations } from './escalations.ts';
import { renderMovedPerson } from './moved-person.ts';
import { summariseWave } from './wave.ts';

/** Above all else: no date below comes true while it lasts. */
export function buildStopSection(result: AuditView, naming: Naming = 'people'): Section {
  const sentence = describeStopped(result, naming);
  const lead = sentence === '' ? '' : `> [!WARNING]\n> ${escapeMarkdown(sentence, 1_000)}`;
  return { heading: '', lead, head: '', rows: [], fold: null };
}

/** One paragraph: what merging takes, what it saves, what it starts, what it gives back. */
export function buildDecisionSection(result: AuditView): Section {
  const counts = countMerge(result);
  const { currency } = result;
  const escalated = findEscalations(result.plan).entered.length;
  const nothingToBlock = counts.disable - counts.blocked;
  const nothingToRemove = counts.delicense - counts.unlicensed;
  const saving = `which saves ${formatMonthAndYear(counts.monthly, currency)}`;
  const taking = [
    ...includeIfAny(counts.blocked, `blocks the sign-in of ${formatCount(counts.blocked, 'account')}`),
    ...includeIfAny(counts.shared, `shares the mailbox of ${formatCount(counts.shared, 'account')}`),
    ...includeIfAny(counts.unlicensed, `removes licences of ${formatCount(counts.unlicensed, 'account')}, ${saving}`),
  ];
  const sentences = [
    `**Merging this ${formatList(taking) || 'takes nothing away from anybody'}.**`,
    ...includeIfAny(
      nothingToBlock,
      `${formatSubject(nothingToBlock, 'enters', 'enter')} Disable with nothing to block: disabled already, or Active Directory’s.`,
    ),
    ...includeIfAny(
      counts.withBlock.accounts,
      `Groups take back licences of ${formatCount(counts.withBlock.accounts, 'account')} with the block, which saves ${formatMonthAndYear(counts.withBlock.monthly, currency)}.`,
    ),
    ...includeIfAny(nothingToRemove, `${formatSubject(nothingToRemove, 'has', 'have')} no licence that can go.`),
    ...includeIfAny(
      counts.notify,
      `${formatSubject(counts.notify, 'enters', 'enter')} notice: ${formatCount(counts.managers, 'person is told by one mail', 'people are told by one mail each')}.`,
    ),
    ...includeIfAny(
      counts.review,
      `${formatSubject(counts.review, 'moves', 'move')} on to the time to object; nothing changes for them.`,
    ),
    ...includeIfAny(counts.restore, `${formatSubject(counts.restore, 'gets', 'get')} back what was taken.`),
    ...includeIfAny(
      counts.saved,
      `${formatSubject(counts.saved, 'gets', 'get')} a licence back, without which the mail of ${counts.saved === 1 ? 'its mailbox' : 'their mailboxes'} is lost.`,
    ),
    ...includeIfAny(counts.released, `${formatSubject(counts.released, 'leaves', 'leave')} the process untouched.`),
    ...includeIfAny(
      counts.archived,
      `${formatSubject(counts.archived, 'goes', 'go')} to the archive: nothing more happens, and what was taken stays taken.`,
    ),
    ...includeIfAny(
      escalated,
      `${formatCount(escalated, 'executive')} ${escalated === 1 ? 'is' : 'are'} put on HR’s list, and no account of theirs changes.`,
    ),
    ...includeIfAny(
      counts.erased,
      `The files of ${formatCount(counts.erased, 'person', 'people')} in the archive are erased; nothing happens to an account.`,
    ),
    `Nothing happens before the merge. ${deletesNothingWords}`,
  ];
  const lead = [sentences, summariseWave(result)].filter((part) => part.length > 0);
  return { ...plain, lead: lead.map((part) => part.join(' ')).join('\n\n') };
}

/** How to veto, to object and to exempt, one line each. */
export function buildObjectionsSection({ stack, policy }: AuditView): Section {
  const folder = formatCode(`stacks/${stack}/accounts/`);
  return {
    ...plain,
    lead: [
      `- **No to one person:** set \`stage: keep\` in their file under ${folder} and add a line \`reason:\`. Nothing happens to them.`,
      '- **Not now, or not this person for long:** add them to `exemptions.yaml` with reason, owner and end date.',
      `- **Taking a file out** is for somebody who is new in this pull request, and leaves them out of it. Who is in ${folder} of the main branch already is put back by the next audit, because their file may be all that says that they are blocked: end it with \`stage: keep\` or \`stage: restore\` and a \`reason:\`.`,
      ...(findHidingStyle(policy) === null ? [] : [describeHiddenNames(stack)]),
      '- **A manager objects** by answering the notice; any reviewer writes that down in one of the two ways above.',
      `- **Taking it back later:** revert the merge, or set \`stage: restore\`. ${givesBackWords}`,
    ].join('\n'),
  };
}

function describeHiddenNames(stack: string): string {
  return `- **Who it is:** people are not named here, by \`privacy.names\`. What stands below a person leads to their file among the changed files, which names them; of anybody who moves nowhere, \`dormant why ${stack} <id>\` says who it is.`;
}

/** Exceptions: who leaves and why, what a reviewer changed, and sign-ins that may be attempts by others. */
export function buildExceptionsSection(result: AuditView): Section {
  const unusual = result.plan.moves.flatMap((move) => {
    const what = describeException(move);
    return what === null ? [] : [{ move, what }];
  });
  return {
    heading: unusual.length > 0 ? `### Look at these first: ${unusual.length.toLocaleString('en-US')}` : '',
    lead: '',
    head: renderTableHead([
      ['Person', 'left'],
      ['What', 'left'],
      ['Why', 'left'],
    ]),
    rows: unusual.map(({ move, what }) =>
      renderTableRow([
        renderMovedPerson(move, result),
        escapeMarkdown(what),
        escapeMarkdown(explainMove(move, result), 400),
      ]),
    ),
    fold: unusual.length > maxUnfolded ? formatCounts(unusual.map(({ what }) => what)) : null,
  };
}

/** For where nobody is named: how many of each kind. */
export function buildExceptionCountsSection(result: AuditView): Section {
  const { heading } = buildExceptionsSection(result);
  const kinds = result.plan.moves.flatMap((move) => describeException(move) ?? []);
  return { ...plain, heading, lead: formatCounts(kinds) };
}

/** More exceptions than this are folded, with their kinds counted, so that the money stays on the first screens. */
const maxUnfolded = 15;

function formatCounts(kinds: readonly string[]): string {
  const counts = [...Map.groupBy(kinds, (kind) => kind)].map(
    ([kind, same]) => `${escapeMarkdown(kind)}: ${same.length.toLocaleString('en-US')}`,
  );
  return counts.join(' · ');
}

/** Every stage from the notice to the day of deletion by hand, dated for those who enter with this merge. */
export function buildTimetableSection(result: AuditView): Section {
  const { auditedOn, policy, uncounted } = result;
  const steps = listUpcomingSteps({ stage: 'notify', since: auditedOn }, policy.stages, uncounted);
  const dated = steps.map(({ stage, on }) =>
    stage === 'deletable'
      ? renderRow(
          'Deletable by hand',
          `from ${formatDay(on, auditedOn)}`,
          'listed, with what deletion would lose; Dormant never deletes',
        )
      : renderRow(stageWords[stage].name, `from ${formatDay(on, auditedOn)}`, stageWords[stage].does),
  );
  const head = renderTableHead([
    ['Phase', 'left'],
    ['For accounts that enter today', 'left'],
    ['What merging it does', 'left'],
  ]);
  const lines = [
    head,
    renderRow(stageWords.notify.name, formatDay(auditedOn, auditedOn), stageWords.notify.does),
    ...dated,
    ...renderClockRow(result, steps),
  ];
  return {
    heading: '### The phases ahead',
    lead: `${lines.join('\n')}\n\nEach phase is a pull request of its own. Dates are the earliest, counted from the merge; accounts that are active again before then leave.${describePopulations(policy).map((sentence) => ` ${sentence}`)}`,
    head: '',
    rows: [],
    fold: null,
  };
}

/** Microsoft's own step once the licence is gone; it does not happen in the cloud for defence. */
function renderClockRow({ tenant, auditedOn }: AuditView, steps: readonly UpcomingStep[]): string[] {
  const last = steps.find(({ stage }) => stage === 'delicense');
  if (last === undefined || toNationalCloud(tenant.cloud) === 'usgov-dod') return [];
  const clock = computeOneDriveClock(last.on);
  const from = `from ${formatDay(clock.readOnlyFrom, auditedOn)}`;
  const does = `a OneDrive without a licence is ${describeOneDriveDays(clock, auditedOn)}`;
  return [renderRow('Microsoft’s clock', from, does)];
}

function renderRow(phase: string, on: string, does: string): string {
  return renderTableRow([phase, on, does]);
}

const plain: Section = { heading: '', lead: '', head: '', rows: [], fold: null };

function describeException(move: Move): string | null {
  const { from, to, reason, judged } = move;
  if (reason === 'changed-by-reviewer') return 'changed by a reviewer';
  if (to === 'restore') return `is given back what was taken: ${moveReasonWords[reason]}`;
  if (to === null && from !== null && reason !== 'restored')
    return `leaves ${stageWords[from].name}: ${moveReasonWords[reason]}`;
  if (to === 'archive' && reason === 'account-gone') return `goes to the archive: ${moveReasonWords[reason]}`;
  if (
    reason === 'not-signed' ||
    reason === 'renamed' ||
    reason === 'evidence-renewed' ||
    reason === 'mailbox-flipped-back'
  )
    return moveReasonWords[reason];
  return judged?.judgement.reasons.includes('signs-of-spray') ? 'sources disagree: attempts without a success' : null;
}

function includeIfAny(count: number, words: string): string[] {
  return count > 0 ? [words] : [];
}

/** `1 account leaves`, `5 accounts leave`. */
function formatSubject(count: number, singular: string, plural: string): string {
  return `${formatCount(count, 'account')} ${count === 1 ? singular : plural}`;
}

function formatMonthAndYear(monthly: number, currency: string): string {
  return `${formatMoney(monthly, currency)} a month (${formatMoney(monthly * 12, currency)} a year)`;
}
