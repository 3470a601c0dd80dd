// Entra's refusal of a sign-in: OAuth's error and its own AADSTS number.
import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { CLOUDS } from '../clouds.ts';
import type { RequestEnv, Site } from '../site.ts';

export class SignInError extends Error {
  readonly status: number;
  readonly error: string;
  readonly number: number;
  /** What MSAL reads besides, such as `consent_required`. */
  readonly suberror: string | undefined;

  constructor(status: number, error: string, number: number, message: string, suberror?: string) {
    super(`AADSTS${number}: ${message}`);
    this.name = 'SignInError';
    this.status = status;
    this.error = error;
    this.number = number;
    this.suberror = suberror;
  }
}

/** The body of a token request lacks this field (azure-docs 43780). */
export function createMissingFieldError(field: string): SignInError {
  const sentence = `The request body must contain the following parameter: '${field}'.`;
  return new SignInError(400, 'invalid_request', 900144, sentence);
}

/**
 * The answer, with all that entra-docs, docs/identity-platform/reference-error-codes.md, shows of one; the three at its end stood
 * on lines of their own until 2023 and stand in one since (Earlybyte/aad_oauth 328). Real time, as that of the tokens.
 */
export function answerSignInError({ tenant }: Site, c: Context<RequestEnv>, failure: SignInError): Response {
  const { status, error, number, suberror } = failure;
  const { description, timestamp, traceId, correlationId } = describeSignInError(c, failure);
  const body = {
    error,
    error_description: description,
    error_codes: [number],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://${CLOUDS[tenant.cloud].login}/error?code=${number}`,
    ...(suberror === undefined ? {} : { suberror }),
  };
  return c.json(body, status === 400 ? 400 : 401);
}

/** The sentence with the three that every refusal has at its end. */
export function describeSignInError(c: Context<RequestEnv>, { message }: SignInError) {
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const traceId = c.get('requestId');
  const correlationId = c.req.header('client-request-id') ?? c.req.query('client-request-id') ?? randomUUID();
  const description = `${message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`;
  return { description, timestamp, traceId, correlationId };
}
