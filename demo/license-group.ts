// A group that gives Microsoft 365 E3: the policy names it, and the apply may change its members and no other group's.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listGrantedRights } from '../bootstrap/granted.ts';
import {
  formatUnitScope,
  licenseGroupRoleNames,
  licenseGroupRoles,
  tenantScope,
} from '../bootstrap/license-group-roles.ts';
import { formatRoleName, formatUnitName } from '../bootstrap/resource-names.ts';
import { type Company, policyPath, stack } from './company.ts';

/** Every embedded tenant has it. */
export const licenseGroup = 'Licensing: Microsoft 365 E3';

/** What `bootstrap/` grants with `groupUses`, beside the roles of `grantMembers`. */
export const identities = {
  audit: listGrantedRights('audit', 'premium', 'groupEligibility', 'groupRules', 'groupUses', 'holds'),
  apply: listGrantedRights('apply', 'premium', 'groupEligibility', 'groupRules', 'groupUses', 'exchange', 'mail'),
};

/** What a company does for its licence groups: the bootstrap's `licenseGroups: scoped`, and `licenses.groups` on main. */
export async function nameLicenseGroup(company: Company): Promise<void> {
  grantMembers(company);
  const { repository, git } = company;
  const path = join(repository, policyPath);
  const policy = await readFile(path, 'utf8');
  await writeFile(path, `${policy}\nlicenses:\n  groups:\n    - name: '${licenseGroup}'\n`);
  await git('commit', '--quiet', '--all', '--message=Name the group that gives Microsoft 365 E3');
  await git('push', '--quiet', 'origin', 'main');
}

/** The unit and the roles that bootstrap/license-group-access.ts makes. */
function grantMembers({ tenant: { tenant, identities } }: Company): void {
  const { directory } = tenant;
  const [groupId] = [...directory.groups.values()]
    .filter(({ properties }) => properties.displayName === licenseGroup)
    .map(({ id }) => id);
  if (groupId === undefined) throw new Error(`The tenant has no group ${licenseGroup}.`);
  const unitId = directory.createId();
  const unit = { displayName: formatUnitName(stack), isMemberManagementRestricted: false, members: new Set([groupId]) };
  directory.administrativeUnits.set(unitId, { id: unitId, ...unit });
  for (const name of licenseGroupRoleNames) {
    const { actions, scope } = licenseGroupRoles[name];
    const [roleId, assignmentId] = [directory.createId(), directory.createId()];
    const role = { displayName: formatRoleName(name, stack), isLesser: false, isBuiltIn: false };
    directory.customRoles.set(roleId, { id: roleId, ...role, allowedResourceActions: actions });
    directory.roleAssignments.set(assignmentId, {
      id: assignmentId,
      roleDefinitionId: roleId,
      principalId: identities.apply?.objectId ?? '',
      directoryScopeId: scope === 'unit' ? formatUnitScope(unitId) : tenantScope,
    });
  }
}
