// The pull request's title and body, and the job's summary: the decision, the exceptions, the money, then the detail.
// Output only: nothing ever reads a body back. What people decide is in the files.
import { dayInWords } from '../../policy/words.ts';
import type { AuditResult } from '../audit-result.ts';
import { type MergeCounts, mergeCounts } from '../report/totals.ts';
import { decision, lookAtTheseFirst, moneyAndCounts, objections, timetable } from './body-decision.ts';
import { type FitLimit, fitSections, type Section } from './body-fit.ts';
import { movesByStage, waitingAndDeclined } from './body-moves.ts';
import { dataQuality, deletable, expiredExemptions, needsAPerson } from './body-others.ts';
import { titleText } from './markdown.ts';

export interface BodyOptions {
  /** The most characters the text may have. GitHub's own limit is 65,536; the marked block and people's words need some. */
  limit?: number;
  /** Where the full lists are, as an https address; without one the text names the files. */
  artifactUrl?: string;
}

/** `Dormant contoso: disable 15, delicense 13, notify 50 (7 December 2026)`; `department` where each has its own. */
export function pullRequestTitle(result: AuditResult, options: { department?: string } = {}): string {
  const whose = options.department === undefined ? result.stack : `${result.stack}, ${options.department}`;
  const what = titleParts(mergeCounts(result)).join(', ') || 'no account moves';
  return `Dormant ${titleText(whose, 60)}: ${what} (${dayInWords(result.auditedOn, '')})`;
}

export function pullRequestBody(result: AuditResult, options: BodyOptions = {}): string {
  const limit = { most: options.limit ?? 60_000, size: (text: string) => text.length };
  return fitSections(sectionsOf(result), { ...limit, elsewhere: elsewhere(options) });
}

/** The same for GITHUB_STEP_SUMMARY, which may have 1 MiB: what a reader of the run sees without opening an artifact. */
export function jobSummary(result: AuditResult, options: BodyOptions = {}): string {
  const limit: FitLimit = {
    most: options.limit ?? 1_000_000,
    size: (text) => Buffer.byteLength(text),
    elsewhere: elsewhere(options),
  };
  return `# ${pullRequestTitle(result)}\n\n${fitSections(sectionsOf(result), { ...limit, most: limit.most - 600 })}`;
}

function sectionsOf(result: AuditResult): Section[] {
  return [
    decision(result),
    objections(result),
    lookAtTheseFirst(result),
    moneyAndCounts(result),
    timetable(result),
    ...movesByStage(result),
    ...needsAPerson(result),
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
  ];
  return parts.filter(([count]) => count > 0).map(([count, verb]) => `${verb} ${count}`);
}

function elsewhere({ artifactUrl }: BodyOptions): string {
  const files = '`inactive-users.csv` and `report.html`';
  return artifactUrl === undefined ? `in ${files}` : `in ${files} of [this run](${encodeURI(artifactUrl)})`;
}
