// The pull request's title and body, and the job's summary: the decision, the exceptions, the money, then the detail.
// Output only: nothing ever reads a body back. What people decide is in the files.
import { formatDay } from '../../../policy/words.ts';
import type { AuditResult } from '../../audit-result.ts';
import { countMerge, type MergeCounts } from '../../summary/totals.ts';
import { decision, lookAtTheseFirst, objections, timetable } from './decision.ts';
import { escalations, findEscalations } from './escalations.ts';
import { titleText } from './escape.ts';
import { fitSections, type Section } from './fit.ts';
import { moneyAndCounts } from './money.ts';
import { movesByStage, waitingAndDeclined } from './moves.ts';
import { dataQuality, deletable, expiredExemptions, needsAPerson } from './others.ts';
import { waitingInStages } from './waiting.ts';

export interface BodyOptions {
  /** The most characters the text may have. GitHub's own limit is 65,536; the marked block and people's words need some. */
  limit?: number;
  /** With the plan of the whole stack, where `result` has a department's part of it: the money is everybody's. */
  whole?: AuditResult;
  /** Where the full lists are, as an https address; without one the text names the files. */
  artifactUrl?: string;
}

/** `Dormant contoso: disable 15, delicense 13, notify 50 (7 December 2026)`; `department` where each has its own. */
export function pullRequestTitle(result: AuditResult, options: { department?: string } = {}): string {
  const whose = options.department === undefined ? result.stack : `${result.stack}, ${options.department}`;
  const { entered } = findEscalations(result.plan);
  const escalated = entered.length > 0 ? [`escalate ${entered.length} to HR`] : [];
  const what = [...titleParts(countMerge(result)), ...escalated].join(', ') || 'no account moves';
  return `Dormant ${titleText(whose, 60)}: ${what} (${formatDay(result.auditedOn, '')})`;
}

export function pullRequestBody(result: AuditResult, options: BodyOptions = {}): string {
  const limit = { most: options.limit ?? 60_000, size: (text: string) => text.length };
  return fitSections(sectionsOf(result, options.whole ?? result), {
    ...limit,
    elsewhere: elsewhere(options),
  });
}

/**
 * A shorter one for GITHUB_STEP_SUMMARY, which may have 1 MiB, counted in bytes: what a reader of the run wants to know
 * before opening the pull request, where the people are.
 */
export function jobSummary(result: AuditResult, options: BodyOptions = {}): string {
  const title = `## ${pullRequestTitle(result)}\n\n`;
  const most = (options.limit ?? 1_000_000) - Buffer.byteLength(title);
  return (
    title + fitSections(summaryOf(result), { most, size: Buffer.byteLength, elsewhere: elsewhere(options) })
  );
}

function summaryOf(result: AuditResult): Section[] {
  return [
    decision(result),
    lookAtTheseFirst(result),
    moneyAndCounts(result),
    timetable(result),
    waitingInStages(result),
    dataQuality(result),
  ];
}

function sectionsOf(result: AuditResult, whole: AuditResult): Section[] {
  return [
    decision(result),
    objections(result),
    lookAtTheseFirst(result),
    moneyAndCounts(result, whole),
    timetable(result),
    ...movesByStage(result),
    escalations(result),
    ...needsAPerson(result),
    waitingInStages(result),
    ...waitingAndDeclined(result),
    expiredExemptions(result),
    deletable(result),
    dataQuality(result),
  ];
}

function titleParts(counts: MergeCounts): string[] {
  const parts: readonly [number, string][] = [
    [counts.disable, 'disable'],
    [counts.delicense, 'delicense'],
    [counts.notify, 'notify'],
    [counts.review, 'review'],
    [counts.restore, 'restore'],
    [counts.saved, 'save mailboxes'],
  ];
  return parts.filter(([count]) => count > 0).map(([count, verb]) => `${verb} ${count}`);
}

function elsewhere({ artifactUrl }: BodyOptions): string {
  const files = '`inactive-users.csv` and `report.html`';
  return artifactUrl === undefined ? `in ${files}` : `in ${files} of [this run](${encodeURI(artifactUrl)})`;
}
