// Refusals of GitHub as errors: the request, the reason, and what to do.
import type { RequestError } from '@octokit/request-error';
import { DormantError } from '../../policy/errors.ts';

/** GraphQL refuses with status 200; `type` is GitHub's own word, such as STALE_DATA. */
export class GraphqlRefusal extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.name = 'GraphqlRefusal';
    this.type = type;
  }
}

/** An error that is not GitHub's answer is returned unchanged. */
export function toGitHubError(error: unknown): unknown {
  const status = getFailureStatus(error);
  if (status === null) return error;
  const request = describeRequest(error);
  return new DormantError(
    'github-refused',
    `GitHub answered ${status} to ${request}: ${describeRequestFailure(error)}`,
    {
      remedy:
        remedies[status] ?? 'If this is a fault of GitHub, run the command again; otherwise do what its message says.',
      cause: error,
    },
  );
}

const remedies: Record<number, string> = {
  401: 'Give a valid token in GITHUB_TOKEN.',
  403: 'Give the token the permission that the job needs, or wait if GitHub limits its rate.',
  404: 'Check GITHUB_REPOSITORY, and that the token may read this repository.',
};

export function isRequestFailure(error: unknown): error is RequestError {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}

export function getFailureStatus(error: unknown): number | null {
  return isRequestFailure(error) ? error.status : null;
}

/** GitHub's message with the reasons from `errors`. */
export function describeRequestFailure(error: unknown): string {
  if (!isRequestFailure(error)) return String(error);
  const { message, errors: reported } = readBody(error);
  const errors = Array.isArray(reported) ? reported : [];
  const reasons = errors.map((reason: unknown) =>
    typeof reason === 'object' && reason !== null && 'message' in reason ? String(reason.message) : String(reason),
  );
  return [message === undefined ? error.message : String(message), ...reasons].join(' ');
}

/** The body of a proxy's answer may be anything. */
function readBody({ response }: RequestError): { message?: unknown; errors?: unknown } {
  return typeof response?.data === 'object' && response.data !== null ? response.data : {};
}

function describeRequest(error: unknown): string {
  return isRequestFailure(error) ? `${error.request.method} ${error.request.url}` : 'a request';
}

/** null: not a refusal by GraphQL. */
export function toGraphqlRefusal(error: unknown): GraphqlRefusal | null {
  if (!(error instanceof Error) || !('errors' in error) || !Array.isArray(error.errors)) return null;
  const first: unknown = error.errors[0];
  if (typeof first !== 'object' || first === null) return null;
  return new GraphqlRefusal(
    'type' in first ? String(first.type) : 'UNKNOWN',
    'message' in first ? String(first.message) : 'GitHub gave no reason.',
  );
}
