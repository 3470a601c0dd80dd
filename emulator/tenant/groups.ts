// Creates groups and finds them by name: assigned groups, licensing groups, and dynamic groups.
import { formatTimestamp } from '../clock.ts';
import type { Directory, Group } from './directory.ts';
import type { DynamicGroupInput } from './license-groups.ts';
import { ReplicatedSet } from './replicated-collections.ts';
import { getSku, type SkuPartNumber } from './skus.ts';

/** The group with this display name, created if it is missing. */
export function findOrAddGroup(directory: Directory, displayName: string, now: number): Group {
  for (const group of directory.groups.values()) {
    if (group.properties.displayName === displayName) return group;
  }
  return addGroup(directory, now, { displayName });
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
  readonly licenses?: readonly SkuPartNumber[];
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
    owners: new Set(),
    ...(licenses ? { licenses: toSkuIds(licenses) } : {}),
  };
  directory.groups.set(id, group);
  return group;
}

function toSkuIds(products: readonly SkuPartNumber[]): Set<string> {
  return new Set(products.map((part) => getSku(part).skuId));
}
