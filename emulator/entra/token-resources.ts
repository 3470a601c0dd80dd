// The service a token is requested for: each cloud has its own names, and knows none of another's.
import { CLOUDS, getExchangeHost } from '../clouds.ts';
import { EXCHANGE_APP_ID, GRAPH_APP_ID } from '../tenant/app-roles.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { SignInError } from './sign-in-error.ts';

export interface TokenResource {
  readonly audience: 'graph' | 'exchange';
  /** What the token names as its audience. */
  readonly uri: string;
}

/** Takes `https://graph.microsoft.com`, with or without slashes at its end, or its id; throws SignInError. `here`: this server. */
export function requireTokenResource({ cloud, switches }: Tenant, resource: string, here: URL): TokenResource {
  const { graph, exchange } = CLOUDS[cloud];
  const uri = resource.replace(/\/+$/, '').toLowerCase();
  if ([graph, GRAPH_APP_ID, here.origin].includes(uri)) return { audience: 'graph', uri: graph };
  const host = getExchangeHost(cloud, switches);
  if (uri === EXCHANGE_APP_ID) return { audience: 'exchange', uri: host };
  if (exchange.includes(uri) && (uri === host || switches.otherExchangeHost !== 'unknown'))
    return { audience: 'exchange', uri };
  // Clients of the global cloud have many names for Exchange, such as that for compliance.
  const isExchange = cloud === 'global' && !isForeign(uri) && /^https:\/\/.*(outlook|ps\.compliance)/.test(uri);
  if (isExchange) return { audience: 'exchange', uri: host };
  throw createUnknownResourceError(resource);
}

/** "Access tokens acquired for a national cloud deployment are not interchangeable" (concepts/deployments.md). */
function isForeign(uri: string): boolean {
  const { global: _, ...others } = CLOUDS;
  return Object.values(others).some(({ graph, exchange }) => graph === uri || exchange.includes(uri));
}

function createUnknownResourceError(uri: string): SignInError {
  return new SignInError(
    400,
    'invalid_resource',
    500011,
    `The resource principal named ${uri} was not found in the tenant named Contoso. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  );
}
