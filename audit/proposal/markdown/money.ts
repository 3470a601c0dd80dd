// The body's table of sums: the cost of the inactive accounts, and the evidence behind it.
import { formatMoneyCell } from '../../../forge/markdown/cells.ts';
import { renderTableHead, renderTableRow } from '../../../forge/markdown/escape.ts';
import type { Section } from '../../../forge/markdown/fit-sections.ts';
import { addDays } from '../../../policy/evidence.ts';
import { formatCount, formatDay } from '../../../policy/words/labels.ts';
import type { AuditView } from '../../audit-view.ts';
import { summariseHeldBack } from '../../summary/held-back-reasons.ts';
import { describeSilenceAsked } from '../../summary/populations.ts';
import { type CostSum, countMerge, type MoneySummary, sumMoney } from '../../summary/totals.ts';

/** The cost of `whole`'s inactive accounts, whose parts add up to the first line, and what merging `result` reclaims. */
export function buildMoneySection(result: AuditView, whole: AuditView = result): Section {
  const money = sumMoney(whole);
  const counts = countMerge(result);
  const renderLine = (what: string, { accounts, monthly }: CostSum) =>
    renderTableRow([what, accounts.toLocaleString('en-US'), formatMoneyCell(monthly, money.currency)]);
  return {
    heading: '### Money and counts',
    lead: [
      renderTableHead([
        ['', 'left'],
        ['Accounts', 'right'],
        ['A month', 'right'],
      ]),
      renderLine(`**Inactive for ${describeSilenceAsked(result.policy)}**`, money.inactive),
      renderLine('of these, reclaimable step by step', money.reclaimable),
      renderLine(`of these, licences that have to stay${describeHeldBack(money)}`, money.heldBack),
      ...(money.waiting.accounts > 0
        ? [renderLine('and of those, wait for a OneDrive to be released', money.waiting)]
        : []),
      renderLine('of these, need a person', money.undecided),
      renderLine('of these, exempt, kept or nothing to do', money.leftAlone),
      renderLine('**Reclaimed by this merge**', { accounts: counts.unlicensed, monthly: counts.monthly }),
      ...(counts.withBlock.accounts > 0
        ? [renderLine('**Goes with the block, by dynamic groups**', counts.withBlock)]
        : []),
      ...(money.alreadySaved.accounts > 0 ? [renderLine('Reclaimed by earlier merges', money.alreadySaved)] : []),
      '',
      describeAudit(result),
    ].join('\n'),
    head: '',
    rows: [],
    fold: null,
  };
}

function describeHeldBack(money: MoneySummary): string {
  const reasons = summariseHeldBack(money);
  return reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
}

function describeAudit({ counts, auditedOn, reportRefreshDate, policy }: AuditView): string {
  return [
    `${formatCount(counts.accounts, 'account')} audited on ${formatDay(auditedOn, '')}, with Microsoft’s usage report of ${formatDay(reportRefreshDate, auditedOn)}.`,
    `The apply accepts this evidence until ${formatDay(addDays(auditedOn, policy.evidenceMaxAgeDays), auditedOn)}.`,
  ].join(' ');
}
