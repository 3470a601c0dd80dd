// Exchange's admin API at whichever of a cloud's names answers: which of 21Vianet's two is right is not known (clouds.ts).
import { DormantError } from '../policy/errors.ts';
import type { AccessTokens } from './access-tokens.ts';
import { isMailboxNotFound } from './cmdlet.ts';
import { RequestFailed } from './request-failed.ts';
import { noRequest } from './request-ids.ts';
import type { ApiRequest, ApiResponse } from './send-once.ts';
import type { WritingTransport } from './transport.ts';

/** One host name and the tokens for it alone. */
export interface ExchangeEndpoint {
  /** Such as `partner.outlook.cn`. */
  name: string;
  link: WritingTransport;
  tokens: Pick<AccessTokens, 'acquire'>;
}

interface ExchangeConnection {
  exchange: WritingTransport;
  /** A token for the name that answers; before the first request, for the first name that Entra knows. */
  acquireToken(): Promise<string>;
}

/** The first name is the likeliest. Once one has answered, no other one is tried. */
export function connectExchange(endpoints: readonly [ExchangeEndpoint, ...ExchangeEndpoint[]]): ExchangeConnection {
  let [open] = endpoints;
  let isKnown = endpoints.length === 1;
  const tryEndpoints = async <T>(
    request: string,
    use: (endpoint: ExchangeEndpoint) => Promise<T>,
  ): Promise<{ endpoint: ExchangeEndpoint; value: T }> => {
    const candidates = isKnown ? [open] : endpoints;
    const failures: unknown[] = [];
    for (const endpoint of candidates) {
      try {
        return { endpoint, value: await use(endpoint) };
      } catch (error) {
        if (candidates.length === 1 || !isElsewhere(error)) throw error;
        failures.push(error);
      }
    }
    throw createNoExchangeError(request, candidates, failures);
  };
  const send = async (request: ApiRequest): Promise<ApiResponse> => {
    const { endpoint, value } = await tryEndpoints(request.path, ({ link }) => link.send(request));
    open = endpoint;
    isKnown = true;
    return value;
  };
  return {
    exchange: {
      get origin() {
        return open.link.origin;
      },
      version: open.link.version,
      signal: open.link.signal,
      send,
    },
    acquireToken: async () => (await tryEndpoints('the token', ({ tokens }) => tokens.acquire())).value,
  };
}

/**
 * Whether this may not be Exchange's own answer, and nothing was done: Entra knows no such resource, the host name does not
 * exist, or the host refuses the token or the call, lacks the path, or redirects to a foreign host.
 */
function isElsewhere(error: unknown): boolean {
  if (error instanceof RequestFailed) {
    const isNoHost = error.status === null && /ENOTFOUND|ECONNREFUSED|ALTNAME_INVALID/.test(error.message);
    return isNoHost || refusals.has(error.status) || (error.status === 404 && !isMailboxNotFound(error));
  }
  if (!(error instanceof DormantError)) return false;
  return error.code === 'foreign-link' || (error.code === 'sign-in-failed' && isUnknownResource(error.message));
}

const refusals: ReadonlySet<number | null> = new Set([401, 403, 405]);

/** AADSTS500011: no such resource in the tenant. 650057 and 70011: no resource that this client may ask for. */
function isUnknownResource(message: string): boolean {
  return /AADSTS(500011|650057|70011)\b/.test(message);
}

/** As a refused request, so that callers that can do without Exchange go on and report it. */
function createNoExchangeError(
  path: string,
  endpoints: readonly ExchangeEndpoint[],
  failures: readonly unknown[],
): RequestFailed {
  const reasons = endpoints.map(({ name }, at) => `${name} (${formatMessage(failures[at])})`);
  const refused = failures.find((error) => error instanceof RequestFailed && refusals.has(error.status));
  return new RequestFailed({
    method: 'POST',
    path,
    status: refused instanceof RequestFailed ? refused.status : 404,
    graphCode: 'NoExchange',
    graphMessage: `Exchange accepts the call under none of its names in this cloud: ${reasons.join('; ')}`,
    ...noRequest,
    attempts: failures.length,
    cause: refused ?? failures[0],
  });
}

function formatMessage(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.\s*$/, '');
}
