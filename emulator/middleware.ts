// The middleware of every request: a request id, the log, latency, faults, and (for Graph and Exchange) the token and the
// budgets.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import type { Context, MiddlewareHandler, Next } from 'hono';
import type { Caller } from './entra/caller.ts';
import type { FaultRule } from './faults/fault-injector.ts';
import { findFaultError, injectFault, resetConnection } from './faults/inject-fault.ts';
import {
  buildUnitBudget,
  isConditionalAccess,
  POLICY_BUDGET,
  TENANT_WRITE_BUDGET,
  WRITE_BUDGET,
} from './metering/budgets.ts';
import { computeIdentityCost } from './metering/costs.ts';
import { requestChannel } from './metering/request-channel.ts';
import { toRoutePattern } from './metering/route-pattern.ts';
import { selectSignInBudgets } from './metering/sign-in-budgets.ts';
import { checkAnswer } from './odata/check-answer.ts';
import { badRequest, GraphError } from './odata/errors.ts';
import type { RequestEnv, Site } from './site.ts';

export type Middleware = MiddlewareHandler<RequestEnv>;
const LOGGED_BODY = 4096;

/**
 * Unpacks a request whose body is packed: Kiota's SDK for Go packs all of them, and sends one again as it is only after a 415
 * (microsoft/kiota-http-go, compression_handler.go). Which of the two Graph does is unverified.
 */
export function unpackBodies(): Middleware {
  return async (c, next) => {
    if (c.req.header('content-encoding')?.toLowerCase() === 'gzip') {
      const { url, method, headers: packed } = c.req.raw;
      const headers = new Headers(packed);
      for (const name of ['content-encoding', 'content-length']) headers.delete(name);
      c.req.raw = new Request(url, { method, headers, body: unpack(await c.req.raw.arrayBuffer()) });
    }
    await next();
  };
}

function unpack(body: ArrayBuffer): Uint8Array<ArrayBuffer> {
  try {
    return gunzipSync(body);
  } catch {
    throw badRequest('The body of the request is not what its Content-Encoding says.', 'BadRequest');
  }
}

/** Gives the request its id and enters it into the log; the answer carries the tenant's date. */
export function logRequests(site: Site): Middleware {
  return async (c, next) => {
    const requestId = randomUUID();
    const started = performance.now();
    const url = new URL(c.req.url);
    const caller = await findCaller(site, c);
    const entry = site.log.begin({
      time: new Date(site.tenant.clock.now()).toISOString(),
      method: c.req.method,
      path: decodeURIComponent(url.pathname),
      query: url.search,
      appId: caller?.appId ?? null,
      identity: findIdentityName(site, caller),
      requestId,
      userAgent: c.req.header('user-agent') ?? null,
      batch: c.req.header('x-emulator-batch') ?? null,
    });
    c.set('requestId', requestId);
    c.set('entry', entry);
    if (c.req.method !== 'GET' && !/\/(token|devicelogin)$/.test(url.pathname)) {
      entry.body = (await c.req.raw.clone().text()).slice(0, LOGGED_BODY);
    }
    requestChannel.publish(entry);
    // Set before the answer exists: headers added to a finished one make Hono copy its whole body.
    for (const [name, value] of Object.entries(buildAnswerHeaders(site, c))) c.header(name, value);
    await next();
    entry.status = c.res.status;
    entry.durationMs = Math.round(performance.now() - started);
    site.log.finish(entry, toRoutePattern(url.pathname));
  };
}

