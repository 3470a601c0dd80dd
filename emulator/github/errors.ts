// GitHub's errors: status, message and errors, worded as in its REST API.

/** Thrown by a route; the server turns it into the answer. */
export class GitHubApiError extends Error {
  readonly status: 401 | 403 | 404 | 405 | 409 | 422 | 429;
  readonly body: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(status: GitHubApiError['status'], body: Record<string, unknown>, headers: Record<string, string> = {}) {
    super(String(body.message));
    this.status = status;
    this.body = { documentation_url: 'https://docs.github.com/rest', ...body, status: String(status) };
    this.headers = headers;
  }
}

export const createCredentialsError = () => new GitHubApiError(401, { message: 'Bad credentials' });
export const notFound = (message = 'Not Found') => new GitHubApiError(404, { message });
export const forbidden = (message: string) => new GitHubApiError(403, { message });
export const createPermissionError = () => forbidden('Resource not accessible by integration');
export const conflict = (message: string) => new GitHubApiError(409, { message });
export const unprocessable = (message: string) => new GitHubApiError(422, { message });

interface FieldError {
  resource: string;
  code: string;
  field?: string;
  message?: string;
}

export const createValidationError = (...errors: FieldError[]) =>
  new GitHubApiError(422, { message: 'Validation Failed', errors });

export const createRateLimitError = (retryAfterSeconds: number, status: 403 | 429) =>
  new GitHubApiError(
    status,
    {
      message:
        'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.',
    },
    { 'retry-after': String(retryAfterSeconds) },
  );

/** The most characters in the body of an issue, pull request or comment. */
const bodyLimit = 65_536;

/** Refuses a longer body, on creation and on update alike. */
export function requireBodyLimit(resource: string, body: unknown): void {
  if (typeof body !== 'string' || body.length <= bodyLimit) return;
  throw createValidationError({
    resource,
    code: 'custom',
    field: 'body',
    message: `body is too long (maximum is ${bodyLimit} characters)`,
  });
}
