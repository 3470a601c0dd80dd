// The groups that give licences, in sums and words for report, pull request and terminal.
import { isNamedBy } from '../../policy/licenses/license-groups.ts';
import type { NamedGroup } from '../../policy/schemas/policy.ts';
import { describeGroupObstacle } from '../../policy/words/describe-group.ts';
import { formatCount, formatList, formatMoney } from '../../policy/words/labels.ts';
import type { AuditView } from '../audit-view.ts';
import { type AuditedGroup, isMostlyInactive } from '../licensing-groups.ts';

interface AssignmentSum {
  monthly: number;
  /** The part of it that has to stay, for whatever reason. */
  heldBack: number;
}

/** What inactive members hold, by the month: a product that is direct and a group's counts as the group's. */
export function sumByAssignment({ inactive }: AuditView): { direct: AssignmentSum; byGroup: AssignmentSum } {
  const cents = { direct: { monthly: 0, heldBack: 0 }, byGroup: { monthly: 0, heldBack: 0 } };
  for (const { outlook, evidence } of inactive) {
    const given = new Set(evidence.licenses.flatMap(({ skuId, assignedByGroup }) => (assignedByGroup ? skuId : [])));
    const add = ({ license, monthly }: (typeof outlook.reclaimable)[number], isHeld: boolean) => {
      const sum = given.has(license.skuId) ? cents.byGroup : cents.direct;
      const price = Math.round((monthly ?? 0) * 100);
      sum.monthly += price;
      if (isHeld) sum.heldBack += price;
    };
    for (const license of outlook.reclaimable) add(license, false);
    for (const license of outlook.heldBack) add(license, true);
  }
  const toMoney = ({ monthly, heldBack }: AssignmentSum) => ({ monthly: monthly / 100, heldBack: heldBack / 100 });
  return { direct: toMoney(cents.direct), byGroup: toMoney(cents.byGroup) };
}

/** What the policy lets a merge do with memberships in it. */
export function describeStanding({ obstacles, dynamicGroup }: AuditedGroup): string {
  if (obstacles === null)
    return dynamicGroup === undefined
      ? 'not named in policy.yaml, so nobody is taken out of it'
      : 'not named in policy.yaml; by its rule it takes its licences back once sign-in is blocked';
  if (obstacles.length === 0) return 'people are taken out of it, unless a licence of it has to stay';
  return `nobody is taken out of it: it ${formatList(obstacles.map(describeGroupObstacle))}`;
}

export function nameGroup({ name, id }: Pick<AuditedGroup, 'name' | 'id'>): string {
  return name ?? id;
}

/**
 * What somebody should look at, a sentence each, the most expensive first: groups that policy.yaml names in vain, and those most of
 * whose people are inactive.
 */
export function listGroupNotes({ licensingGroups, policy, currency }: AuditView): string[] {
  const byCost = licensingGroups.toSorted((a, b) => b.monthly - a.monthly);
  const held = byCost.filter(({ obstacles }) => (obstacles ?? []).length > 0);
  const idle = byCost.filter(isMostlyInactive);
  const unseen = (policy.licenses?.groups ?? []).filter(
    (entry) => !licensingGroups.some(({ id, name }) => isNamedBy(entry, { id, displayName: name })),
  );
  const formatCost = ({ monthly }: AuditedGroup) => `${formatMoney(monthly, currency)} a month`;
  return [
    ...held.map(
      (group) =>
        `policy.yaml names the group ${nameGroup(group)}, but ${describeStanding(group)}. What inactive people have from it costs ${formatCost(group)}.`,
    ),
    ...unseen.map(
      (entry) => `policy.yaml names the group ${nameEntry(entry)}, but nobody was seen with a licence of such a group.`,
    ),
    ...idle.map(
      (group) =>
        `Of the ${formatCount(group.accounts, 'account')} with a licence of the group ${nameGroup(group)}, ${group.inactive.toLocaleString('en-US')} are inactive, for ${formatCost(group)}: is it still needed?`,
    ),
  ];
}

function nameEntry(entry: NamedGroup): string {
  return 'id' in entry ? entry.id : entry.name;
}
