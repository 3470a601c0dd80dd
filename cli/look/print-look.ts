// The end of a look: on the terminal what was not seen and why, what was seen, where the files are, and how to go on; or as JSON.
import { relative } from 'node:path';
import type { AuditView } from '../../audit/audit-view.ts';
import { nameGroup, sumByAssignment } from '../../audit/summary/licensing-groups.ts';
import { describeByPopulation } from '../../audit/summary/populations.ts';
import { describeQuality, describeScope, type Naming } from '../../audit/summary/quality.ts';
import { countMerge, sumMoney } from '../../audit/summary/totals.ts';
import { formatCount, formatList, formatMoney } from '../../policy/words/labels.ts';
import { pc } from '../colors.ts';
import { sanitiseLog } from '../github-actions.ts';
import { installedProgram, nameProgram } from '../installed-folder.ts';
import { wrapWords } from '../wrap-words.ts';
import { describeUnseen } from './describe-access.ts';
import type { Look } from './look.ts';

interface Written {
  /** Absolute. */
  folder: string;
  files: readonly string[];
}

/** Last is what a person came for: the last lines are what stays on a screen. `isEmbedded`: nobody in the files exists. */
export function printLook(look: Look, { folder, files }: Written, { isEmbedded }: { isEmbedded: boolean }): void {
  const { view } = look;
  const shown = showPath(folder);
  console.log(pc.bold('What was not seen, and why'));
  for (const line of listUnseen(look, 'nobody')) console.log(wrapWords(`- ${sanitiseLog(line)}`, { hang: 2 }));
  console.log(pc.bold(`\nWhat was seen of ${look.organization?.displayName ?? view.stack}`));
  for (const line of describeSeen(view)) console.log(wrapWords(line, { hang: 2 }));
  console.log(pc.bold('\nFiles'));
  for (const path of files) console.log(`  ${showPath(path)}`);
  console.log(wrapWords(isEmbedded ? describeNobody(view) : describePersonalData(view)));
  console.log(`Delete the folder when you are done: rm -r ${shown}`);
  console.log(pc.bold('\nNext'));
  for (const line of isEmbedded ? [nextLook()] : listNext(view.stack, shown)) console.log(`  ${line}`);
}

/** As a JSON document; details are in the files. */
export function buildLookDocument(look: Look, written: Written, { isEmbedded }: { isEmbedded: boolean }) {
  const { stack, auditedOn, counts, quality } = look.view;
  const { reclaimable, inactive, currency } = sumMoney(look.view);
  return {
    stack,
    auditedOn,
    by: look.by,
    ...{ folder: written.folder, written: written.files },
    counts,
    quality,
    unseen: listUnseen(look, 'people'),
    monthly: { inactive: inactive.monthly, reclaimable: reclaimable.monthly, currency },
    next: isEmbedded ? [nextLook()] : listNext(stack, written.folder),
  };
}

function describeSeen(view: AuditView): string[] {
  const { counts, policy, currency } = view;
  const { verdicts } = counts;
  const { inactive, reclaimable } = sumMoney(view);
  const { notify, managers } = countMerge(view);
  const guests = verdicts.inactive - view.inactive.length;
  const waiting = view.plan.waiting.length;
  const silent =
    policy.populations === undefined
      ? `silent for ${policy.inactiveAfterDays} days or more`
      : `silent for ${policy.inactiveAfterDays} days or more, or for as long as their population asks`;
  return [
    `${formatCount(counts.accounts, 'account')}: ${formatNumber(verdicts.active)} active, ${formatNumber(view.inactive.length)} ${silent}, ${formatCount(guests, 'silent guest')}, ${formatNumber(verdicts['insufficient-evidence'])} that cannot be judged.`,
    `The ${formatNumber(view.inactive.length)} cost ${formatMoney(inactive.monthly, currency)} a month at the prices of prices.yaml; ${formatMoney(reclaimable.monthly, currency)} of it could be reclaimed.`,
    ...describeByPopulation(view),
    ...describeScope(view),
    ...describeGroups(view),
    `The first pull request would put ${formatCount(notify, 'account')} on notice, with one mail to each of ${formatCount(managers, 'person', 'people')}; it takes nothing from anybody.`,
    ...(waiting > 0 ? [`${formatCount(waiting, 'account')} would wait behind the limits of the policy.`] : []),
  ];
}

const mostGroups = 3;

/** What groups give is reclaimed only where a policy names them. Groups are no people, so they are named. */
function describeGroups(view: AuditView): string[] {
  const { byGroup } = sumByAssignment(view);
  const groups = view.licensingGroups.filter(({ monthly }) => monthly > 0);
  if (groups.length === 0) return [];
  const [dearest, rest] = [
    groups.toSorted((a, b) => b.monthly - a.monthly).slice(0, mostGroups),
    groups.length - mostGroups,
  ];
  const names = [
    ...dearest.map((group) => sanitiseLog(nameGroup(group))),
    ...(rest > 0 ? [formatCount(rest, 'other')] : []),
  ];
  const unnamed = groups.some(({ obstacles }) => obstacles === null);
  const how = unnamed
    ? '; it is reclaimed only if policy.yaml names the groups (licenses.groups) and they may be left'
    : '';
  return [
    `${formatMoney(byGroup.monthly, view.currency)} a month of it comes from ${formatCount(groups.length, 'group')} (${formatList(names)})${how}.`,
  ];
}

function formatNumber(value: number): string {
  return value.toLocaleString('en-US');
}

/** `nobody`: shorter, because job titles are left to the report. */
function listUnseen(look: Look, naming: Naming): string[] {
  return [...describeUnseen(look.roles), ...describeUnknownHolds(look.view), ...describeQuality(look.view, naming)];
}

/** Only Exchange tells holds, and a person's sign-in here is for Graph. The apply asks again before it takes anything. */
function describeUnknownHolds(view: AuditView): string[] {
  const { reclaimable, currency } = sumMoney(view);
  if (reclaimable.monthly === 0) return [];
  return [
    `${formatMoney(reclaimable.monthly, currency)} a month is the most that could be reclaimed: a licence that a hold on the mailbox needs stays, and a look cannot see holds. An adopted Dormant reads them from Exchange.`,
  ];
}

function describePersonalData({ inactive, guests }: AuditView): string {
  return `They hold personal data: names, addresses, departments, managers, licences and days of silence of ${formatCount(inactive.length, 'person', 'people')}, and of ${formatCount(guests.length, 'guest')}. Git leaves the folder out, and only you may open it.`;
}

function describeNobody({ inactive, guests }: AuditView): string {
  return `None of the ${formatCount(inactive.length, 'person', 'people')} and ${formatCount(guests.length, 'guest')} in them exists. Of a real tenant they hold personal data: git leaves the folder out, and only you may open it.`;
}

/** The embedded tenant is gone, so nothing can be set up for it. */
function nextLook(): string {
  return `${nameProgram()} look   # your own tenant, by your own sign-in`;
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