/** The headers of every answer, errors too: its ids and the tenant's date. */
export function buildAnswerHeaders({ tenant }: Site, c: Context<RequestEnv>): Record<string, string> {
  const requestId = c.get('requestId') ?? '';
  return {
    ...(/^\/(v1\.0|beta)\//.test(c.req.path) ? graphHeaders : {}),
    'request-id': requestId,
    'client-request-id': c.req.header('client-request-id') ?? requestId,
    'x-emulator-quota-speed': String(tenant.switches.quotaSpeed),
    Date: new Date(tenant.clock.now()).toUTCString(),
  };
}

/** As seen in answers of Graph (MichaelGrafnetter/webauthn-interop 33, json-batching.md of graph-docs-contrib). */
const graphHeaders = {
  'Cache-Control': 'no-cache',
  'Strict-Transport-Security': 'max-age=31536000',
  Vary: 'Accept-Encoding',
  'x-ms-ags-diagnostic': JSON.stringify({
    ServerInfo: { DataCenter: 'Emulator', Slice: 'E', Ring: '5', ScaleUnit: '001', RoleInstance: 'EMULATOR00000001' },
  }),
};

/** Adds the latency of the network; a batch has it once. */
export function delayRequests({ tenant }: Site): Middleware {
  return async (c, next) => {
    const { latencyMs } = tenant.switches;
    if (latencyMs > 0 && c.get('entry').batch === null) await sleep(latencyMs);
    await next();
  };
}

/** Applies the fault rule that matches the request, if any. */
export function injectFaults(site: Site): Middleware {
  return async (c, next) => {
    const entry = c.get('entry');
    const rule = site.faults.selectRule(entry) ?? site.weather.selectRule(entry);
    if (!rule) return next();
    entry.fault = rule.kind;
    if (rule.kind === 'hold') return holdRequest(site, rule, next);
    const refusal = findFaultError(rule);
    const isAnswered = refusal === null && rule.kind !== 'reset';
    if (rule.afterwards || isAnswered) await next();
    if (refusal instanceof GraphError) throw refusal;
    const faulty = refusal ?? (isAnswered ? await injectFault(rule, c.res, c.env) : resetConnection(c.env));
    c.res = undefined; // or Hono copies the old headers, content-length among them
    c.res = faulty;
    return undefined;
  };
}

async function holdRequest({ faults }: Site, rule: FaultRule, next: Next): Promise<undefined> {
  if (rule.afterwards) await next();
  await faults.waitUntilRemoved(rule);
  if (!rule.afterwards) await next();
  return undefined;
}

/** Requires a valid token for Graph or Exchange. */
export function requireToken(site: Site, audience: Caller['audience']): Middleware {
  return async (c, next) => {
    const [scheme, token] = (c.req.header('authorization') ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !token) throw createTokenError('Access token is empty.');
    const caller = await site.bearers.verify(token);
    if (typeof caller === 'string') throw createTokenError(caller);
    if (caller.audience !== audience) throw createTokenError('Access token validation failure. Invalid audience.');
    c.set('caller', caller);
    await next();
  };
}

/** No client asks again after it, or takes it for an answer of Microsoft's. */
const NOT_RETRIED = 418;

/** Answers with the problems of an answer that is not what the metadata says. */
export function checkAnswers({ checksAnswers, tenant }: Site): Middleware {
  return async (c, next) => {
    await next();
    if (!checksAnswers || c.res.status >= 300 || !c.res.headers.get('content-type')?.includes('json')) return;
    const shown = [...tenant.people.listNamed()].filter(({ shows }) => Object.keys(shows).length > 0);
    const wrong = new Set(shown.flatMap(({ id, shows }) => [id, String(shows.id)]));
    const problems = checkAnswer(await c.res.clone().text(), (id) => wrong.has(id));
    if (problems.length > 0)
      throw new GraphError(NOT_RETRIED, 'EmulatorFailure', `${c.req.url}: ${problems.slice(0, 5).join('; ')}`);
  };
}

/** Charges the budgets of identity and of sign-ins; 429 with Retry-After when one is used up. */
export function chargeBudgets({ tenant, budgets }: Site, prefix: string): Middleware {
  return async (c, next) => {
    const url = new URL(c.req.url);
    const path = c.req.path.slice(prefix.length);
    const { appId } = c.get('caller');
    for (const budget of selectSignInBudgets(path, url.searchParams, tenant.switches))
      requireBudget(budgets.charge(budget, appId, 1));
    if (isConditionalAccess(path) && budgets.charge(POLICY_BUDGET, everyApp, 1) !== null) throw createThrottledError();
    const cost = computeIdentityCost(c.req.method, path, url.searchParams);
    if (cost) {
      requireBudget(budgets.charge(buildUnitBudget(tenant.people.size), appId, cost.units));
      if (cost.writes > 0) {
        requireBudget(budgets.charge(WRITE_BUDGET, appId, cost.writes));
        requireBudget(budgets.charge(TENANT_WRITE_BUDGET, everyApp, cost.writes));
      }
      c.header('x-ms-resource-unit', String(cost.units));
    }
    await next();
  };
}

/** Stands in place of an app's id for a budget that all apps share. */
export const everyApp = 'every app';

/** Throws 429 if a budget answered with a time to wait. */
export function requireBudget(waitSeconds: number | null): void {
  if (waitSeconds !== null) throw createThrottledError({ 'Retry-After': String(waitSeconds) });
}

function createThrottledError(headers: Record<string, string> = {}): GraphError {
  return new GraphError(429, 'TooManyRequests', 'Too many requests', headers);
}

function createTokenError(message: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message, {
    'WWW-Authenticate':
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"',
  });
}

/** `person`: somebody who has signed in, by whichever application. */
function findIdentityName({ identities }: Site, caller: Caller | null): string | null {
  if (caller?.kind === 'person') return 'person';
  return Object.values(identities).find(({ clientId }) => clientId === caller?.appId)?.name ?? null;
}

async function findCaller(site: Site, c: Context): Promise<Caller | null> {
  const token = (c.req.header('authorization') ?? '').split(' ')[1];
  if (!token) return null;
  const caller = await site.bearers.verify(token);
  return typeof caller === 'string' ? null : caller;
}
