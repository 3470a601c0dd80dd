// The end of an audit on the terminal or as JSON: moves, savings, cases for a person, and the files written.
import { relative } from 'node:path';
import type { AuditView } from '../../audit/audit-view.ts';
import { formatPullRequestTitle } from '../../audit/proposal/markdown/body.ts';
import { describeWaiting } from '../../audit/summary/one-drive-fate.ts';
import { describeNotes, describeScope, describeStopped } from '../../audit/summary/quality.ts';
import { sumMoney } from '../../audit/summary/totals.ts';
import { pc } from '../colors.ts';
import { isOnActions, sanitiseLog } from '../github-actions.ts';

export function printAudit(result: AuditView, written: readonly string[]): void {
  const { counts, plan } = result;
  const formatNumber = (value: number) => value.toLocaleString('en');
  console.log(pc.bold(formatPullRequestTitle(result)));
  const stopped = describeStopped(result, isOnActions() ? 'nobody' : 'people');
  if (stopped !== '') console.log(`${pc.yellow('note')} ${sanitiseLog(stopped)}`);
  console.log(
    `${formatNumber(counts.accounts)} accounts: ${formatNumber(counts.verdicts.active)} active, ${formatNumber(counts.verdicts.inactive)} inactive, ` +
      `${formatNumber(counts.verdicts['insufficient-evidence'])} with insufficient evidence; ${formatNumber(counts.guests + counts.externalMembers)} of them guests or members of other companies.`,
  );
  for (const line of describeScope(result)) console.log(line);
  console.log(`${plan.moves.length} move, ${plan.held.length} stay, ${plan.waiting.length} wait behind the limits.`);
  const waiting = describeWaiting(sumMoney(result));
  if (waiting !== null) console.log(`${waiting}.`);
  const { entered } = plan.escalations;
  if (entered.length > 0) console.log(`${formatNumber(entered.length)} new on HR’s list of executives.`);
  for (const note of describeNotes(result, isOnActions() ? 'nobody' : 'people'))
    console.log(`${pc.yellow('note')} ${sanitiseLog(note)}`);
  for (const path of written) console.log(pc.dim(`  ${relative(process.cwd(), path)}`));
}

/** As a JSON document; details are in the files. */
export function buildAuditDocument(result: AuditView, files: { folder: string; written: readonly string[] }) {
  const { stack, auditedOn, counts, quality, stops } = result;
  const { waiting, currency } = sumMoney(result);
  return { stack, auditedOn, ...files, counts, quality, stops, waitingForRelease: { ...waiting, currency } };
}
