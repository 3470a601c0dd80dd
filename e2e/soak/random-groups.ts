// The licence groups of a story's company, and who may be taken out of which: that follows from this table and from what happens
// to them, not from the product's rules.
import type { PersonInput } from '@dormant-m365/emulator';
import type { GroupInput } from '@dormant-m365/emulator/tenant';
import type { NamedGroup } from '../../policy/schemas/policy.ts';
import type { Chance } from './random-choice.ts';

export interface RandomGroup extends GroupInput {
  /** The entry of policy.yaml; null: none. */
  named: 'by name' | 'by id' | null;
  isAccepted?: boolean;
  /** Why nobody may be taken out of it, but for its name; empty: nothing stands against it. */
  obstacles: string[];
}

const office = { licenses: ['SPE_E3'] } as const;

const groups: readonly (Omit<RandomGroup, 'obstacles' | 'named'> & Partial<RandomGroup>)[] = [
  { displayName: 'Licences: Office', ...office },
  { displayName: 'Licences: Office and Visio', licenses: ['SPE_E3', 'VISIOCLIENT'], named: 'by id' },
  { displayName: 'Licences: Tools', licenses: ['POWER_BI_PRO', 'PROJECTPROFESSIONAL'] },
  { displayName: 'Licences: Phone', licenses: ['MCOEV'] },
  { displayName: 'Licences: Files', licenses: [{ sku: 'SPE_E3', disabledPlans: [] }], named: 'by id' },
  { displayName: 'Licences: nobody named it', ...office, named: null },
  { displayName: 'Licences: of Active Directory', ...office, synced: true, obstacles: ['synced'] },
  { displayName: 'Licences: with payroll', ...office, appRoles: ['Payroll'], obstacles: ['app role'] },
  { displayName: 'Licences: with expenses', ...office, appRoles: ['Expenses'], isAccepted: true },
  { displayName: 'Licences: within another', ...office, memberOf: ['Everybody'], obstacles: ['in a group'] },
  {
    displayName: 'Licences: by department',
    ...office,
    membershipRule: 'user.department -ne "Nowhere"',
    obstacles: ['rule'],
  },
  {
    displayName: 'Licences: of two',
    ...office,
    id: '00000000-0000-4000-8000-00000000aaa1',
    obstacles: ['two of a name'],
  },
  {
    displayName: 'Licences: of two',
    licenses: ['POWER_BI_PRO'],
    id: '00000000-0000-4000-8000-00000000aaa2',
    named: 'by name',
  },
];

/** Each with an id of its own. */
export function pickGroups(chance: Chance): RandomGroup[] {
  return groups.map((group, at) => ({
    id: `00000000-0000-4000-8000-0000000001${String(at).padStart(2, '0')}`,
    named: chance.maybe(0.2) ? 'by id' : 'by name',
    ...group,
    obstacles: [...(group.obstacles ?? [])],
  }));
}

/** As the options of a tenant take it. */
export function toGroupInput({ named: _, isAccepted: __, obstacles: ___, ...input }: RandomGroup): GroupInput {
  return input;
}

export function listNamedGroups(all: readonly RandomGroup[]): NamedGroup[] {
  const entries = all.flatMap(({ named, id = '', displayName, isAccepted }): NamedGroup[] => {
    const givesMore = isAccepted ? { givesMore: 'accepted' as const } : {};
    if (named === null) return [];
    return [named === 'by id' ? { id, ...givesMore } : { name: displayName, ...givesMore }];
  });
  return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()];
}

/** Where a person's licences come from: groups alone, or the same and other products directly, too. */
export function pickSources(
  chance: Chance,
  all: readonly RandomGroup[],
): Pick<PersonInput, 'licenses' | 'groups' | 'oneDrive'> {
  const office = all.filter(({ licenses = [] }) => licenses.some((one) => one === 'SPE_E3' || typeof one === 'object'));
  const others = all.filter((group) => !office.includes(group) && group.named !== null);
  const free = office.filter(({ named, obstacles }) => named !== null && obstacles.length === 0);
  const getName = ({ id = '' }: RandomGroup) => id;
  return {
    // Else they would hold the memberships of most.
    oneDrive: chance.pick([{ sizeMb: 30 }, { sizeMb: 30 }, { sizeGb: 4 }]),
    groups: [
      getName(chance.pick(chance.maybe(0.7) ? free : office)),
      ...(chance.maybe(0.2) ? [getName(chance.pick(office))] : []),
      ...chance.pickSome(others, 0.3).map(getName),
    ].filter((name, at, names) => names.indexOf(name) === at),
    licenses: chance.pick([[], [], ['SPE_E3'], ['POWER_BI_PRO'], ['MCOEV'], ['VISIOCLIENT']] as const),
  };
}
