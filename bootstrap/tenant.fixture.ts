// For tests: Pulumi mocks in place of the azuread provider, and a complete configuration.
import pulumi from '@pulumi/pulumi';
import { appRoles, type Resource, resources } from './app-roles.ts';

interface MockedResource {
  type: string;
  name: string;
  inputs: Readonly<Record<string, unknown>>;
}

export interface MockedTenant {
  made: MockedResource[];
  /** Of one azuread type, such as `appRoleAssignment`. */
  of(type: string): MockedResource[];
}

/** Answers look-ups as a tenant does; `offered` replaces ids of app roles. */
export async function mockTenant(offered: Record<string, string> = {}): Promise<MockedTenant> {
  const made: MockedResource[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs }) {
        made.push({ type, name, inputs });
        const id = type.includes('application:') ? `/applications/${name}` : `${name}-id`;
        return { id, state: { ...inputs, clientId: `${name}-client`, objectId: `${name}-object` } };
      },
      call({ token, inputs }) {
        if (token.endsWith('getClientConfig')) return { objectId: 'me', tenantId: 'the-tenant', clientId: 'cli' };
        return servicePrincipal(String(inputs.clientId), offered);
      },
    },
    'dormant-bootstrap',
    'contoso',
  );
  return {
    made,
    of: (type) => made.filter((each) => each.type.toLowerCase().endsWith(`:${type.toLowerCase()}`)),
  };
}

function servicePrincipal(clientId: string, offered: Record<string, string>) {
  const resource: Resource = clientId === resources.exchange.clientId ? 'exchange' : 'graph';
  const known = Object.entries(appRoles).filter(([, role]) => role.resource === resource);
  const appRoleIds = { ...Object.fromEntries(known.map(([name, { id }]) => [name, id])), ...offered };
  return { clientId, objectId: `${resource}-object`, appRoleIds };
}

export const completeConfig: Readonly<Record<string, string>> = {
  repository: 'contoso/dormant',
  ownerId: '4711',
  repositoryId: '815',
  sender: 'it@contoso.com',
};

export function configReader(config: Readonly<Record<string, string>>): (key: string) => string | undefined {
  return (key) => config[key];
}
