// The end of the Graph client's middleware chain: sends, and keeps the cause of a connection that failed.
import { type Context, GraphClientError, type Middleware } from '@microsoft/microsoft-graph-client';

/**
 * The client's own HTTPMessageHandler throws what fetch throws, and the client then turns it into a GraphError without the
 * cause (ECONNRESET, ETIMEDOUT …). A GraphClientError passes through as it is.
 */
export class FetchMiddleware implements Middleware {
  async execute(context: Context): Promise<void> {
    try {
      context.response = await fetch(context.request, { ...context.options, redirect: 'manual' });
    } catch (cause) {
      const error = new GraphClientError(describeConnectionError(cause));
      error.cause = cause;
      throw error;
    }
  }
}

/** `fetch failed` says nothing; the codes of its causes do. */
export function describeConnectionError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const cause = error.cause === undefined ? '' : ` (${describeConnectionError(error.cause)})`;
  return `${error.message}${code}${cause}`;
}
