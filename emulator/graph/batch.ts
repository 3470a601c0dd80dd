// $batch: up to twenty requests in one, each with its own answer; some wait for others (`dependsOn`).
import { type Context, Hono } from 'hono';
import { badRequest } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';
import type { RequestEnv } from '../site.ts';
import { answerJson } from './answer.ts';
import { readBody } from './request-body.ts';

const MAX_REQUESTS = 20;

interface BatchItem {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
  readonly dependsOn: readonly string[];
}

interface BatchAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** `dispatch` runs one request through the whole server, faults and budgets included. */
export function createBatchRoute(
  version: string,
  dispatch: (request: Request) => Response | Promise<Response>,
): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.post('/$batch', async (c) => {
    const items = parseItems(await readBody(c));
    const answers = new Map<string, Promise<BatchAnswer>>();
    for (const item of items) answers.set(item.id, answerItem(c, item, { version, answers, dispatch }));
    const responses = await Promise.all(answers.values());
    // "Responses to the batched requests can appear in a different order": here they always do, so that clients match by id.
    return answerJson(c, JSON.stringify({ responses: responses.reverse() }));
  });
  return app;
}

interface BatchRun {
  readonly version: string;
  readonly answers: ReadonlyMap<string, Promise<BatchAnswer>>;
  readonly dispatch: (request: Request) => Response | Promise<Response>;
}

async function answerItem(
  c: Context<RequestEnv>,
  item: BatchItem,
  { version, answers, dispatch }: BatchRun,
): Promise<BatchAnswer> {
  const before = await Promise.all(item.dependsOn.map((id) => answers.get(id)));
  if (before.some((earlier) => earlier && earlier.status >= 400)) return { id: item.id, status: 424 };
  const { origin } = new URL(c.req.url);
  const request = new Request(`${origin}${version}${item.url}`, {
    method: item.method,
    headers: {
      ...item.headers,
      authorization: c.req.header('authorization') ?? '',
      'user-agent': c.req.header('user-agent') ?? '',
      'client-request-id': c.req.header('client-request-id') ?? c.get('requestId'),
      'x-emulator-batch': c.get('requestId'),
    },
    ...(item.body === undefined ? {} : { body: JSON.stringify(item.body) }),
  });
  const response = await dispatch(request);
  const text = await response.text();
  const headers = Object.fromEntries(
    [...response.headers]
      .filter(([name]) => !batchOnlyHeaders.has(name))
      .map(([name, value]) => [formatHeaderName(name), value]),
  );
  return { id: item.id, status: response.status, headers, ...(text === '' ? {} : { body: parseBody(text) }) };
}

/** Only the whole answer has these (json-batching.md of graph-docs-contrib); an item's error names its id in the body. */
const batchOnlyHeaders: ReadonlySet<string> = new Set([
  'request-id',
  'client-request-id',
  'date',
  'x-emulator-quota-speed',
]);

function parseItems({ requests }: Record<string, unknown>): BatchItem[] {
  if (!Array.isArray(requests)) throw badRequest('Invalid batch payload format.', 'BadRequest');
  if (requests.length > MAX_REQUESTS) {
    throw badRequest(`Number of batch request steps exceeds the maximum value of ${MAX_REQUESTS}.`, 'BadRequest');
  }
  const items = requests.map(parseItem);
  if (new Set(items.map(({ id }) => id)).size < items.length) {
    throw badRequest('Request Id in a batch request must be unique.', 'BadRequest');
  }
  return items;
}

function parseItem(request: unknown): BatchItem {
  const { id, method, url, headers, body, dependsOn } = isRecord(request) ? request : {};
  if (typeof id !== 'string' || typeof method !== 'string' || typeof url !== 'string') {
    throw badRequest('Each request of a batch needs id, method and url.', 'BadRequest');
  }
  if (/^[a-z]+:/i.test(url)) throw badRequest(`Invalid request URL in batch: '${url}' must be relative.`, 'BadRequest');
  // The batch's own token counts, whatever an item says.
  const text = Object.entries(isRecord(headers) ? headers : {})
    .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
    .filter(([name]) => name !== 'authorization');
  const earlier = Array.isArray(dependsOn) ? dependsOn.filter((other) => typeof other === 'string') : [];
  return {
    id,
    method: method.toUpperCase(),
    url: url.startsWith('/') ? url : `/${url}`,
    headers: Object.fromEntries(text),
    body,
    dependsOn: earlier,
  };
}

/** `Retry-After` and `Content-Type` in the spelling Graph uses inside a batch. */
function formatHeaderName(name: string): string {
  return name.replaceAll(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
