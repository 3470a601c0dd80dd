// One try at one request, to the last byte of its answer, by the Graph client, whose middleware adds token and user agent.
import { randomUUID } from 'node:crypto';
import { AuthenticationHandler, Client, ResponseType, TelemetryHandler } from '@microsoft/microsoft-graph-client';
import type { AccessTokens } from './access-tokens.ts';
import { describeConnectionError, FetchMiddleware } from './fetch-middleware.ts';
import { buildUserAgent } from './user-agent.ts';

type ApiMethod = 'GET' | 'POST' | 'PATCH';

export interface ApiRequest {
  /** Which part asks, for the counts: `users`, `licences` … */
  source: string;
  method?: ApiMethod;
  /** Path and query below the version, such as `/users?$top=500`. */
  path: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** May be sent twice without harm; default: true for GET. */
  repeatable?: boolean;
  /** Cost in Graph's resource units; default 1. */
  units?: number;
  /** Continues when the run is interrupted: for what must be restored at the end. */
  mustFinish?: boolean;
  /** Reads of signInActivity in it, which have their own quota; default: 1 if the path names it. */
  signIns?: number;
  /** Writes in it, for the write quota; default: 1 for POST and PATCH. */
  writes?: number;
}

type Post<Body> = Omit<ApiRequest, 'method' | 'body'> & { method: 'POST'; body: Body };

/** Only in a batch, and only of a membership (`graph/group-member.ts`): nothing else is ever deleted. */
export type BatchMethod = ApiMethod | 'DELETE';

/** Asks in which of some groups somebody is. A POST, for their ids are in its body, that changes nothing. */
export type MembershipCheckPath = `/users/${string}/checkMemberGroups`;

/** A $batch of requests with these methods; a batch of reads may ask for memberships, too. */
export type BatchRequest<Method extends BatchMethod> = Post<{ requests: readonly BatchedRequest<Method>[] }>;

type BatchedRequest<Method extends BatchMethod> =
  | { method: Method }
  | ('GET' extends Method ? { method: 'POST'; url: MembershipCheckPath } : never);

/** A cmdlet of this name, such as `Get-Mailbox`, at Exchange's admin API. */
export type CmdletRequest<Name extends string> = Post<{
  CmdletInput: { CmdletName: Name; Parameters: Record<string, unknown> };
}>;

export type GetRequest = Omit<ApiRequest, 'method' | 'body'> & { method?: 'GET' };

/** What changes nothing in a tenant: a GET, a batch of them, or a cmdlet that gets. */
export type ReadRequest = GetRequest | BatchRequest<'GET'> | CmdletRequest<`Get-${string}`>;

export interface ApiResponse {
  status: number;
  headers: Headers;
  /** Parsed JSON; undefined if the answer has no body. */
  body: unknown;
  requestId: string;
  /** Our own id of this try. */
  clientRequestId: string;
}

/** The result of one try: an answer, or why none came. */
export type SendOutcome = ApiResponse | { status: null; clientRequestId: string; problem: string; cause: unknown };

/** Where the client sends to, and with whose token. */
interface ClientTarget {
  origin: string;
  version: string;
  tokens: Pick<AccessTokens, 'acquire'>;
}

/**
 * Signs in and adds telemetry as the Graph client does; its RetryHandler repeats neither lost connections nor cut bodies.
 */
export function createGraphClient({ origin, version, tokens }: ClientTarget): Client {
  return Client.initWithMiddleware({
    baseUrl: origin,
    defaultVersion: version,
    customHosts: new Set([new URL(origin).hostname]),
    middleware: [
      new AuthenticationHandler({ getAccessToken: () => tokens.acquire() }),
      new TelemetryHandler(),
      new FetchMiddleware(),
    ],
  });
}

/** One HTTP exchange to the last byte of its body; a cut body is a failed exchange. */
export async function sendOnce(client: Client, request: ApiRequest, signal: AbortSignal): Promise<SendOutcome> {
  const clientRequestId = randomUUID();
  const call = client
    .api(escapePath(request.path))
    .headers({
      'User-Agent': buildUserAgent(request.source),
      'client-request-id': clientRequestId,
      ...request.headers,
    })
    .option('signal', signal)
    .responseType(ResponseType.RAW);
  try {
    const response = await dispatch(call, request);
    return { ...(await readResponse(response)), clientRequestId };
  } catch (cause) {
    return { status: null, clientRequestId, problem: describeConnectionError(cause), cause };
  }
}

function dispatch(call: ReturnType<Client['api']>, { method = 'GET', body }: ApiRequest): Promise<Response> {
  switch (method) {
    case 'GET':
      return call.get();
    case 'POST':
      return call.post(body ?? {});
    case 'PATCH':
      return call.patch(body ?? {});
  }
}

async function readResponse(response: Response): Promise<Omit<ApiResponse, 'clientRequestId'>> {
  const { status, headers } = response;
  const text = await response.text();
  const requestId = headers.get('request-id') ?? '';
  const isJson = headers.get('content-type')?.includes('json') ?? false;
  return { status, headers, requestId, body: isJson && text !== '' ? JSON.parse(text) : undefined };
}

/** The client looks for `https://` anywhere in a path and takes what follows for a host. */
function escapePath(path: string): string {
  return path.replaceAll('://', '%3A%2F%2F');
}
