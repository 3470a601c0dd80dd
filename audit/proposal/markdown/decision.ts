// The part of the body that every reviewer reads: what merging does, how to say no, what is unusual, the money, the dates.
import { deletesNothingWords, describeOneDriveDays, givesBackWords } from '../../../policy/clock-words.ts';
import { computeOneDriveClock } from '../../../policy/clocks.ts';
import type { Move } from '../../../policy/plan/move.ts';
import { toNationalCloud } from '../../../policy/schemas/tenant.ts';
import { listUpcomingSteps, type UpcomingStep } from '../../../policy/sentence.ts';
import {
  formatCount,
  formatDay,
  formatList,
  formatMoney,
  moveReasonWords,
  stageWords,
} from '../../../policy/words.ts';
import type { AuditResult } from '../../audit-result.ts';
import { countMerge } from '../../summary/totals.ts';
import { explainMove } from '../../summary/why.ts';
import { findEscalations } from './escalations.ts';
import { cell, code, tableHead, tableRow } from './escape.ts';
import type { Section } from './fit.ts';
import { person } from './moves.ts';
import { waveInBrief } from './wave.ts';

/** One paragraph: what merging takes, what it saves, what it starts, what it gives back. */
export function decision(result: AuditResult): Section {
  const counts = countMerge(result);
  const { currency } = result.prices;
  const escalated = findEscalations(result.plan).entered.length;
  const nothingToBlock = counts.disable - counts.blocked;
  const nothingToRemove = counts.delicense - counts.unlicensed;
  const saving = `which saves ${perMonthAndYear(counts.monthly, currency)}`;
  const taking = [
    ...when(counts.blocked, `blocks the sign-in of ${formatCount(counts.blocked, 'account')}`),
    ...when(counts.shared, `shares the mailbox of ${formatCount(counts.shared, 'account')}`),
    ...when(counts.unlicensed, `removes licences of ${formatCount(counts.unlicensed, 'account')}, ${saving}`),
  ];
  const sentences = [
    `**Merging this ${formatList(taking) || 'takes nothing away from anybody'}.**`,
    ...when(
      nothingToBlock,
      `${these(nothingToBlock, 'enters', 'enter')} Disable with nothing to block: disabled already, or Active Directory’s.`,
    ),
    ...when(nothingToRemove, `${these(nothingToRemove, 'has', 'have')} no licence that can go.`),
    ...when(
      counts.notify,
      `${these(counts.notify, 'enters', 'enter')} notice: ${formatCount(counts.managers, 'person is told by one mail', 'people are told by one mail each')}.`,
    ),
    ...when(
      counts.review,
      `${these(counts.review, 'moves', 'move')} on to the time to object; nothing changes for them.`,
    ),
    ...when(counts.restore, `${these(counts.restore, 'gets', 'get')} back what was taken.`),
    ...when(
      counts.saved,
      `${these(counts.saved, 'gets', 'get')} a licence back, without which the mail of ${counts.saved === 1 ? 'its mailbox' : 'their mailboxes'} is lost.`,
    ),
    ...when(counts.released, `${these(counts.released, 'leaves', 'leave')} the process untouched.`),
    ...when(
      escalated,
      `${formatCount(escalated, 'executive')} ${escalated === 1 ? 'is' : 'are'} put on HR’s list, and no account of theirs changes.`,
    ),
    `Nothing happens before the merge. ${deletesNothingWords}`,
  ];
  const lead = [sentences, waveInBrief(result)].filter((part) => part.length > 0);
  return { ...plain, lead: lead.map((part) => part.join(' ')).join('\n\n') };
}

/** How to veto, to object and to exempt, one line each. */
export function objections({ stack }: AuditResult): Section {
  const folder = code(`stacks/${stack}/accounts/`);
  return {
    ...plain,
    lead: [
      `- **No to one person:** set \`stage: keep\` in their file under ${folder} and add a line \`reason:\`. Nothing happens to them.`,
      '- **Not now, or not this person for long:** add them to `exemptions.yaml` with reason, owner and end date.',
      '- **A manager objects** by answering the notice; any reviewer writes that down in one of the two ways above.',
      `- **Taking it back later:** revert the merge, or set \`stage: restore\`. ${givesBackWords}`,
    ].join('\n'),
  };
}

