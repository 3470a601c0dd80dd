// Graph's errors: a status, a code, a sentence.

/** Thrown anywhere below a Graph route; the server answers with Graph's error body. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'GraphError';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export const badRequest = (message: string, code = 'Request_BadRequest') => new GraphError(400, code, message);
export const unsupportedQuery = (message: string) => new GraphError(400, 'Request_UnsupportedQuery', message);
export const forbidden = (message = 'Insufficient privileges to complete the operation.') =>
  new GraphError(403, 'Authorization_RequestDenied', message);

/**
 * As json-batching.md of microsoft-graph-docs-contrib shows it, with the directory's code. The answers seen had no Allow header
 * (MichaelGrafnetter/webauthn-interop 33).
 */
export const methodNotAllowed = () =>
  new GraphError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');

/** Graph's error for an id that does not exist. */
export function notFound(id: string): GraphError {
  return new GraphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** The request of an error; `date` is the tenant's time. */
interface FailedRequest {
  readonly requestId: string;
  readonly clientRequestId: string;
  readonly date: string;
}

/** The body of an error. Graph writes its date without a zone, and returns the client's request id. */
export function renderErrorBody(error: GraphError, { requestId, clientRequestId, date }: FailedRequest): string {
  return JSON.stringify({
    error: {
      code: error.code,
      message: error.message,
      innerError: { date: date.slice(0, 19), 'request-id': requestId, 'client-request-id': clientRequestId },
    },
  });
}
