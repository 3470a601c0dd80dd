// Groups as Graph writes them: with their licences, and with their rule only for callers who may read groups.
import { type Caller, hasPermission } from '../entra/caller.ts';
import type { Switches } from '../options.ts';
import type { Group } from '../tenant/directory.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { buildObject } from './stored-object.ts';

/** How membershipRule is shown. */
export type RuleView = Switches['membershipRules'];

const READ_GROUPS = ['Group.Read.All', 'Group.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];

/** A caller who may read groups sees their rules; one who may read only members sees what the switch says. */
export function selectRuleView(caller: Caller, { membershipRules }: Switches): RuleView {
  return READ_GROUPS.some((permission) => hasPermission(caller, permission)) ? 'shown' : membershipRules;
}

interface GroupForm {
  readonly view: RuleView;
  /** Null: what Graph returns by default. */
  readonly select?: readonly string[] | null;
  readonly typeName?: string;
}

/** A group as Graph writes it. */
export function buildGroup(
  tenant: Tenant,
  group: Group,
  { view, select = null, typeName = 'group' }: GroupForm,
): Record<string, unknown> {
  const { id, properties } = group;
  const shown = select === null ? { ...properties } : readGroup(tenant, group);
  if (view !== 'shown' && 'membershipRule' in shown) shown.membershipRule = null;
  const written = buildObject(typeName, { id, properties: shown }, select);
  if (view === 'absent') delete written.membershipRule;
  return written;
}

/** All properties, those too that are "returned only on $select" (group.md). */
export function readGroup({ licenseQueue }: Tenant, { id, properties, licenses }: Group): Record<string, unknown> {
  const state = licenseQueue.isWaiting(id) ? 'QueuedForProcessing' : 'ProcessingComplete';
  return {
    ...properties,
    assignedLicenses: [...(licenses ?? [])].map(([skuId, disabledPlans]) => ({ skuId, disabledPlans })),
    licenseProcessingState: licenses && licenses.size > 0 ? { state } : null,
  };
}
