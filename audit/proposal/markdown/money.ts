// The body's one table of sums: where the money of the inactive accounts is, and what was read to know it.
import { addDays } from '../../../policy/evidence.ts';
import { formatCount, formatDay } from '../../../policy/words.ts';
import type { AuditResult } from '../../audit-result.ts';
import { summariseHeldBack } from '../../summary/held-back.ts';
import { type CostSum, countMerge, type MoneySummary, sumMoney } from '../../summary/totals.ts';
import { tableHead, tableRow } from './escape.ts';
import type { Section } from './fit.ts';
import { moneyCell } from './moves.ts';

/** Where the money of all inactive accounts is, whose parts add up to the first line; and what the merge of `result` makes of it. */
export function moneyAndCounts(result: AuditResult, whole: AuditResult = result): Section {
  const money = sumMoney(whole);
  const counts = countMerge(result);
  const line = (what: string, { accounts, monthly }: CostSum) =>
    tableRow([what, accounts.toLocaleString('en-US'), moneyCell(monthly, money.currency)]);
  return {
    heading: '### Money and counts',
    lead: [
      tableHead([
        ['', 'left'],
        ['Accounts', 'right'],
        ['A month', 'right'],
      ]),
      line(`**Inactive for ${result.policy.inactiveAfterDays} days or longer**`, money.inactive),
      line('of these, reclaimable step by step', money.reclaimable),
      line(`of these, licences that have to stay${heldBackNote(money)}`, money.heldBack),
      ...(money.waiting.accounts > 0
        ? [line('and of those, wait for a OneDrive to be released', money.waiting)]
        : []),
      line('of these, need a person', money.undecided),
      line('of these, exempt, kept or nothing to do', money.leftAlone),
      line('**Reclaimed by this merge**', { accounts: counts.unlicensed, monthly: counts.monthly }),
      ...(money.alreadySaved.accounts > 0 ? [line('Reclaimed by earlier merges', money.alreadySaved)] : []),
      '',
      tenantLine(result),
    ].join('\n'),
    head: '',
    rows: [],
    fold: null,
  };
}

function heldBackNote(money: MoneySummary): string {
  const reasons = summariseHeldBack(money);
  return reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
}

function tenantLine({ counts, auditedOn, reportRefreshDate, policy }: AuditResult): string {
  return [
    `${formatCount(counts.accounts, 'account')} audited on ${formatDay(auditedOn, '')}, with Microsoft’s usage report of ${formatDay(reportRefreshDate, auditedOn)}.`,
    `The apply accepts this evidence until ${formatDay(addDays(auditedOn, policy.evidenceMaxAgeDays), auditedOn)}.`,
  ].join(' ');
}
