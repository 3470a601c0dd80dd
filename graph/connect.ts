// From tenant.yaml to a signed-in transport in one call: the entry that audit/ and stacks/ use.
import type { TokenCredential } from '@azure/identity';
import { isEmulated, type Tenant } from '../policy/schemas/tenant.ts';
import { createAccessTokens } from './access-tokens.ts';
import { type CloudEndpoints, type ExchangeHost, resolveEndpoints } from './clouds.ts';
import { createCredential, type Identity } from './credential.ts';
import { connectExchange, type ExchangeEndpoint } from './exchange-hosts.ts';
import { followRedirects } from './follow-redirects.ts';
import { createReadLimiter, createWriteLimiter } from './rate-limit.ts';
import { createRequestLog, type RequestLog } from './request-log.ts';
import type { RetryPolicy } from './retry.ts';
import { createSignInRateLimiter } from './sign-in-rate-limit.ts';
import { parseTokenClaims } from './token-claims.ts';
import { createTransport, type Transport, type WritingTransport } from './transport.ts';

export interface ConnectOptions {
  /** Says how to sign in, and where the embedded tenant is. */
  env: NodeJS.ProcessEnv;
  log?: RequestLog;
  retryPolicy?: RetryPolicy;
  signal?: AbortSignal;
  /** Called with the milliseconds of each wait for the quota of sign-ins. */
  onQuotaWait?: (milliseconds: number) => void;
}

/** How one identity talks to a tenant. Nothing is sent before the first request. */
export interface Connection {
  endpoints: CloudEndpoints;
  graph: Transport;
  /** The version of Graph that has the usage reports of this cloud and their settings. */
  reports: Transport;
  /** Exchange's admin API, below `/adminapi/beta/{tenantId}`. */
  exchange: Transport;
  /** The same three for what is written, which only a writer is handed. */
  writing: { graph: WritingTransport; reports: WritingTransport; exchange: WritingTransport };
  /** The app roles in the identity's Exchange token; a person's token has none. */
  readExchangeRoles(): Promise<readonly string[]>;
  log: RequestLog;
}

/** As one of the pipeline's own identities. */
export function connect(tenant: Tenant, which: Identity, options: ConnectOptions): Connection {
  return connectWith(() => createCredential(tenant, which, options.env), tenant, options);
}

/** `makeCredential` is called again when a token was refused. */
export function connectWith(
  makeCredential: () => TokenCredential,
  tenant: Pick<Tenant, 'tenantId' | 'cloud'>,
  options: ConnectOptions,
): Connection {
  const { env } = options;
  const log = options.log ?? createRequestLog();
  const endpoints = resolveEndpoints(tenant.cloud, env);
  const tokens = createAccessTokens(makeCredential, endpoints.graphScope);
  // Graph's quotas count per app, whichever part of the run asks.
  const paces = {
    reads: createReadLimiter(),
    writes: createWriteLimiter(),
    signIns: createSignInRateLimiter(isEmulated(endpoints.cloud), options.onQuotaWait),
  };
  const shared = {
    log,
    ...(options.retryPolicy ? { retryPolicy: options.retryPolicy } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
  };
  const createExchangeEndpoint = ({ origin, scope }: ExchangeHost): ExchangeEndpoint => {
    const exchangeTokens = createAccessTokens(makeCredential, scope);
    const version = `adminapi/beta/${tenant.tenantId}`;
    return {
      name: new URL(scope).host,
      link: followRedirects({ ...shared, origin, version, tokens: exchangeTokens }),
      tokens: exchangeTokens,
    };
  };
  const [first, ...others] = endpoints.exchange;
  const { exchange, acquireToken } = connectExchange([
    createExchangeEndpoint(first),
    ...others.map(createExchangeEndpoint),
  ]);
  const createGraph = (version: string) =>
    createTransport({ ...shared, ...paces, origin: endpoints.graph, version, tokens });
  const writing = { graph: createGraph('v1.0'), reports: createGraph(endpoints.reportsVersion), exchange };
  return {
    ...writing,
    writing,
    endpoints,
    log,
    readExchangeRoles: async () => parseTokenClaims(await acquireToken()).roles,
  };
}
