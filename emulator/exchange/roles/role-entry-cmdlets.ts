// The cmdlets that make a role and cut it down, by their pages in MicrosoftDocs/office-docs-powershell.
import { CmdletError } from '../cmdlet-error.ts';
import { fits } from '../powershell/operators.ts';
import type { CmdletArguments, ScriptCmdlet } from '../powershell/run-command.ts';
import { enumerate, Thing, textOf, type Value } from '../powershell/values.ts';
import { type ExchangeOrganization, keyNamed, type ManagementRole } from './organization.ts';

/** By name in lower case. */
export function roleEntryCmdlets(organization: ExchangeOrganization): Readonly<Record<string, ScriptCmdlet>> {
  const { roles } = organization;
  return {
    'get-managementrole': {
      parameters: ['Identity'],
      run: (given) =>
        [...roles.values()]
          .filter(({ name }) => fits(textOf(given.get('identity') ?? '*'), name))
          .map(({ name, parent }) => new Thing({ Name: name, Parent: parent })),
    },
    'new-managementrole': {
      parameters: ['Name', 'Parent', 'EnabledCmdlets'],
      run: (given) => newRole(organization, given),
    },
    'get-managementroleentry': { parameters: ['Identity'], run: (given) => findEntries(organization, given) },
    'add-managementroleentry': {
      parameters: ['Identity', 'Parameters'],
      run: (given) => addEntry(organization, given),
    },
    'set-managementroleentry': {
      parameters: ['Identity', 'Parameters'],
      run: (given) => setEntry(organization, given),
    },
    'remove-managementroleentry': {
      parameters: ['Identity'],
      run: (given) => {
        const { role, cmdlet } = customEntry(organization, given);
        role.entries.delete(cmdlet);
        return [];
      },
    },
  };
}

/** "EnabledCmdlets specifies the cmdlets that are copied from the parent role"; without it all of them are. */
function newRole({ roles, isDehydrated }: ExchangeOrganization, given: CmdletArguments): Value[] {
  if (isDehydrated) throw dehydrated('New-ManagementRole');
  const name = textOf(given.get('name') ?? '');
  if (name.length > 64) throw refused('The maximum length of a role’s name is 64 characters.');
  if (keyNamed(roles, name) !== undefined) throw existing(name);
  const parent = roleNamed(roles, textOf(given.get('parent') ?? ''));
  const wanted = given.get('enabledcmdlets');
  const copied = wanted === undefined ? [...parent.entries.keys()] : enumerate(wanted).map(textOf);
  const entries = copied.map((cmdlet) => [entryNamed(parent, cmdlet), parametersOf(parent, cmdlet)] as const);
  roles.set(name, { name, parent: parent.name, entries: new Map(entries) });
  return [new Thing({ Name: name, Parent: parent.name })];
}

function findEntries({ roles }: ExchangeOrganization, given: CmdletArguments): Value[] {
  const [roleName, cmdletName] = splitIdentity(given);
  return [...roles.values()]
    .filter(({ name }) => fits(roleName, name))
    .flatMap(({ name, entries }) =>
      [...entries]
        .filter(([cmdlet]) => fits(cmdletName, cmdlet))
        .map(
          ([cmdlet, parameters]) =>
            new Thing({ Id: name, Role: name, Name: cmdlet, Parameters: [...parameters] }),
        ),
    );
}

/** "The role entry that you want to add must exist in the parent role." */
function addEntry({ roles }: ExchangeOrganization, given: CmdletArguments): Value[] {
  const [roleName, cmdlet] = splitIdentity(given);
  const role = customRole(roles, roleName);
  const parent = roleNamed(roles, role.parent ?? '');
  if (keyNamed(role.entries, cmdlet) !== undefined) throw existing(`${roleName}\\${cmdlet}`);
  role.entries.set(entryNamed(parent, cmdlet), wantedParameters(parent, cmdlet, given));
  return [];
}

/** Parameters without -AddParameter: these stay "and all other parameters" go. */
function setEntry(organization: ExchangeOrganization, given: CmdletArguments): Value[] {
  const { role, cmdlet } = customEntry(organization, given);
  const parent = roleNamed(organization.roles, role.parent ?? '');
  if (given.get('parameters') === undefined) throw refused('Parameters is missing.');
  role.entries.set(cmdlet, wantedParameters(parent, cmdlet, given));
  return [];
}

/** "If you want to add parameters to a role entry, the parameters must exist in the role entry in the parent management role." */
function wantedParameters(parent: ManagementRole, cmdlet: string, given: CmdletArguments): readonly string[] {
  const offered = parametersOf(parent, cmdlet);
  const wanted = given.get('parameters');
  if (wanted === undefined) return offered;
  return enumerate(wanted).map((value) => {
    const name = textOf(value).toLowerCase();
    const found = offered.find((parameter) => parameter.toLowerCase() === name);
    if (found === undefined) throw refused(`The parameter '${name}' is not in '${parent.name}\\${cmdlet}'.`);
    return found;
  });
}

/** "You can't remove role entries from built-in management roles", nor change them. */
function customEntry(
  { roles }: ExchangeOrganization,
  given: CmdletArguments,
): { role: ManagementRole; cmdlet: string } {
  const [roleName, cmdlet] = splitIdentity(given);
  const role = customRole(roles, roleName);
  return { role, cmdlet: entryNamed(role, cmdlet) };
}

function customRole(roles: ExchangeOrganization['roles'], name: string): ManagementRole {
  const role = roleNamed(roles, name);
  if (role.parent === null) throw refused(`The role '${name}' is built in and cannot be changed.`);
  return role;
}

export function roleNamed(roles: ExchangeOrganization['roles'], name: string): ManagementRole {
  const role = roles.get(keyNamed(roles, name) ?? '');
  if (!role) throw missing(name);
  return role;
}

function entryNamed({ name, entries }: ManagementRole, cmdlet: string): string {
  const key = keyNamed(entries, cmdlet);
  if (key === undefined) throw missing(`${name}\\${cmdlet}`);
  return key;
}

function parametersOf(role: ManagementRole, cmdlet: string): readonly string[] {
  return role.entries.get(entryNamed(role, cmdlet)) ?? [];
}

/** `<role>\<cmdlet>`. */
function splitIdentity(given: CmdletArguments): readonly [string, string] {
  const [role = '', cmdlet = '', ...more] = textOf(given.get('identity') ?? '').split('\\');
  if (role === '' || cmdlet === '' || more.length > 0) throw refused('An entry is named <role>\\<cmdlet>.');
  return [role, cmdlet];
}

export function refused(message: string): CmdletError {
  return new CmdletError(400, 'InvalidOperationException', message);
}

export function existing(name: string): CmdletError {
  return new CmdletError(400, 'ADObjectAlreadyExistsException', `The object "${name}" already exists.`);
}

export function missing(name: string): CmdletError {
  return new CmdletError(
    404,
    'ManagementObjectNotFoundException',
    `The operation couldn't be performed because object '${name}' couldn't be found.`,
  );
}

/** office-docs-powershell, Enable-OrganizationCustomization: until it was run once, nothing that is shared can be changed. */
export function dehydrated(cmdlet: string): CmdletError {
  return refused(`${cmdlet} isn't allowed in your organization. First run Enable-OrganizationCustomization.`);
}
