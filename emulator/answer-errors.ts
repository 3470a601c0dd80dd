// Answers what a route throws, in the body of Graph's errors.
import type { Hono } from 'hono';
import { buildAnswerHeaders } from './middleware.ts';
import { GraphError, renderErrorBody } from './odata/errors.ts';
import type { RequestEnv, Site } from './site.ts';

export function answerErrors(app: Hono<RequestEnv>, site: Site): void {
  app.onError((error, c) => {
    const known = error instanceof GraphError ? error : toEmulatorFailure(error);
    const requestId = c.get('requestId') ?? '';
    const clientRequestId = c.req.header('client-request-id') ?? requestId;
    const date = new Date(site.tenant.clock.now()).toISOString();
    const body = renderErrorBody(known, { requestId, clientRequestId, date });
    const headers = { ...buildAnswerHeaders(site, c), 'Content-Type': 'application/json', ...known.headers };
    return new Response(body, { status: known.status, headers });
  });
}

/** A bug of the emulator is answered with its stack, so that it does not look like a fault of the cloud. */
function toEmulatorFailure(error: Error): GraphError {
  return new GraphError(500, 'EmulatorFailure', error.stack ?? error.message);
}
