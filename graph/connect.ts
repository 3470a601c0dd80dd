// One call from tenant.yaml to a signed-in transport: the entry that audit/ and stacks/ use.
import { isEmulated, type Tenant } from '../policy/schemas/tenant.ts';
import { accessTokens } from './access-tokens.ts';
import { type CloudEndpoints, type ExchangeHost, endpointsOf } from './clouds.ts';
import { credentialFor, type Identity } from './credential.ts';
import { type ExchangeDoor, exchangeAtAnyOf } from './exchange-hosts.ts';
import { followRedirects } from './follow-redirects.ts';
import { readPace, writePace } from './pace.ts';
import type { Patience } from './patience.ts';
import { type RequestLog, requestLog } from './requests.ts';
import { signInPace } from './sign-in-pace.ts';
import { type Transport, transport } from './transport.ts';

export interface ConnectOptions {
  env?: NodeJS.ProcessEnv;
  log?: RequestLog;
  patience?: Patience;
  signal?: AbortSignal;
  /** Hears, in milliseconds, of each wait for the quota of sign-ins. */
  onQuotaWait?: (milliseconds: number) => void;
}

/** What one identity talks to a tenant through. Nothing is sent before the first request. */
export interface Connection {
  endpoints: CloudEndpoints;
  graph: Transport;
  /** Graph in the version that has the usage reports of this cloud, and their settings. */
  reports: Transport;
  /** Exchange's admin API, below `/adminapi/beta/{tenantId}`. */
  exchange: Transport;
  /** The app roles in the identity's Exchange token; a person's token has none. */
  exchangeRoles(): Promise<readonly string[]>;
  log: RequestLog;
}

export function connect(tenant: Tenant, which: Identity, options: ConnectOptions = {}): Connection {
  const env = options.env ?? process.env;
  const log = options.log ?? requestLog();
  const endpoints = endpointsOf(tenant.cloud, env);
  const makeCredential = () => credentialFor(tenant, which, env);
  const tokens = accessTokens(makeCredential, endpoints.graphScope);
  // Graph's quotas count for the app, whatever part of the run asks.
  const paces = {
    reads: readPace(),
    writes: writePace(),
    signIns: signInPace(isEmulated(endpoints.cloud), options.onQuotaWait),
  };
  const shared = {
    log,
    ...(options.patience ? { patience: options.patience } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
  };
  const doorOf = ({ origin, scope }: ExchangeHost): ExchangeDoor => {
    const exchangeTokens = accessTokens(makeCredential, scope);
    const version = `adminapi/beta/${tenant.tenantId}`;
    return {
      name: new URL(scope).host,
      link: followRedirects({ ...shared, origin, version, tokens: exchangeTokens }),
      tokens: exchangeTokens,
    };
  };
  const [first, ...others] = endpoints.exchange;
  const { exchange, token } = exchangeAtAnyOf([doorOf(first), ...others.map(doorOf)]);
  return {
    endpoints,
    log,
    graph: transport({ ...shared, ...paces, origin: endpoints.graph, version: 'v1.0', tokens }),
    reports: transport({
      ...shared,
      ...paces,
      origin: endpoints.graph,
      version: endpoints.reportsVersion,
      tokens,
    }),
    exchange,
    exchangeRoles: async () => rolesIn(await token()),
  };
}

/** The `roles` claim of an access token, read without checking its signature: it decides what to ask, not what to trust. */
export function rolesIn(token: string): readonly string[] {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const roles = typeof claims === 'object' && claims !== null && 'roles' in claims ? claims.roles : [];
    return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
  } catch {
    return [];
  }
}
