// Which cmdlets of Exchange a caller knows, and with which parameters.
import type { Caller } from '../entra/caller.ts';
import { GraphError } from '../odata/errors.ts';
import type { Site } from '../site.ts';
import { listActiveRoles } from '../tenant/privilege.ts';
import { requireRoleDefinition } from '../tenant/role-definitions.ts';
import { CmdletError } from './cmdlet-error.ts';
import { CMDLETS, type Cmdlet, type CmdletCall, type CmdletParameters } from './cmdlets.ts';
import { collectRoleEntries, type RoleEntries } from './roles/organization.ts';

const ADMIN_ROLES = ['Exchange Administrator', 'Exchange Recipient Administrator', 'Global Administrator'];
const READ_ROLES = ['Global Reader'];
/** Not for roles that manage recipients (u): which role has which cmdlet is not published. */
const CONFIGURATION = new Set(['get-organizationconfig']);
const CONFIGURATION_ROLES = ['Exchange Administrator', 'Global Administrator', ...READ_ROLES];

/**
 * The cmdlet with the parameters that the caller may use. App-only access needs the permission and either an Entra role or a
 * role group of Exchange's own, which allows only the entries of its roles. Throws 403 for a caller with neither, and
 * CmdletError for a cmdlet or a parameter that is in no role of the caller. No client here gets a token of a person for Exchange.
 */
export function requireCmdlet(
  site: Site,
  caller: Caller,
  { name, args }: CmdletCall,
): { run: Cmdlet['run']; parameters: CmdletParameters } {
  if (caller.kind === 'person') throw createMissingRoleError();
  const { roles, objectId } = caller;
  const key = name.toLowerCase();
  const callerRoles = listActiveRoles(site.tenant.directory, objectId);
  const hasEntraRole = (role: string) => callerRoles.has(requireRoleDefinition(role).id);
  const hasRole = (key.startsWith('get-') ? [...ADMIN_ROLES, ...READ_ROLES] : ADMIN_ROLES).some(hasEntraRole);
  const entries = listEntries(site, objectId);
  if (!roles.has('Exchange.ManageAsApp') || !(hasRole || entries.size > 0)) throw createMissingRoleError();
  const knowsAll = CONFIGURATION.has(key) ? CONFIGURATION_ROLES.some(hasEntraRole) : hasRole;
  const cmdlet = knowsAll || entries.has(key) ? CMDLETS[key] : undefined;
  if (!cmdlet) throw createUnknownCmdletError(name);
  return {
    run: cmdlet.run,
    parameters: bindParameters(cmdlet, args, knowsAll ? null : (entries.get(key) ?? null)),
  };
}

/** The entries that a test gave the identity, and those that a script gave it in Exchange. */
function listEntries({ tenant, identities }: Site, objectId: string): RoleEntries {
  const ownEntries = Object.values(identities).find((identity) => identity.objectId === objectId)?.exchangeEntries;
  return new Map([...(ownEntries ?? []), ...collectRoleEntries(tenant.exchange, objectId)]);
}

/** Arguments under the cmdlet's own spelling of their names. `known` null: the caller's role has all parameters. */
function bindParameters(
  { parameters }: Cmdlet,
  args: CmdletParameters,
  known: ReadonlySet<string> | null,
): CmdletParameters {
  const bound = Object.entries(args).map(([name, value]) => {
    const parameter = parameters.find((each) => each.toLowerCase() === name.toLowerCase());
    if (parameter === undefined || known?.has(parameter.toLowerCase()) === false)
      throw createUnknownParameterError(name);
    return [parameter, value] as const;
  });
  return Object.fromEntries(bound);
}

function createUnknownCmdletError(name: string): CmdletError {
  return new CmdletError(
    400,
    'CommandNotFoundException',
    `The term '${name}' is not recognized as the name of a cmdlet.`,
  );
}

function createUnknownParameterError(name: string): CmdletError {
  return new CmdletError(
    400,
    'ParameterBindingException',
    `A parameter cannot be found that matches parameter name '${name}'.`,
  );
}

function createMissingRoleError(): GraphError {
  return new GraphError(
    403,
    'Forbidden',
    'The role assigned to application is not supported in this scenario. Please check online documentation for assigning correct Directory Roles to Azure AD Application for EXO App-Only Authentication.',
  );
}
