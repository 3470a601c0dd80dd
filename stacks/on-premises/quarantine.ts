// The quarantine as declared: one group with exactly the held accounts, one Conditional Access policy that blocks it.
import azuread from '@pulumi/azuread';
import type { Policy } from '../../policy/schemas/policy.ts';
import type { Tenant } from '../../policy/schemas/tenant.ts';
import { runUntraced } from '../provider/declare.ts';
import { toAzureadCloud } from './azuread-sign-in.ts';
import { buildQuarantineName, type QuarantineImports } from './resolve-quarantine.ts';

export type QuarantineMode = Exclude<Policy['onPremises']['quarantine'], 'off'>;

interface Quarantine {
  stack: string;
  tenant: Tenant;
  mode: QuarantineMode;
  /** Object ids, at least one: a policy on an empty group would block anyone who is added to it without a review. */
  members: readonly string[];
  /** What the tenant has of it and the state may lack. */
  imports: QuarantineImports;
}

export const groupType = 'azuread:index/group:Group';
export const policyType = 'azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy';

/** Graph's names for the two modes. */
export const policyStates: Record<QuarantineMode, string> = {
  'report-only': 'enabledForReportingButNotEnforced',
  enforced: 'enabled',
};

/**
 * If it is not declared, the engine deletes it: the policy before the group, so that nobody is blocked by the rest.
 * Accounts are no resources here, so none can be deleted with it.
 */
export function declareQuarantine({ stack, tenant, mode, members, imports }: Quarantine): void {
  const displayName = buildQuarantineName(stack);
  runUntraced(() => {
    const provider = createProvider(tenant);
    const group = new azuread.Group(
      'quarantine',
      {
        displayName,
        description: `Synced accounts that stacks/${stack}/accounts disables. Edit the files, not the members: an apply puts them back.`,
        securityEnabled: true,
        mailEnabled: false,
        // The whole list: any other member is removed when it changes.
        members: [...members],
      },
      { provider, ...buildImportOption(imports.group) },
    );
    new azuread.ConditionalAccessPolicy(
      'quarantine',
      {
        displayName,
        state: policyStates[mode],
        conditions: {
          clientAppTypes: ['all'],
          applications: { includedApplications: ['All'] },
          users: { includedGroups: [group.objectId], excludedRoles: Object.values(recoveryRoles) },
        },
        grantControls: { operator: 'OR', builtInControls: ['block'] },
      },
      { provider, ...buildImportOption(imports.policy) },
    );
  });
}

/**
 * Imports unchanged what the tenant has and is no longer declared. In the next run of the engine it is not declared either
 * and so is deleted: the policy before the group.
 */
export function takeOverQuarantine({ stack, tenant, imports }: Omit<Quarantine, 'mode' | 'members'>): void {
  const displayName = buildQuarantineName(stack);
  runUntraced(() => {
    const provider = createProvider(tenant);
    const group = imports.group
      ? new azuread.Group(
          'quarantine',
          { displayName, securityEnabled: true },
          { provider, import: imports.group, ignoreChanges: ['*'] },
        )
      : null;
    if (imports.policy === null) return;
    new azuread.ConditionalAccessPolicy(
      'quarantine',
      {
        displayName,
        state: policyStates['report-only'],
        conditions: { clientAppTypes: ['all'], applications: {}, users: {} },
      },
      { provider, import: imports.policy, ignoreChanges: ['*'], dependsOn: group ? [group] : [] },
    );
  });
}

/** Its sign-in comes from the environment (azuread-sign-in.ts), so that the state holds no secret. */
function createProvider(tenant: Tenant): azuread.Provider {
  return new azuread.Provider('quarantine', {
    tenantId: tenant.tenantId,
    environment: toAzureadCloud(tenant.cloud),
  });
}

function buildImportOption(id: string | null): { import?: string } {
  return id === null ? {} : { import: id };
}

/** Roles that could undo a mistake of this policy; Entra itself excludes them, even if assigned after the apply. */
const recoveryRoles = {
  'Global Administrator': '62e90394-69f5-4237-9190-012177145e10',
  'Privileged Role Administrator': 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  'Conditional Access Administrator': 'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9',
  'Security Administrator': '194ae4cb-b126-40b2-bd5b-6091b380977d',
} as const;
