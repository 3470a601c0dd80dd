// The cmdlets that give a role to somebody, by their pages in MicrosoftDocs/office-docs-powershell.
import { CmdletError } from '../cmdlet-error.ts';
import { fits } from '../powershell/operators.ts';
import type { CmdletArguments, ScriptCmdlet } from '../powershell/run-command.ts';
import { enumerate, Thing, textOf, type Value } from '../powershell/values.ts';
import { type ExchangeOrganization, keyNamed, type RoleAssignment } from './organization.ts';
import { dehydrated, existing, missing, refused, roleNamed } from './role-entry-cmdlets.ts';

/** By name in lower case. */
export function roleGroupCmdlets(organization: ExchangeOrganization): Readonly<Record<string, ScriptCmdlet>> {
  const { groups, assignments } = organization;
  return {
    'get-rolegroup': {
      parameters: ['Identity'],
      run: (given) =>
        [...groups.keys()]
          .filter((name) => fits(textOf(given.get('identity') ?? '*'), name))
          .map((name) => new Thing({ Name: name })),
    },
    'new-rolegroup': { parameters: ['Name', 'Roles'], run: (given) => newGroup(organization, given) },
    'add-rolegroupmember': {
      parameters: ['Identity', 'Member'],
      run: (given) => addMember(organization, given),
    },
    'get-managementroleassignment': {
      parameters: ['Identity', 'RoleAssignee'],
      run: (given) =>
        [...assignments.values()]
          .filter(({ name }) => fits(textOf(given.get('identity') ?? '*'), name))
          .filter(({ assignee }) => fits(textOf(given.get('roleassignee') ?? '*'), assignee))
          .map(({ name, role, assignee }) => new Thing({ Name: name, Role: role, RoleAssignee: assignee })),
    },
    'new-managementroleassignment': {
      parameters: ['Name', 'Role', 'SecurityGroup', 'App', 'CustomResourceScope'],
      run: (given) => newAssignment(organization, given),
    },
  };
}

/** The group comes with an assignment for each of its roles. */
function newGroup(organization: ExchangeOrganization, given: CmdletArguments): Value[] {
  const { groups, roles, isDehydrated } = organization;
  if (isDehydrated) throw dehydrated('New-RoleGroup');
  const name = textOf(given.get('name') ?? '');
  if (name.length > 64) throw refused('The maximum length of a role group’s name is 64 characters.');
  if (keyNamed(groups, name) !== undefined) throw existing(name);
  const wanted = enumerate(given.get('roles') ?? []).map((role) => roleNamed(roles, textOf(role)).name);
  groups.set(name, new Set());
  for (const role of wanted)
    assign(organization, { name: `${role}-${name}`, role, assignee: name, scope: null });
  return [new Thing({ Name: name })];
}

/** A service principal is a member by its object id (learn.microsoft.com, app-only authentication), once Exchange knows it. */
function addMember({ groups, principals }: ExchangeOrganization, given: CmdletArguments): Value[] {
  const name = keyNamed(groups, textOf(given.get('identity') ?? ''));
  if (name === undefined) throw missing(textOf(given.get('identity') ?? ''));
  const member = textOf(given.get('member') ?? '');
  if (!principals.some(({ objectId }) => objectId === member)) throw missing(member);
  if (groups.get(name)?.has(member))
    throw new CmdletError(
      400,
      'MemberAlreadyExistsException',
      `The recipient "${member}" is already a member of the group "${name}".`,
    );
  groups.get(name)?.add(member);
  return [];
}

function newAssignment(organization: ExchangeOrganization, given: CmdletArguments): Value[] {
  const { groups, roles, principals, scopes, isDehydrated } = organization;
  if (isDehydrated) throw dehydrated('New-ManagementRoleAssignment');
  const { name: role } = roleNamed(roles, textOf(given.get('role') ?? ''));
  const [group, app] = ['securitygroup', 'app'].map((key) => textOf(given.get(key) ?? ''));
  // "You can't use this parameter with the App, Policy, Computer, or User parameters."
  if ((group === '') === (app === '')) throw refused('Parameter set cannot be resolved.');
  const assignee = group
    ? keyNamed(groups, group)
    : principals.find(({ objectId }) => objectId === app)?.objectId;
  if (assignee === undefined) throw missing(group || (app ?? ''));
  const wanted = given.get('customresourcescope');
  const scope = wanted === undefined ? null : keyNamed(scopes, textOf(wanted));
  if (scope === undefined) throw missing(textOf(wanted ?? ''));
  assign(organization, { name: textOf(given.get('name') ?? `${role}-${assignee}`), role, assignee, scope });
  return [];
}

function assign({ assignments }: ExchangeOrganization, assignment: RoleAssignment): void {
  const { name } = assignment;
  if (name.length > 64) throw refused('The maximum length of an assignment’s name is 64 characters.');
  if (keyNamed(assignments, name) !== undefined) throw existing(name);
  assignments.set(name, assignment);
}
