// Exchange Online's cmdlets for access control, for scripts that an administrator with all rights runs.
import type { CmdletArguments, ScriptCmdlet, ScriptCmdlets } from '../powershell/run-command.ts';
import { formatValue, ScriptObject, type Value } from '../powershell/values.ts';
import { type ExchangeOrganization, findKey } from './organization.ts';
import {
  createAlreadyExistsError,
  createMissingObjectError,
  createOperationError,
  createRoleEntryCmdlets,
} from './role-entry-cmdlets.ts';
import { createRoleGroupCmdlets } from './role-group-cmdlets.ts';

export function createRoleCmdlets(organization: ExchangeOrganization): ScriptCmdlets {
  const known: Readonly<Record<string, ScriptCmdlet>> = {
    ...createRoleEntryCmdlets(organization),
    ...createRoleGroupCmdlets(organization),
    ...createOrganizationCmdlets(organization),
    ...createPrincipalCmdlets(organization),
    ...createScopeCmdlets(organization),
  };
  return (name) => (Object.hasOwn(known, name) ? known[name] : undefined);
}

function createOrganizationCmdlets(organization: ExchangeOrganization): Record<string, ScriptCmdlet> {
  return {
    'get-organizationconfig': {
      parameters: [],
      run: () => [new ScriptObject({ IsDehydrated: organization.isDehydrated })],
    },
    'enable-organizationcustomization': {
      parameters: [],
      run: () => {
        // "If you attempt to run the cmdlet again, you get an error."
        if (!organization.isDehydrated) throw createOperationError('This operation is not required.');
        organization.isDehydrated = false;
        return [];
      },
    },
  };
}

function createPrincipalCmdlets({ principals, assignments }: ExchangeOrganization): Record<string, ScriptCmdlet> {
  return {
    'get-serviceprincipal': {
      parameters: [],
      run: () =>
        principals.map(
          ({ appId, objectId, displayName }) =>
            new ScriptObject({ AppId: appId, ObjectId: objectId, DisplayName: displayName }),
        ),
    },
    'new-serviceprincipal': {
      parameters: ['AppId', 'ObjectId', 'DisplayName'],
      run: (args) => {
        const [appId = '', objectId = '', displayName = ''] = ['appid', 'objectid', 'displayname'].map((key) =>
          formatValue(args.get(key) ?? ''),
        );
        if (principals.some((known) => known.appId === appId)) throw createAlreadyExistsError(appId);
        principals.push({ appId, objectId, displayName });
        return [];
      },
    },
    'test-serviceprincipalauthorization': {
      parameters: ['Identity', 'Resource'],
      run: (args) => {
        const identity = formatValue(args.get('identity') ?? '');
        const principal = principals.find(({ appId, objectId }) => [appId, objectId].includes(identity));
        if (!principal) throw createMissingObjectError(identity);
        return [...assignments.values()]
          .filter(({ assignee }) => assignee === principal.objectId)
          .map(({ role }) => new ScriptObject({ RoleName: role }));
      },
    },
  };
}

function createScopeCmdlets({ scopes }: ExchangeOrganization): Record<string, ScriptCmdlet> {
  const readFilter = (args: CmdletArguments) => formatValue(args.get('recipientrestrictionfilter') ?? '');
  const readName = (args: CmdletArguments, key: string): string => formatValue(args.get(key) ?? '');
  return {
    'get-managementscope': {
      parameters: [],
      run: (): Value[] => [...scopes].map(([Name, RecipientFilter]) => new ScriptObject({ Name, RecipientFilter })),
    },
    'new-managementscope': {
      parameters: ['Name', 'RecipientRestrictionFilter'],
      run: (args) => {
        const name = readName(args, 'name');
        if (findKey(scopes, name) !== undefined) throw createAlreadyExistsError(name);
        scopes.set(name, readFilter(args));
        return [];
      },
    },
    'set-managementscope': {
      parameters: ['Identity', 'RecipientRestrictionFilter'],
      run: (args) => {
        const name = findKey(scopes, readName(args, 'identity'));
        if (name === undefined) throw createMissingObjectError(readName(args, 'identity'));
        scopes.set(name, readFilter(args));
        return [];
      },
    },
  };
}
