// Who enters and leaves HR's list of executives, and what the merge lets the apply do.
import { renderPersonCell } from '../../../forge/markdown/cells.ts';
import { escapeMarkdown, formatCode, renderTableHead, renderTableRow } from '../../../forge/markdown/escape.ts';
import type { Section } from '../../../forge/markdown/fit-sections.ts';
import type { EscalationPlan, Plan } from '../../../policy/plan/move.ts';
import type { Escalation } from '../../../policy/schemas/escalations.ts';
import { formatDates } from '../../../policy/words/describe-account.ts';
import { formatCount, formatDay } from '../../../policy/words/labels.ts';
import type { AuditView } from '../../audit-view.ts';

/** Both empty for a department's part of the plan, which does not change the list. */
export function findEscalations({ files, escalations }: Plan): Pick<EscalationPlan, 'entered' | 'left'> {
  return files.has(escalations.path) ? escalations : { entered: [], left: [] };
}

export function buildEscalationsSection(result: AuditView): Section {
  const { plan, auditedOn } = result;
  const { entered, left } = findEscalations(plan);
  const describeSilence = ({ lastActivity }: Escalation) =>
    lastActivity === null ? 'never active' : `since ${formatDay(lastActivity, auditedOn)}`;
  const renderRow = (escalation: Escalation, what: string) =>
    renderTableRow([
      renderPersonCell(escalation),
      escapeMarkdown(escalation.why, 200),
      describeSilence(escalation),
      escapeMarkdown(what, 200),
    ]);
  const isNone = entered.length + left.length === 0;
  return {
    heading: isNone ? '' : `### Executives for HR: ${formatCounts(entered.length, left.length)}`,
    lead: isNone ? '' : `${describeMerge(result)} ${describeMail(result)}`.trim(),
    head: renderTableHead([
      ['Person', 'left'],
      ['Recognised by', 'left'],
      ['Silent', 'left'],
      ['What', 'left'],
    ]),
    rows: [
      ...entered.map((escalation) => renderRow(escalation, 'new on the list')),
      ...left.map(({ escalation, because }) => renderRow(escalation, `leaves it: ${formatDates(because, auditedOn)}`)),
    ],
    fold: entered.length + left.length > maxUnfolded ? 'Who' : null,
  };
}

const maxUnfolded = 10;

function formatCounts(entered: number, left: number): string {
  const parts = [...(entered > 0 ? [`${entered} new`] : []), ...(left > 0 ? [`${left} off the list`] : [])];
  return parts.join(', ');
}

function describeMerge({ plan }: AuditView): string {
  const { path, listed } = plan.escalations;
  return `No machine decides about executives: nothing changes for their accounts. HR’s list, ${formatCode(path)}, then has ${formatCount(listed.length, 'executive')}; to leave somebody off it, take their entry out.`;
}

function describeMail({ plan, policy }: AuditView): string {
  const { hrContact } = policy.notifications;
  if (findEscalations(plan).entered.length === 0) return '';
  if (hrContact === undefined)
    return 'HR gets no mail, because `notifications.hrContact` is not set in `policy/policy.yaml`.';
  return `${formatCode(hrContact)} gets one mail about the new ones, and about nobody twice within ${policy.stages.keepDays} days.`;
}
