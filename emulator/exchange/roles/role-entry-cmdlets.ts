// The cmdlets that create a role and reduce it, by their pages in MicrosoftDocs/office-docs-powershell.
import { CmdletError } from '../cmdlet-error.ts';
import { isWildcardMatch } from '../powershell/operators.ts';
import type { CmdletArguments, ScriptCmdlet } from '../powershell/run-command.ts';
import { enumerate, formatValue, ScriptObject, type Value } from '../powershell/values.ts';
import { type ExchangeOrganization, findKey, type ManagementRole } from './organization.ts';

/** By name in lower case. */
export function createRoleEntryCmdlets(organization: ExchangeOrganization): Readonly<Record<string, ScriptCmdlet>> {
  const { roles } = organization;
  return {
    'get-managementrole': {
      parameters: ['Identity'],
      run: (args) =>
        [...roles.values()]
          .filter(({ name }) => isWildcardMatch(formatValue(args.get('identity') ?? '*'), name))
          .map(({ name, parent }) => new ScriptObject({ Name: name, Parent: parent })),
    },
    'new-managementrole': {
      parameters: ['Name', 'Parent', 'EnabledCmdlets'],
      run: (args) => addRole(organization, args),
    },
    'get-managementroleentry': { parameters: ['Identity'], run: (args) => listEntries(organization, args) },
    'add-managementroleentry': {
      parameters: ['Identity', 'Parameters'],
      run: (args) => addEntry(organization, args),
    },
    'set-managementroleentry': {
      parameters: ['Identity', 'Parameters'],
      run: (args) => setEntry(organization, args),
    },
    'remove-managementroleentry': {
      parameters: ['Identity'],
      run: (args) => {
        const { role, cmdlet } = requireCustomEntry(organization, args);
        role.entries.delete(cmdlet);
        return [];
      },
    },
  };
}

/** "EnabledCmdlets specifies the cmdlets that are copied from the parent role"; without it all of them are. */
function addRole({ roles, isDehydrated }: ExchangeOrganization, args: CmdletArguments): Value[] {
  if (isDehydrated) throw createDehydratedError('New-ManagementRole');
  const name = formatValue(args.get('name') ?? '');
  if (name.length > 64) throw createOperationError('The maximum length of a role’s name is 64 characters.');
  if (findKey(roles, name) !== undefined) throw createAlreadyExistsError(name);
  const parent = requireManagementRole(roles, formatValue(args.get('parent') ?? ''));
  const requested = args.get('enabledcmdlets');
  const copied = requested === undefined ? [...parent.entries.keys()] : enumerate(requested).map(formatValue);
  const entries = copied.map((cmdlet) => [requireEntryName(parent, cmdlet), listParameters(parent, cmdlet)] as const);
  roles.set(name, { name, parent: parent.name, entries: new Map(entries) });
  return [new ScriptObject({ Name: name, Parent: parent.name })];
}

function listEntries({ roles }: ExchangeOrganization, args: CmdletArguments): Value[] {
  const [roleName, cmdletName] = splitIdentity(args);
  return [...roles.values()]
    .filter(({ name }) => isWildcardMatch(roleName, name))
    .flatMap(({ name, entries }) =>
      [...entries]
        .filter(([cmdlet]) => isWildcardMatch(cmdletName, cmdlet))
        .map(
          ([cmdlet, parameters]) =>
            new ScriptObject({ Id: name, Role: name, Name: cmdlet, Parameters: [...parameters] }),
        ),
    );
}

/** "The role entry that you want to add must exist in the parent role." */
function addEntry({ roles }: ExchangeOrganization, args: CmdletArguments): Value[] {
  const [roleName, cmdlet] = splitIdentity(args);
  const role = requireCustomRole(roles, roleName);
  const parent = requireManagementRole(roles, role.parent ?? '');
  if (findKey(role.entries, cmdlet) !== undefined) throw createAlreadyExistsError(`${roleName}\\${cmdlet}`);
  role.entries.set(requireEntryName(parent, cmdlet), parseParameters(parent, cmdlet, args));
  return [];
}

/** Without -AddParameter these parameters stay "and all other parameters" are removed. */
function setEntry(organization: ExchangeOrganization, args: CmdletArguments): Value[] {
  const { role, cmdlet } = requireCustomEntry(organization, args);
  const parent = requireManagementRole(organization.roles, role.parent ?? '');
  if (args.get('parameters') === undefined) throw createOperationError('Parameters is missing.');
  role.entries.set(cmdlet, parseParameters(parent, cmdlet, args));
  return [];
}

/** "The parameters must exist in the role entry in the parent management role." */
function parseParameters(parent: ManagementRole, cmdlet: string, args: CmdletArguments): readonly string[] {
  const offered = listParameters(parent, cmdlet);
  const requested = args.get('parameters');
  if (requested === undefined) return offered;
  return enumerate(requested).map((value) => {
    const name = formatValue(value).toLowerCase();
    const found = offered.find((parameter) => parameter.toLowerCase() === name);
    if (found === undefined)
      throw createOperationError(`The parameter '${name}' is not in '${parent.name}\\${cmdlet}'.`);
    return found;
  });
}

/** "You can't remove role entries from built-in management roles", nor change them. */
function requireCustomEntry(
  { roles }: ExchangeOrganization,
  args: CmdletArguments,
): { role: ManagementRole; cmdlet: string } {
  const [roleName, cmdlet] = splitIdentity(args);
  const role = requireCustomRole(roles, roleName);
  return { role, cmdlet: requireEntryName(role, cmdlet) };
}

function requireCustomRole(roles: ExchangeOrganization['roles'], name: string): ManagementRole {
  const role = requireManagementRole(roles, name);
  if (role.parent === null) throw createOperationError(`The role '${name}' is built in and cannot be changed.`);
  return role;
}

export function requireManagementRole(roles: ExchangeOrganization['roles'], name: string): ManagementRole {
  const role = roles.get(findKey(roles, name) ?? '');
  if (!role) throw createMissingObjectError(name);
  return role;
}

function requireEntryName({ name, entries }: ManagementRole, cmdlet: string): string {
  const key = findKey(entries, cmdlet);
  if (key === undefined) throw createMissingObjectError(`${name}\\${cmdlet}`);
  return key;
}

function listParameters(role: ManagementRole, cmdlet: string): readonly string[] {
  return role.entries.get(requireEntryName(role, cmdlet)) ?? [];
}

/** `<role>\<cmdlet>`. */
function splitIdentity(args: CmdletArguments): readonly [string, string] {
  const [role = '', cmdlet = '', ...more] = formatValue(args.get('identity') ?? '').split('\\');
  if (role === '' || cmdlet === '' || more.length > 0)
    throw createOperationError('An entry is named <role>\\<cmdlet>.');
  return [role, cmdlet];
}

export function createOperationError(message: string): CmdletError {
  return new CmdletError(400, 'InvalidOperationException', message);
}

export function createAlreadyExistsError(name: string): CmdletError {
  return new CmdletError(400, 'ADObjectAlreadyExistsException', `The object "${name}" already exists.`);
}

export function createMissingObjectError(name: string): CmdletError {
  return new CmdletError(
    404,
    'ManagementObjectNotFoundException',
    `The operation couldn't be performed because object '${name}' couldn't be found.`,
  );
}

/** Shared objects can be changed only after Enable-OrganizationCustomization has run once (office-docs-powershell). */
export function createDehydratedError(cmdlet: string): CmdletError {
  return createOperationError(
    `${cmdlet} isn't allowed in your organization. First run Enable-OrganizationCustomization.`,
  );
}
