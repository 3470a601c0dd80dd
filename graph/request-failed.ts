// The error for a request that failed for good: method, path, status, Graph's own words, request id, number of tries.
import { DormantError } from '../policy/errors.ts';
import { formatRequestIds, type RequestIds } from './request-ids.ts';

interface FailureFacts extends RequestIds {
  method: string;
  /** Path and query, without the host. */
  path: string;
  /** null: no complete answer. */
  status: number | null;
  /** Graph's error code; empty if there was none. */
  graphCode: string;
  /** Graph's error message, or the connection's. */
  graphMessage: string;
  attempts: number;
  cause?: unknown;
}

/** `status` and `graphCode` let callers tell a documented refusal from a broken run. */
export class RequestFailed extends DormantError {
  readonly status: number | null;
  readonly graphCode: string;
  /** Graph's own words; empty if there were none. */
  readonly graphMessage: string;
  readonly requestId: string;

  constructor(facts: FailureFacts) {
    super('request-failed', describeFailure(facts), {
      where: `${facts.method} ${facts.path}`,
      remedy: suggestRemedy(facts),
      ...(facts.cause === undefined ? {} : { cause: facts.cause }),
    });
    this.name = 'RequestFailed';
    this.status = facts.status;
    this.graphCode = facts.graphCode;
    this.graphMessage = facts.graphMessage;
    this.requestId = facts.requestId;
  }
}

function describeFailure(facts: FailureFacts): string {
  const { method, path, status, graphCode, graphMessage, attempts } = facts;
  const outcome = status === null ? 'got no complete answer' : `was answered ${status}`;
  const code = graphCode === '' ? '' : ` ${graphCode}`;
  const words = graphMessage === '' ? '' : `: ${graphMessage.replace(/\.?\s*$/, '')}`;
  const tries = attempts === 1 ? '' : ` after ${attempts} tries`;
  return `${method} ${path} ${outcome}${code}${tries}${words}${formatRequestIds(facts)}.`;
}

function suggestRemedy({ method, status }: FailureFacts): string {
  if (status === 401) return 'Check that the identity still exists and that its credential is valid.';
  if (status === 403) return 'Grant the permission that this call needs, and consent to it.';
  if (status !== null && status !== 429 && status < 500) return '';
  return method === 'GET'
    ? 'Nothing was changed by this read; start again later.'
    : 'It may have been carried out all the same; start again later, and the next run looks first.';
}

/** Whether a filter, or what was selected with it, was refused: Graph's documentation does not say what can be combined. */
export function isRefusedFilter(error: unknown): boolean {
  return error instanceof RequestFailed && (error.status === 400 || error.status === 501);
}

/** Graph's `{error: {code, message}}`, or Exchange's variations of it; empty texts if the body is something else. */
export function parseGraphError(body: unknown): { graphCode: string; graphMessage: string } {
  const error = getField(body, 'error');
  const detail = getField(error, 'details');
  const first = Array.isArray(detail) ? getField(detail[0], 'message') : undefined;
  const inner = getField(error, 'innererror');
  const internal = getField(getField(inner, 'internalException') ?? getField(inner, 'internalexception'), 'message');
  return {
    graphCode: toText(getField(error, 'code')),
    graphMessage: toText(first) || toText(internal) || toText(getField(error, 'message')),
  };
}

/** An error's own request-id, which alone tells the items of a $batch apart; null if it has none. */
export function findRequestId(body: unknown): string | null {
  const error = getField(body, 'error');
  const id = getField(getField(error, 'innerError') ?? getField(error, 'innererror'), 'request-id');
  return toText(id) || null;
}

function getField(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
