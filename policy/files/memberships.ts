// Memberships in groups that give licences: which this pipeline may take, and what holds one. Pure.
import { foldId, type GroupId } from '../identifiers.ts';
import type { DesiredState, RestorableGroup, RestorableLicense, RestoreState } from '../schemas/account.ts';

type Memberships = Pick<RestoreState, 'licenses' | 'groups'>;

/** Whether a merge can take it: assigned directly, or by a group that the file lists. Other groups' licences stay. */
export function isTakeable(
  { assignedByGroup }: Pick<RestorableLicense, 'assignedByGroup'>,
  { groups = [] }: Pick<RestoreState, 'groups'>,
): boolean {
  return assignedByGroup === null || groups.some(({ id }) => isGivenBy({ assignedByGroup }, id));
}

export function isGivenBy({ assignedByGroup }: Pick<RestorableLicense, 'assignedByGroup'>, group: GroupId): boolean {
  return assignedByGroup !== null && foldId(assignedByGroup) === foldId(group);
}

/** The groups of the file that give one of these. */
export function listGivers(
  licenses: readonly Pick<RestorableLicense, 'assignedByGroup'>[],
  { groups = [] }: Pick<RestoreState, 'groups'>,
): RestorableGroup[] {
  return groups.filter(({ id }) => licenses.some((license) => isGivenBy(license, id)));
}

/** The groups that the state takes the account out of; `groups` absent: none. */
export function listLeftGroups(state: Pick<DesiredState, 'groups'>, { groups = [] }: Pick<RestoreState, 'groups'>) {
  if (state.groups === undefined) return [];
  const staying = new Set(state.groups.map(foldId));
  return groups.filter(({ id }) => !staying.has(foldId(id)));
}

/** `desired.groups` of an account that is out of these; absent where it is out of none. */
export function buildStayingGroups(
  left: readonly RestorableGroup[],
  { groups = [] }: Pick<RestoreState, 'groups'>,
): Pick<DesiredState, 'groups'> {
  const ids = new Set(left.map(({ id }) => foldId(id)));
  const staying = groups.filter(({ id }) => !ids.has(foldId(id))).map(({ id }) => id);
  return staying.length === groups.length ? {} : { groups: staying };
}

/** SKU part numbers that the group gave. */
export function listGivenSkus({ licenses }: Pick<RestoreState, 'licenses'>, id: GroupId): string[] {
  return licenses.filter((license) => isGivenBy(license, id)).map(({ skuPartNumber }) => skuPartNumber);
}

/** The same by its name, as a record has it; empty where the name does not tell which group it is. */
export function listSkusGivenBy(restore: Memberships, displayName: string): string[] {
  const groups = restore.groups?.filter((group) => group.displayName === displayName) ?? [];
  const [group] = groups;
  return group === undefined || groups.length > 1 ? [] : listGivenSkus(restore, group.id);
}

/**
 * A licence that stays holds the group that gave it, and a group that stays gives all of its licences. Only ever keeps more
 * than `state` says. `rescued`: SKU part numbers that save a mailbox; they are assigned directly and hold no group.
 */
export function settleMemberships(
  state: DesiredState,
  restore: Memberships,
  rescued: readonly string[] = [],
): DesiredState {
  const groups = restore.groups ?? [];
  const skus = new Set(state.licenses);
  const left = new Map<RestorableGroup, string[]>(
    listLeftGroups(state, restore).map((group) => [group, listGivenSkus(restore, group.id)]),
  );
  for (const group of groups) if (!left.has(group)) for (const sku of listGivenSkus(restore, group.id)) skus.add(sku);
  for (let isOpen = true; isOpen; ) {
    isOpen = false;
    for (const [group, given] of left) {
      if (!given.some((sku) => skus.has(sku) && !rescued.includes(sku))) continue;
      left.delete(group);
      for (const sku of given) skus.add(sku);
      isOpen = true;
    }
  }
  const staying = groups.filter((group) => !left.has(group)).map(({ id }) => id);
  return { ...state, licenses: [...skus], ...(state.groups === undefined ? {} : { groups: staying }) };
}
