// Creates groups and finds them by name: assigned groups, licensing groups, and dynamic groups.
import { formatTimestamp } from '../clock.ts';
import type { Directory, Group } from './directory.ts';
import { GENERATED_PRODUCTS } from './generated-licenses.ts';
import { type DynamicGroupInput, findShareGroupId, type GroupProduct } from './license-groups.ts';
import type { License } from './person.ts';
import { ReplicatedSet } from './replicated-collections.ts';
import type { SeededRandom } from './seeded-random.ts';
import { getSku } from './skus.ts';

/** The group with this object id or display name, the first if several have the name. */
export function findGroup({ groups }: Directory, idOrName: string): Group | undefined {
  return groups.get(idOrName) ?? [...groups.values()].find((it) => it.properties.displayName === idOrName);
}

/** The same, created if it is missing. */
export function findOrAddGroup(directory: Directory, idOrName: string, now: number): Group {
  return findGroup(directory, idOrName) ?? addGroup(directory, now, { displayName: idOrName });
}

/** Whether Entra finds the group's members by a rule. */
export function isDynamic({ properties: { groupTypes } }: Group): boolean {
  return Array.isArray(groupTypes) && groupTypes.includes('DynamicMembership');
}

/** The licences that a member inherits from a group, since `at`. */
export function buildInheritedLicenses({ id, licenses = new Map() }: Group, at: number): License[] {
  return [...licenses].map(([skuId, disabledPlans]) => ({
    skuId,
    assignedByGroup: id,
    disabledPlans: [...disabledPlans],
    state: 'Active',
    error: 'None',
    lastUpdatedDateTime: formatTimestamp(at),
  }));
}

/** One group for each product of the generated people that none of the licensing groups gives. */
export function addShareGroups(directory: Directory, random: SeededRandom, now: number): void {
  for (const part of GENERATED_PRODUCTS) {
    const id = findShareGroupId(random, part);
    if (!directory.groups.has(id))
      addGroup(directory, now, { displayName: `Licensing: ${part}`, id, licenses: [part] });
  }
}

/** A group whose members are found by its rule and inherit its products. */
export function addDynamicGroup(directory: Directory, input: DynamicGroupInput, now: number): Group {
  const { displayName, membershipRule, processingState = 'On', licenses = [], id } = input;
  const group = addGroup(directory, now, {
    displayName,
    ...(id === undefined ? {} : { id }),
    licenses,
  });
  Object.assign(group.properties, {
    groupTypes: ['DynamicMembership'],
    membershipRule,
    membershipRuleProcessingState: processingState,
  });
  return group;
}

interface GroupInput {
  readonly displayName: string;
  readonly id?: string;
  readonly isAssignableToRole?: boolean;
  /** Present, even if empty: it is a licensing group. */
  readonly licenses?: readonly GroupProduct[];
}

export function addGroup(
  directory: Directory,
  now: number,
  { displayName, id = directory.createId(), isAssignableToRole, licenses }: GroupInput,
): Group {
  const group: Group = {
    id,
    properties: {
      displayName,
      createdDateTime: formatTimestamp(now),
      description: null,
      groupTypes: [],
      isAssignableToRole: isAssignableToRole ?? null,
      mail: null,
      mailEnabled: false,
      mailNickname: displayName.replaceAll(/[^A-Za-z0-9]/g, ''),
      securityEnabled: true,
    },
    members: new ReplicatedSet(directory.lags.directory),
    left: new ReplicatedSet(directory.lags.directory),
    owners: new Set(),
    ...(licenses ? { licenses: toProducts(licenses) } : {}),
  };
  directory.groups.set(id, group);
  return group;
}

function toProducts(products: readonly GroupProduct[]): Map<string, readonly string[]> {
  return new Map(
    products.map((product) => {
      const { sku, disabledPlans = [] } = typeof product === 'string' ? { sku: product } : product;
      return [getSku(sku).skuId, disabledPlans];
    }),
  );
}
