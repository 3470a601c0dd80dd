// $batch: up to twenty requests in one, each with its own answer; some wait for others (`dependsOn`).
import { type Context, Hono } from 'hono';
import { GraphError, renderErrorBody } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import type { SeededRandom } from '../tenant/seeded-random.ts';
import { type BatchItem, parseItems } from './batch-items.ts';
import { readBody } from './request-body.ts';

interface BatchAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/** Runs one request through the whole server, faults and budgets included. */
type Dispatch = (request: Request) => Response | Promise<Response>;

export function createBatchRoute(site: Site, version: string, dispatch: Dispatch): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  let batches = 0;
  app.post('/$batch', async (c) => {
    const items = parseItems(await readBody(c));
    const answers = new Map<string, Promise<BatchAnswer>>();
    for (const item of items)
      answers.set(item.id.toLowerCase(), answerItem(c, item, { site, version, answers, dispatch }));
    batches += 1;
    const responses = shuffle(await Promise.all(answers.values()), site.tenant.world.random, batches);
    return c.body(JSON.stringify({ responses }), 200, { 'Content-Type': 'application/json' });
  });
  return app;
}

/** "Individual responses might appear in a different order than the requests": here two or more always do. */
function shuffle<T>(answers: readonly T[], random: SeededRandom, batch: number): T[] {
  const shuffled = answers
    .map((answer, place) => ({ answer, place, rank: random.getUnit(batch, ORDER_SALT + place) }))
    .sort((left, right) => left.rank - right.rank);
  const isAsAsked = shuffled.every(({ place }, at) => place === at);
  return (isAsAsked ? shuffled.reverse() : shuffled).map(({ answer }) => answer);
}

const ORDER_SALT = 9100;

interface BatchRun {
  readonly site: Site;
  readonly version: string;
  readonly answers: ReadonlyMap<string, Promise<BatchAnswer>>;
  readonly dispatch: Dispatch;
}

async function answerItem(c: Context<RequestEnv>, item: BatchItem, run: BatchRun): Promise<BatchAnswer> {
  const before = await Promise.all(item.dependsOn.map((id) => run.answers.get(id)));
  const failed = before.find((earlier) => earlier !== undefined && earlier.status >= 400);
  if (failed) return buildFailedDependency(c, item, failed, run.site);
  const { origin } = new URL(c.req.url);
  const request = new Request(`${origin}${run.version}${item.url}`, {
    method: item.method,
    headers: {
      ...item.headers,
      authorization: c.req.header('authorization') ?? '',
      'user-agent': c.req.header('user-agent') ?? '',
      'client-request-id': c.req.header('client-request-id') ?? c.get('requestId'),
      'x-emulator-batch': c.get('requestId'),
    },
    body: item.body,
  });
  const response = await run.dispatch(request);
  const { status, headers } = response;
  const body = parseAnswerBody(Buffer.from(await response.arrayBuffer()), response);
  return { id: item.id, status, headers: listItemHeaders(headers), ...(body === undefined ? {} : { body }) };
}

/** The status is json-batching.md's; that its body is like that of other errors, and the code in it, is unverified. */
function buildFailedDependency(
  c: Context<RequestEnv>,
  { id }: BatchItem,
  { id: failed, status }: BatchAnswer,
  { tenant }: Site,
): BatchAnswer {
  const message = `The request '${failed}', on which this one depends, was answered ${status}.`;
  const requestId = c.get('requestId');
  const body = renderErrorBody(new GraphError(424, 'FailedDependency', message), {
    requestId,
    clientRequestId: c.req.header('client-request-id') ?? requestId,
    date: new Date(tenant.clock.now()).toISOString(),
  });
  const headers = { 'Cache-Control': 'no-cache', 'Content-Type': 'application/json' };
  return { id, status: 424, headers, body: JSON.parse(body) };
}

/** Only the whole answer has the others (json-batching.md, "Example JSON batch response"). */
function listItemHeaders(headers: Headers): Record<string, string> {
  const kept = [...headers].filter(([name]) => !batchOnlyHeaders.has(name));
  return Object.fromEntries(kept.map(([name, value]) => [formatHeaderName(name), value]));
}

const batchOnlyHeaders: ReadonlySet<string> = new Set([
  'request-id',
  'client-request-id',
  'date',
  'strict-transport-security',
  'vary',
  'x-emulator-quota-speed',
  'x-ms-ags-diagnostic',
]);

/** `Retry-After`, `OData-Version` and `x-ms-resource-unit`, in the spelling of that example. */
function formatHeaderName(name: string): string {
  if (name === 'odata-version') return 'OData-Version';
  return name.startsWith('x-') ? name : name.replaceAll(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

/**
 * JSON as it is, a 204 with null, as an older version of the page has it, and everything else in base64: a photo, say
 * (msgraph-sdk-javascript 367). That a number as text/plain is, too, is unverified.
 */
function parseAnswerBody(bytes: Buffer, { status, headers }: Response): unknown {
  if (bytes.length === 0) return status === 204 ? null : undefined;
  if (!headers.get('content-type')?.includes('json')) return bytes.toString('base64');
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // Truncated by a fault.
    return bytes.toString('utf8');
  }
}
