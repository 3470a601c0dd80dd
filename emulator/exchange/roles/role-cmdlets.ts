// The cmdlets of Exchange Online that a script may call to say who may run what; it is run by an administrator who may do all that.
import type { CmdletArguments, ScriptCmdlet, ScriptCmdlets } from '../powershell/run-command.ts';
import { Thing, textOf, type Value } from '../powershell/values.ts';
import { type ExchangeOrganization, keyNamed } from './organization.ts';
import { existing, missing, refused, roleEntryCmdlets } from './role-entry-cmdlets.ts';
import { roleGroupCmdlets } from './role-group-cmdlets.ts';

export function roleCmdlets(organization: ExchangeOrganization): ScriptCmdlets {
  const known: Readonly<Record<string, ScriptCmdlet>> = {
    ...roleEntryCmdlets(organization),
    ...roleGroupCmdlets(organization),
    ...organizationCmdlets(organization),
    ...principalCmdlets(organization),
    ...scopeCmdlets(organization),
  };
  return (name) => (Object.hasOwn(known, name) ? known[name] : undefined);
}

function organizationCmdlets(organization: ExchangeOrganization): Record<string, ScriptCmdlet> {
  return {
    'get-organizationconfig': {
      parameters: [],
      run: () => [new Thing({ IsDehydrated: organization.isDehydrated })],
    },
    'enable-organizationcustomization': {
      parameters: [],
      run: () => {
        // "If you attempt to run the cmdlet again, you get an error."
        if (!organization.isDehydrated) throw refused('This operation is not required.');
        organization.isDehydrated = false;
        return [];
      },
    },
  };
}

function principalCmdlets({ principals, assignments }: ExchangeOrganization): Record<string, ScriptCmdlet> {
  return {
    'get-serviceprincipal': {
      parameters: [],
      run: () =>
        principals.map(
          ({ appId, objectId, displayName }) =>
            new Thing({ AppId: appId, ObjectId: objectId, DisplayName: displayName }),
        ),
    },
    'new-serviceprincipal': {
      parameters: ['AppId', 'ObjectId', 'DisplayName'],
      run: (given) => {
        const [appId = '', objectId = '', displayName = ''] = ['appid', 'objectid', 'displayname'].map(
          (key) => textOf(given.get(key) ?? ''),
        );
        if (principals.some((known) => known.appId === appId)) throw existing(appId);
        principals.push({ appId, objectId, displayName });
        return [];
      },
    },
    'test-serviceprincipalauthorization': {
      parameters: ['Identity', 'Resource'],
      run: (given) => {
        const identity = textOf(given.get('identity') ?? '');
        const principal = principals.find(({ appId, objectId }) => [appId, objectId].includes(identity));
        if (!principal) throw missing(identity);
        return [...assignments.values()]
          .filter(({ assignee }) => assignee === principal.objectId)
          .map(({ role }) => new Thing({ RoleName: role }));
      },
    },
  };
}

function scopeCmdlets({ scopes }: ExchangeOrganization): Record<string, ScriptCmdlet> {
  const filterOf = (given: CmdletArguments) => textOf(given.get('recipientrestrictionfilter') ?? '');
  const nameOf = (given: CmdletArguments, key: string): string => textOf(given.get(key) ?? '');
  return {
    'get-managementscope': {
      parameters: [],
      run: (): Value[] => [...scopes].map(([Name, RecipientFilter]) => new Thing({ Name, RecipientFilter })),
    },
    'new-managementscope': {
      parameters: ['Name', 'RecipientRestrictionFilter'],
      run: (given) => {
        const name = nameOf(given, 'name');
        if (keyNamed(scopes, name) !== undefined) throw existing(name);
        scopes.set(name, filterOf(given));
        return [];
      },
    },
    'set-managementscope': {
      parameters: ['Identity', 'RecipientRestrictionFilter'],
      run: (given) => {
        const name = keyNamed(scopes, nameOf(given, 'identity'));
        if (name === undefined) throw missing(nameOf(given, 'identity'));
        scopes.set(name, filterOf(given));
        return [];
      },
    },
  };
}
