// The groups that give licences: what each gives and to how many, of them inactive, and whether people may be taken out of it.
import type { AssignedLicense, DynamicGroup, Evidence } from '../policy/evidence.ts';
import { foldId, type GroupId, type IdKey } from '../policy/identifiers.ts';
import type { JudgedAccount } from '../policy/judge/judgement.ts';
import type { GroupObstacle } from '../policy/licenses/license-groups.ts';
import type { Plan } from '../policy/plan/move.ts';
import type { Prices } from '../policy/schemas/prices.ts';

/** As seen on the accounts of the listing, guests included: Graph is not asked who its members are. */
export interface LicensingGroup {
  id: GroupId;
  /** displayName; null: it has none, or it may not be read. */
  name: string | null;
  /** Accounts that have a licence from it. */
  accounts: number;
  /** All that it was seen to give, in the order of the alphabet. */
  skuPartNumbers: readonly string[];
  /** null: policy.yaml does not name it; empty: people may be taken out of it; else what stands against that. */
  obstacles: readonly GroupObstacle[] | null;
  /** Set where it takes its licences back by itself once sign-in is blocked. */
  dynamicGroup?: DynamicGroup;
  /** Accounts that have the product directly as well: it is paid once, and leaving the group frees no seat. */
  alsoDirect: readonly { skuPartNumber: string; accounts: number }[];
}

/** The same with what the audit judges. */
export interface AuditedGroup extends LicensingGroup {
  /** Of `accounts`, those that are inactive members, or in the plan and not known to be active. */
  inactive: number;
  /** What these have from it, by the month, in the currency of prices.yaml. A product of two groups counts in both. */
  monthly: number;
}

interface GroupCounter {
  /** Takes each account once. */
  note(evidence: Pick<Evidence, 'licenses'>): void;
  /** The one with the most accounts first. */
  listGroups(): LicensingGroup[];
}

interface Tally extends Omit<LicensingGroup, 'skuPartNumbers' | 'alsoDirect'> {
  skus: Set<string>;
  direct: Map<string, number>;
}

export function createGroupCounter(): GroupCounter {
  const tallies = new Map<IdKey, Tally>();
  return {
    note({ licenses }) {
      const direct = new Set(licenses.flatMap(({ assignedByGroup, skuId }) => (assignedByGroup === null ? skuId : [])));
      for (const [key, given] of groupByGiver(licenses)) {
        const tally = tallies.get(key) ?? createTally(given);
        tallies.set(key, tally);
        tally.accounts += 1;
        for (const { skuId, skuPartNumber } of given) {
          tally.skus.add(skuPartNumber);
          if (direct.has(skuId)) tally.direct.set(skuPartNumber, (tally.direct.get(skuPartNumber) ?? 0) + 1);
        }
      }
    },
    listGroups: () =>
      [...tallies.values()]
        .map(({ skus, direct, ...group }) => ({
          ...group,
          skuPartNumbers: [...skus].sort(),
          alsoDirect: [...direct].sort().map(([skuPartNumber, accounts]) => ({ skuPartNumber, accounts })),
        }))
        .sort((a, b) => b.accounts - a.accounts || (a.id < b.id ? -1 : 1)),
  };
}

/** Inactive members, and who is in the plan and not known to be active; each once. */
export function listSilent(inactive: readonly JudgedAccount[], { moves, held }: Plan): JudgedAccount[] {
  const planned = [...moves, ...held].flatMap(({ judged }) => judged ?? []);
  const silent = [...inactive, ...planned.filter(({ judgement }) => judgement.verdict !== 'active')];
  return [...new Map(silent.map((judged) => [foldId(judged.evidence.id), judged])).values()];
}

/** `silent`: see `listSilent`. */
export function auditGroups(
  groups: readonly LicensingGroup[],
  silent: readonly Pick<JudgedAccount, 'evidence'>[],
  { monthly }: Pick<Prices, 'monthly'>,
): AuditedGroup[] {
  const sums = new Map<IdKey, { inactive: number; cents: number }>();
  for (const { evidence } of silent)
    for (const [key, given] of groupByGiver(evidence.licenses)) {
      const sum = sums.get(key) ?? { inactive: 0, cents: 0 };
      sums.set(key, sum);
      sum.inactive += 1;
      for (const { skuPartNumber } of given) sum.cents += Math.round((monthly[skuPartNumber] ?? 0) * 100);
    }
  return groups.map((group) => {
    const { inactive = 0, cents = 0 } = sums.get(foldId(group.id)) ?? {};
    return { ...group, inactive, monthly: cents / 100 };
  });
}

/** Half of its people, and not just two or three: the group itself may be of yesterday. */
export function isMostlyInactive({ accounts, inactive }: Pick<AuditedGroup, 'accounts' | 'inactive'>): boolean {
  return inactive >= 5 && inactive * 2 >= accounts;
}

/** What each group gives one account, a product once. */
function groupByGiver(licenses: readonly AssignedLicense[]): Map<IdKey, AssignedLicense[]> {
  const given = new Map<IdKey, AssignedLicense[]>();
  for (const license of licenses) {
    if (license.assignedByGroup === null) continue;
    const key = foldId(license.assignedByGroup);
    const same = given.get(key) ?? [];
    if (!same.some(({ skuId }) => skuId === license.skuId)) given.set(key, [...same, license]);
  }
  return given;
}

function createTally([license]: readonly AssignedLicense[]): Tally {
  const { assignedByGroup, groupName, groupObstacles, dynamicGroup } = license ?? {};
  return {
    id: assignedByGroup ?? '',
    name: groupName ?? null,
    accounts: 0,
    obstacles: groupObstacles ?? null,
    ...(dynamicGroup === undefined ? {} : { dynamicGroup }),
    skus: new Set(),
    direct: new Map(),
  };
}
