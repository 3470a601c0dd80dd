// The pull request's title and body, and the job's summary: the decision, the exceptions, the money, then the detail.
// Output only: nothing parses a body. What people decide is in the files.
import { escapeTitle } from '../../../forge/markdown/escape.ts';
import { countLinkRoom } from '../../../forge/markdown/file-link.ts';
import { fitSections, type Section } from '../../../forge/markdown/fit-sections.ts';
import { formatDay } from '../../../policy/words/labels.ts';
import type { AuditView } from '../../audit-view.ts';
import { countMerge, type MergeCounts } from '../../summary/totals.ts';
import {
  buildDataQualitySection,
  buildDeletableSection,
  buildExpiredExemptionsSection,
  buildGroupsSection,
  buildNeedsPersonSections,
} from './context.ts';
import {
  buildDecisionSection,
  buildExceptionCountsSection,
  buildExceptionsSection,
  buildObjectionsSection,
  buildStopSection,
  buildTimetableSection,
} from './decision.ts';
import { buildErasuresSection, buildKeptErasuresSection } from './erasures.ts';
import { buildEscalationsSection, findEscalations } from './escalations.ts';
import { buildMoneySection } from './money.ts';
import { buildMoveSections, buildWaitingAndDeclinedSections } from './moves.ts';
import { buildStageWaitingCountSection, buildStageWaitingSection } from './waiting-accounts.ts';

export interface BodyOptions {
  /** In characters. GitHub allows 65,536; the block's marks and people's own text need some of them. */
  limit?: number;
  /** The whole stack's audit, for the money table, where `result` has only a department's part of the plan. */
  whole?: AuditView;
  /** Where the full lists are, as an https address; without it the text names the files. */
  artifactUrl?: string;
}

/** `Dormant contoso: disable 15, delicense 13, notify 50 (7 December 2026)`; `department`: whose part it is. */
export function formatPullRequestTitle(result: AuditView, options: { department?: string } = {}): string {
  const whose = options.department === undefined ? result.stack : `${result.stack}, ${options.department}`;
  const { entered } = findEscalations(result.plan);
  const escalated = entered.length > 0 ? [`escalate ${entered.length} to HR`] : [];
  const what = [...listTitleParts(countMerge(result)), ...escalated].join(', ') || 'no account moves';
  return `Dormant ${escapeTitle(whose, 60)}: ${what} (${formatDay(result.auditedOn, '')})`;
}

export function renderPullRequestBody(result: AuditView, options: BodyOptions = {}): string {
  return fitSections(listBodySections(result, options.whole ?? result), {
    maxSize: options.limit ?? 60_000,
    measure: (text) => text.length + countLinkRoom(text),
    elsewhere: describeFullLists(options),
  });
}

/**
 * A shorter text for GITHUB_STEP_SUMMARY, which is limited to 1 MiB in bytes: what a reader of the run wants to know before
 * opening the pull request. It names nobody; the pull request and the report do.
 */
export function renderJobSummary(result: AuditView, options: BodyOptions = {}): string {
  const title = `## ${formatPullRequestTitle(result)}\n\n`;
  const maxSize = (options.limit ?? 1_000_000) - Buffer.byteLength(title);
  return (
    title +
    fitSections(listSummarySections(result), {
      maxSize,
      measure: Buffer.byteLength,
      elsewhere: describeFullLists(options),
    })
  );
}

function listSummarySections(result: AuditView): Section[] {
  return [
    buildStopSection(result, 'nobody'),
    buildDecisionSection(result),
    buildExceptionCountsSection(result),
    buildMoneySection(result),
    buildTimetableSection(result),
    buildStageWaitingCountSection(result),
    buildDataQualitySection(result, 'nobody'),
  ];
}

function listBodySections(result: AuditView, whole: AuditView): Section[] {
  return [
    buildStopSection(result),
    buildDecisionSection(result),
    buildObjectionsSection(result),
    buildExceptionsSection(result),
    buildMoneySection(result, whole),
    buildTimetableSection(result),
    ...buildMoveSections(result),
    buildEscalationsSection(result),
    ...buildNeedsPersonSections(result),
    buildStageWaitingSection(result),
    ...buildWaitingAndDeclinedSections(result),
    buildExpiredExemptionsSection(result),
    buildErasuresSection(result),
    buildKeptErasuresSection(result),
    buildDeletableSection(result),
    buildGroupsSection(whole),
    buildDataQualitySection(result),
  ];
}

function listTitleParts(counts: MergeCounts): string[] {
  const parts: readonly [number, string][] = [
    [counts.disable, 'disable'],
    [counts.delicense, 'delicense'],
    [counts.notify, 'notify'],
    [counts.review, 'review'],
    [counts.restore, 'restore'],
    [counts.saved, 'save mailboxes'],
    [counts.erased, 'erase'],
  ];
  return parts.filter(([count]) => count > 0).map(([count, verb]) => `${verb} ${count}`);
}

function describeFullLists({ artifactUrl }: BodyOptions): string {
  const files = '`inactive-users.csv` and `report.html`';
  return artifactUrl === undefined ? `in ${files}` : `in ${files} of [this run](${encodeURI(artifactUrl)})`;
}
