// The end of a look: on the terminal what was seen, what was not and why, where the files are, and how to go on; or as JSON.
import { relative } from 'node:path';
import type { AuditView } from '../../audit/audit-view.ts';
import { describeQuality } from '../../audit/summary/quality.ts';
import { countMerge, sumMoney } from '../../audit/summary/totals.ts';
import { formatCount, formatMoney } from '../../policy/words/labels.ts';
import { pc } from '../colors.ts';
import { sanitiseLog } from '../github-actions.ts';
import { installedProgram, nameProgram } from '../installed-folder.ts';
import { describeUnseen } from './describe-access.ts';
import type { Look } from './look.ts';

interface Written {
  /** Absolute. */
  folder: string;
  files: readonly string[];
}

export function printLook(look: Look, { folder, files }: Written): void {
  const { view } = look;
  console.log(pc.bold(`What was seen of ${look.organization?.displayName ?? view.stack}`));
  for (const line of describeSeen(view)) console.log(line);
  console.log(pc.bold('\nWhat was not seen, and why'));
  for (const line of listUnseen(look)) console.log(`- ${sanitiseLog(line)}`);
  console.log(pc.bold('\nFiles'));
  for (const path of files) console.log(`  ${showPath(path)}`);
  console.log(describePersonalData(view, showPath(folder)));
  console.log(pc.bold('\nNext'));
  for (const line of listNext(view.stack, showPath(folder))) console.log(`  ${line}`);
}

/** As a JSON document; details are in the files. */
export function buildLookDocument(look: Look, written: Written) {
  const { stack, auditedOn, counts, quality } = look.view;
  const { reclaimable, inactive, currency } = sumMoney(look.view);
  return {
    stack,
    auditedOn,
    by: look.by,
    ...{ folder: written.folder, written: written.files },
    counts,
    quality,
    unseen: listUnseen(look),
    monthly: { inactive: inactive.monthly, reclaimable: reclaimable.monthly, currency },
    next: listNext(stack, written.folder),
  };
}

function describeSeen(view: AuditView): string[] {
  const { counts, policy, currency } = view;
  const { inactive, reclaimable } = sumMoney(view);
  const { notify, managers } = countMerge(view);
  const waiting = view.plan.waiting.length;
  const rest = waiting > 0 ? ` ${formatCount(waiting, 'account')} would wait behind the limits of the policy.` : '';
  return [
    `${formatCount(counts.accounts, 'account')}: ${counts.verdicts.active.toLocaleString('en-US')} active, ${counts.verdicts.inactive.toLocaleString('en-US')} silent for ${policy.inactiveAfterDays} days or more, ${counts.verdicts['insufficient-evidence'].toLocaleString('en-US')} that cannot be judged.`,
    `The silent ones cost ${formatMoney(inactive.monthly, currency)} a month at the prices of prices.yaml; ${formatMoney(reclaimable.monthly, currency)} of it could be reclaimed.`,
    `The first pull request would put ${formatCount(notify, 'account')} on notice, with one mail to each of ${formatCount(managers, 'person', 'people')}; it changes no account.${rest}`,
  ];
}

function listUnseen(look: Look): string[] {
  return [...describeUnseen(look.roles), ...describeUnknownHolds(look.view), ...describeQuality(look.view)];
}

/** Only Exchange tells holds, and a person's sign-in here is for Graph. The apply asks again before it takes anything. */
function describeUnknownHolds(view: AuditView): string[] {
  const { reclaimable, currency } = sumMoney(view);
  if (reclaimable.monthly === 0) return [];
  return [
    `${formatMoney(reclaimable.monthly, currency)} a month is the most that could be reclaimed: a licence that a hold on the mailbox needs stays, and a look cannot see holds. An adopted Dormant reads them from Exchange.`,
  ];
}

function describePersonalData({ inactive, guests }: AuditView, folder: string): string {
  return `They hold personal data: names, addresses, departments, managers, licences and days of silence of ${formatCount(inactive.length, 'person', 'people')}, and of ${formatCount(guests.length, 'guest')}.
Git leaves the folder out, and only you may open it. Delete it when you are done: rm -r ${folder}`;
}

function listNext(stack: string, folder: string): string[] {
  const repository = `dormant-${stack}`;
  return [
    `${nameProgram()} init --new ${repository}   # a repository for what your team decides`,
    `cd ${repository} && npm ci`,
    `${installedProgram} init ${stack} --look ${folder.startsWith('/') ? folder : `../${folder}`}`,
  ];
}

function showPath(path: string): string {
  const from = relative(process.cwd(), path);
  return from.startsWith('..') ? path : from;
}
