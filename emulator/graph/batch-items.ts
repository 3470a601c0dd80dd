// The requests of a $batch: read and checked as a whole, before any of them is carried out. What Graph says was seen in
// issues of its SDKs, named below; json-batching.md is in microsoft-graph-docs-contrib, concepts.
import { badRequest } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';

export interface BatchItem {
  readonly id: string;
  readonly method: string;
  /** Begins with a slash; relative to the version. */
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array<ArrayBuffer> | null;
  /** Ids of requests before it, in lower case. */
  readonly dependsOn: readonly string[];
}

const MAX_REQUESTS = 20;
const METHODS = new Set(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']);
const WRITES = new Set(['POST', 'PATCH', 'PUT']);

/** The items in their order; 400 for the whole batch if one of them cannot be right. */
export function parseItems({ requests }: Record<string, unknown>): BatchItem[] {
  // Also for no request at all, say clients in PHP and Ruby (bradleymarques/microslop_one_drive).
  if (!Array.isArray(requests) || requests.length === 0) throw createFormatError();
  if (requests.length > MAX_REQUESTS) {
    throw badRequest(`Number of batch request steps exceeds the maximum value of ${MAX_REQUESTS}.`, 'BadRequest');
  }
  const items = requests.map(parseItem);
  const earlier = new Set<string>();
  for (const { id, dependsOn } of items) {
    requireUniqueId(id, earlier);
    requireDependencies(id, dependsOn, earlier);
    earlier.add(id.toLowerCase());
  }
  return items;
}

/** "Not case-sensitive. Must be unique in the batch" (json-batching.md; the words: msgraph-sdk-java 559). */
function requireUniqueId(id: string, earlier: ReadonlySet<string>): void {
  if (earlier.has(id.toLowerCase())) throw badRequest(`Request Id ${id} has to be unique in a batch.`, 'BadRequest');
}

/**
 * What is waited for stands earlier in the batch, so there are no circles (msgraph-sdk-dotnet-core 891, whose sentence is cut
 * off after the id). That one batch is "either fully sequential or fully parallel" is a tip, and not required.
 */
function requireDependencies(id: string, dependsOn: readonly string[], earlier: ReadonlySet<string>): void {
  const unknown = dependsOn.find((other) => !earlier.has(other));
  if (unknown === undefined) return;
  throw badRequest(`Invalid dependency for request Id ${id}: '${unknown}' is not an earlier request.`, 'BadRequest');
}

function parseItem(request: unknown): BatchItem {
  const { id: given, method, url, headers, body, dependsOn } = isRecord(request) ? request : {};
  // Scripts number their requests; whether Graph insists on a string is unverified.
  const id = typeof given === 'number' ? String(given) : given;
  if (typeof id !== 'string' || id === '' || typeof method !== 'string' || typeof url !== 'string') {
    throw createFormatError();
  }
  const item = {
    id,
    method: requireMethod(method),
    url: requireRelativeUrl(url),
    headers: parseHeaders(headers),
    dependsOn: parseDependencies(dependsOn),
  };
  return { ...item, body: parseBody(item, body) };
}

function requireMethod(method: string): string {
  const known = method.toUpperCase();
  if (METHODS.has(known)) return known;
  throw badRequest(`Invalid HTTP method in batch: '${method}'.`, 'BadRequest');
}

/** "JSON batch requests must not contain any nested batch requests" (known-issues.md; the status of it is unverified). */
function requireRelativeUrl(url: string): string {
  if (/^[a-z]+:/i.test(url)) throw badRequest(`Invalid request URL in batch: '${url}' must be relative.`, 'BadRequest');
  if (/^\/*(\$|%24)batch\/*([?#]|$)/i.test(url)) throw badRequest('A batch must not contain a batch.', 'BadRequest');
  return url.startsWith('/') ? url : `/${url}`;
}

/** By lower-case name. The batch's own token counts, whatever an item says. */
function parseHeaders(headers: unknown): Record<string, string> {
  const entries = Object.entries(isRecord(headers) ? headers : {});
  return Object.fromEntries(
    entries
      .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
      .filter(([name]) => name !== 'authorization'),
  );
}

function parseDependencies(dependsOn: unknown): string[] {
  if (dependsOn === undefined || dependsOn === null) return [];
  if (!Array.isArray(dependsOn)) throw createFormatError();
  return dependsOn.map((other) => String(other).toLowerCase());
}

/**
 * "A JSON object or a base64 URL-encoded value"; where there is a body, there is a Content-Type (json-batching.md). A write has
 * both, even if the call has nothing to say (msgraph-sdk-dotnet 2628). A GET has no body, and what is given is ignored.
 */
function parseBody({ id, method, headers }: Omit<BatchItem, 'body'>, body: unknown): BatchItem['body'] {
  if (method === 'GET') return null;
  const isAbsent = body === undefined || body === null;
  const type = headers['content-type'];
  if (type === undefined ? WRITES.has(method) || !isAbsent : WRITES.has(method) && isAbsent) {
    throw badRequest(`Write request id : ${id} does not contain Content-Type header or body.`, 'BadRequest');
  }
  if (isAbsent) return null;
  return typeof body === 'string' && !/json/i.test(type ?? '')
    ? Uint8Array.from(Buffer.from(body, 'base64url'))
    : JSON.stringify(body);
}

/** The sentence was seen for a batch without requests; for an item that lacks something it is unverified. */
function createFormatError() {
  return badRequest('Invalid batch payload format.', 'BadRequest');
}
