// The cmdlets that assign roles, by their pages in MicrosoftDocs/office-docs-powershell.
import { CmdletError } from '../cmdlet-error.ts';
import { isWildcardMatch } from '../powershell/operators.ts';
import type { CmdletArguments, ScriptCmdlet } from '../powershell/run-command.ts';
import { enumerate, formatValue, ScriptObject, type Value } from '../powershell/values.ts';
import { type ExchangeOrganization, findKey, type RoleAssignment } from './organization.ts';
import {
  createAlreadyExistsError,
  createDehydratedError,
  createMissingObjectError,
  createOperationError,
  requireManagementRole,
} from './role-entry-cmdlets.ts';

/** By name in lower case. */
export function createRoleGroupCmdlets(organization: ExchangeOrganization): Readonly<Record<string, ScriptCmdlet>> {
  const { groups, assignments } = organization;
  return {
    'get-rolegroup': {
      parameters: ['Identity'],
      run: (args) =>
        [...groups.keys()]
          .filter((name) => isWildcardMatch(formatValue(args.get('identity') ?? '*'), name))
          .map((name) => new ScriptObject({ Name: name })),
    },
    'new-rolegroup': { parameters: ['Name', 'Roles'], run: (args) => addGroup(organization, args) },
    'add-rolegroupmember': {
      parameters: ['Identity', 'Member'],
      run: (args) => addMember(organization, args),
    },
    'get-managementroleassignment': {
      parameters: ['Identity', 'RoleAssignee'],
      run: (args) =>
        [...assignments.values()]
          .filter(({ name }) => isWildcardMatch(formatValue(args.get('identity') ?? '*'), name))
          .filter(({ assignee }) => isWildcardMatch(formatValue(args.get('roleassignee') ?? '*'), assignee))
          .map(({ name, role, assignee }) => new ScriptObject({ Name: name, Role: role, RoleAssignee: assignee })),
    },
    'new-managementroleassignment': {
      parameters: ['Name', 'Role', 'SecurityGroup', 'App', 'CustomResourceScope'],
      run: (args) => addAssignment(organization, args),
    },
  };
}

/** A new group has an assignment for each of its roles. */
function addGroup(organization: ExchangeOrganization, args: CmdletArguments): Value[] {
  const { groups, roles, isDehydrated } = organization;
  if (isDehydrated) throw createDehydratedError('New-RoleGroup');
  const name = formatValue(args.get('name') ?? '');
  if (name.length > 64) throw createOperationError('The maximum length of a role group’s name is 64 characters.');
  if (findKey(groups, name) !== undefined) throw createAlreadyExistsError(name);
  const wanted = enumerate(args.get('roles') ?? []).map((role) => requireManagementRole(roles, formatValue(role)).name);
  groups.set(name, new Set());
  for (const role of wanted)
    storeAssignment(organization, { name: `${role}-${name}`, role, assignee: name, scope: null });
  return [new ScriptObject({ Name: name })];
}

/** A service principal that Exchange knows is a member by its object id (learn.microsoft.com, app-only authentication). */
function addMember({ groups, principals }: ExchangeOrganization, args: CmdletArguments): Value[] {
  const name = findKey(groups, formatValue(args.get('identity') ?? ''));
  if (name === undefined) throw createMissingObjectError(formatValue(args.get('identity') ?? ''));
  const member = formatValue(args.get('member') ?? '');
  if (!principals.some(({ objectId }) => objectId === member)) throw createMissingObjectError(member);
  if (groups.get(name)?.has(member))
    throw new CmdletError(
      400,
      'MemberAlreadyExistsException',
      `The recipient "${member}" is already a member of the group "${name}".`,
    );
  groups.get(name)?.add(member);
  return [];
}

function addAssignment(organization: ExchangeOrganization, args: CmdletArguments): Value[] {
  const { groups, roles, principals, scopes, isDehydrated } = organization;
  if (isDehydrated) throw createDehydratedError('New-ManagementRoleAssignment');
  const { name: role } = requireManagementRole(roles, formatValue(args.get('role') ?? ''));
  const [group, app] = ['securitygroup', 'app'].map((key) => formatValue(args.get(key) ?? ''));
  // "You can't use this parameter with the App, Policy, Computer, or User parameters."
  if ((group === '') === (app === '')) throw createOperationError('Parameter set cannot be resolved.');
  const assignee = group ? findKey(groups, group) : principals.find(({ objectId }) => objectId === app)?.objectId;
  if (assignee === undefined) throw createMissingObjectError(group || (app ?? ''));
  const wanted = args.get('customresourcescope');
  const scope = wanted === undefined ? null : findKey(scopes, formatValue(wanted));
  if (scope === undefined) throw createMissingObjectError(formatValue(wanted ?? ''));
  storeAssignment(organization, {
    name: formatValue(args.get('name') ?? `${role}-${assignee}`),
    role,
    assignee,
    scope,
  });
  return [];
}

function storeAssignment({ assignments }: ExchangeOrganization, assignment: RoleAssignment): void {
  const { name } = assignment;
  if (name.length > 64) throw createOperationError('The maximum length of an assignment’s name is 64 characters.');
  if (findKey(assignments, name) !== undefined) throw createAlreadyExistsError(name);
  assignments.set(name, assignment);
}