/** What differs from the ordinary: who leaves and why, what a reviewer changed, and sign-ins that somebody else may have tried. */
export function lookAtTheseFirst(result: AuditResult): Section {
  const unusual = result.plan.moves.flatMap((move) => {
    const what = exceptionOf(move);
    return what === null ? [] : [{ move, what }];
  });
  return {
    heading: unusual.length > 0 ? `### Look at these first: ${unusual.length.toLocaleString('en-US')}` : '',
    lead: '',
    head: tableHead([
      ['Person', 'left'],
      ['What', 'left'],
      ['Why', 'left'],
    ]),
    rows: unusual.map(({ move, what }) =>
      tableRow([person(move.file.account), cell(what), cell(explainMove(move, result), 400)]),
    ),
    fold: unusual.length > mostUnfolded ? countsOf(unusual.map(({ what }) => what)) : null,
  };
}

/** More exceptions than this would push the money off the first screens; then their kinds are counted above the fold. */
const mostUnfolded = 15;

function countsOf(kinds: readonly string[]): string {
  const counts = [...Map.groupBy(kinds, (kind) => kind)].map(
    ([kind, same]) => `${cell(kind)}: ${same.length.toLocaleString('en-US')}`,
  );
  return counts.join(' · ');
}

/** The recipe's phases, dated for those who enter with this merge. */
export function timetable(result: AuditResult): Section {
  const { auditedOn, policy } = result;
  const steps = listUpcomingSteps('notify', auditedOn, policy.stages);
  const dated = steps.map(({ stage, on }) =>
    stage === 'deletable'
      ? row(
          'Deletable by hand',
          `from ${formatDay(on, auditedOn)}`,
          'listed, with what deletion would lose; Dormant never deletes',
        )
      : row(stageWords[stage].name, `from ${formatDay(on, auditedOn)}`, stageWords[stage].does),
  );
  const head = tableHead([
    ['Phase', 'left'],
    ['For accounts that enter today', 'left'],
    ['What merging it does', 'left'],
  ]);
  const lines = [
    head,
    row(stageWords.notify.name, formatDay(auditedOn, auditedOn), stageWords.notify.does),
    ...dated,
    ...clockRow(result, steps),
  ];
  return {
    heading: '### The phases ahead',
    lead: `${lines.join('\n')}\n\nEach phase is a pull request of its own. Dates are the earliest, counted from the merge; whoever is active until then leaves.`,
    head: '',
    rows: [],
    fold: null,
  };
}

/** What nobody merges: it begins once the licence is gone. In the cloud for defence it does not run. */
function clockRow({ tenant, auditedOn }: AuditResult, steps: readonly UpcomingStep[]): string[] {
  const last = steps.find(({ stage }) => stage === 'delicense');
  if (last === undefined || toNationalCloud(tenant.cloud) === 'usgov-dod') return [];
  const clock = computeOneDriveClock(last.on);
  const from = `from ${formatDay(clock.readOnlyFrom, auditedOn)}`;
  const does = `a OneDrive without a licence is ${describeOneDriveDays(clock, auditedOn)}`;
  return [row('Microsoft’s clock', from, does)];
}

function row(phase: string, on: string, does: string): string {
  return tableRow([phase, on, does]);
}

const plain: Section = { heading: '', lead: '', head: '', rows: [], fold: null };

function exceptionOf(move: Move): string | null {
  const { from, to, reason, judged } = move;
  if (reason === 'changed-by-reviewer') return 'changed by a reviewer';
  if (to === 'restore') return `is given back what was taken: ${moveReasonWords[reason]}`;
  if (to === null && from !== null && reason !== 'restored')
    return `leaves ${stageWords[from].name}: ${moveReasonWords[reason]}`;
  if (reason === 'renamed' || reason === 'evidence-renewed' || reason === 'mailbox-flipped-back')
    return moveReasonWords[reason];
  return judged?.judgement.reasons.includes('signs-of-spray')
    ? 'sources disagree: attempts without a success'
    : null;
}

function when(count: number, words: string): string[] {
  return count > 0 ? [words] : [];
}

/** `1 account leaves`, `5 accounts leave`. */
function these(count: number, singular: string, plural: string): string {
  return `${formatCount(count, 'account')} ${count === 1 ? singular : plural}`;
}

function perMonthAndYear(monthly: number, currency: string): string {
  return `${formatMoney(monthly, currency)} a month (${formatMoney(monthly * 12, currency)} a year)`;
}
