// Groups as Graph writes them: with their licences, and with their rule only for callers who may read groups.
import { type Caller, hasPermission } from '../entra/caller.ts';
import type { Switches } from '../options.ts';
import type { Group } from '../tenant/directory.ts';
import { buildObject } from './stored-object.ts';

/** How membershipRule is shown. */
export type RuleView = Switches['membershipRules'];

const READ_GROUPS = ['Group.Read.All', 'Group.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];

/** A caller who may read groups sees their rules; one who may read only members sees what the switch says. */
export function selectRuleView(caller: Caller, { membershipRules }: Switches): RuleView {
  return READ_GROUPS.some((permission) => hasPermission(caller, permission)) ? 'shown' : membershipRules;
}

/** A group with the selected properties, or all. */
export function buildGroup(
  { id, properties, licenses = new Set() }: Group,
  view: RuleView,
  select: readonly string[] | null = null,
  type = 'group',
): Record<string, unknown> {
  const assignedLicenses = [...licenses].map((skuId) => ({ skuId, disabledPlans: [] }));
  const shown = { ...properties, assignedLicenses };
  if (view !== 'shown' && 'membershipRule' in shown) shown.membershipRule = null;
  const written = buildObject(type, { id, properties: shown }, select);
  if (view === 'absent') delete written.membershipRule;
  return written;
}
