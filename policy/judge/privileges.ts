// Who is privileged, in words, and what a policy requires to be known about it. Pure.
import type { PrivilegeAccess, RoleHolding } from '../evidence.ts';
import type { Policy } from '../schemas/policy.ts';

/** Such as `User Administrator (eligible, through group Ops)` or `eligible owner of the group Ops (PIM for Groups)`. */
export function describePrivilege(holding: RoleHolding): string {
  switch (holding.kind) {
    case 'active':
    case 'eligible':
      return describeRole(holding);
    case 'group-member':
      return `member of the role-assignable group ${holding.group}`;
    case 'group-owner':
      return `owner of the privileged group ${holding.group}`;
    case 'eligible-group-member':
      return `eligible member of the group ${holding.group} (PIM for Groups)`;
    case 'eligible-group-owner':
      return `eligible owner of the group ${holding.group} (PIM for Groups)`;
    case 'restricted-unit':
      return holding.unit === null
        ? 'in a restricted management unit'
        : `in the restricted management unit ${holding.unit}`;
  }
}

type HeldRole = Extract<RoleHolding, { roleName: string }>;

function describeRole({ roleName, kind, viaGroup, scope }: HeldRole): string {
  const through = viaGroup === null ? [] : [`through group ${viaGroup}`];
  const what = scope?.isRestricted ? 'restricted management unit' : 'administrative unit';
  const over = scope === undefined ? [] : [`over the ${what} ${scope.unit}`];
  return `${roleName} (${[kind, ...through, ...over].join(', ')})`;
}

type PrivilegeSource = keyof PrivilegeAccess;

export interface PrivilegeGap {
  source: PrivilegeSource;
  /** What could not be read and what it would take, as a main clause without a full stop. */
  says: string;
  /** What follows from that, as another. */
  so: string;
  /** Whether the policy asks for it: then the proposal stays a draft, and the apply takes nothing. */
  isRequired: boolean;
}

/** What may not be read. A licence that the tenant lacks is no gap: then there is nothing to read. */
export function listPrivilegeGaps(access: PrivilegeAccess, { risk }: Policy): PrivilegeGap[] {
  return privilegeSources
    .filter((source) => access[source] === 'unavailable')
    .map((source) => ({
      source,
      ...gapWords[source],
      isRequired: isPrivilegeSourceRequired(source, risk.privileged),
    }));
}

/** A policy without these settings requires what decides who is privileged, but not names alone. */
export function isPrivilegeSourceRequired(source: PrivilegeSource, settings: Policy['risk']['privileged']): boolean {
  return (settings?.[source] ?? privilegeDefaults[source]) === 'required';
}

const privilegeDefaults = {
  roleEligibility: 'required',
  groupEligibility: 'required',
  restrictedUnits: 'optional',
} as const satisfies Record<PrivilegeSource, 'required' | 'optional'>;

const privilegeSources: readonly PrivilegeSource[] = ['roleEligibility', 'groupEligibility', 'restrictedUnits'];

const gapWords: Record<PrivilegeSource, Pick<PrivilegeGap, 'says' | 'so'>> = {
  roleEligibility: {
    says: 'who may activate a role could not be read (it needs RoleManagement.Read.Directory)',
    so: 'people who may only activate a role are not recognised as privileged',
  },
  groupEligibility: {
    says: 'who may join or own a privileged group by PIM for Groups could not be read (it needs PrivilegedEligibilitySchedule.Read.AzureADGroup)',
    so: 'people who are only eligible for such a group are not recognised as privileged',
  },
  restrictedUnits: {
    says: 'administrative units could not be read (it needs AdministrativeUnit.Read.All)',
    so: 'each account says itself whether it is in a restricted one, but the units have no names here',
  },
};
