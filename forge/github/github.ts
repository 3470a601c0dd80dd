// GitHub's API: Octokit with its throttling, retries and paging; refusals are `DormantError`s.
import { Octokit } from '@octokit/core';
import { type PaginatingEndpoints, paginateRest } from '@octokit/plugin-paginate-rest';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import type { Endpoints } from '@octokit/types';
import type { SentRequest } from '../../graph/request-log.ts';
import {
  describeRequestFailure,
  getFailureStatus,
  isRequestFailure,
  toGitHubError,
  toGraphqlRefusal,
} from './github-errors.ts';
import { askViewer, type Viewer } from './viewer.ts';

export interface GitHubOptions {
  token: string;
  /** `owner/name`, as GITHUB_REPOSITORY has it. */
  repository: string;
  /** As GITHUB_API_URL has it; GitHub Enterprise Server has its own. */
  apiUrl?: string;
  /**
   * true: at most one write a second and one notification in three seconds, as GitHub asks of integrations, and waits as
   * long as GitHub says. false only for a server without rate limits.
   */
  throttled?: boolean;
  /** Each request ends after so long and is sent once, for who would rather know that GitHub does not answer. */
  timeoutMs?: number;
  /** Called when GitHub makes the client wait. */
  onWait?: (seconds: number, request: string) => void;
  /** Called for each answer, for `--verbose`. */
  onRequest?: (sent: GitHubRequest) => void;
}

type GitHubRequest = Pick<SentRequest, 'method' | 'path' | 'status' | 'requestId'>;

export interface GitHub {
  owner: string;
  repo: string;
  /** A REST request with owner and repo filled in. Throws `DormantError` if GitHub refuses it. */
  request<R extends Route>(route: R, parameters?: RouteParameters<R>): Promise<GitHubAnswer<R>>;
  /** The same, but returns a refusal with one of these statuses. */
  attempt<R extends Route>(
    route: R,
    parameters: RouteParameters<R>,
    allowed: readonly number[],
  ): Promise<GitHubAnswer<R> | GitHubRefusal>;
  /** Every item of every page. */
  listAll<R extends ListRoute>(route: R, parameters?: RouteParameters<R>): Promise<GitHubItem<R>[]>;
  /** Item by item; fetches only the pages that are read. */
  iterate<R extends ListRoute>(route: R, parameters?: RouteParameters<R>): AsyncGenerator<GitHubItem<R>>;
  /** Whose token it is; once known, it is not asked again. */
  readViewer(): Promise<Viewer>;
  /** A mutation's data. Throws `GraphqlRefusal` with GitHub's error type. */
  graphql(query: string, variables: Record<string, unknown>): Promise<unknown>;
}

/** Routes, parameters and answers are as GitHub's own description of its API has them. */
type Route = keyof Endpoints;
type ListRoute = keyof PaginatingEndpoints;
type RouteParameters<R extends Route> = Omit<Endpoints[R]['parameters'], 'owner' | 'repo'>;

export type GitHubData<R extends Route> = Endpoints[R]['response']['data'];
export type GitHubItem<R extends ListRoute> = GitHubData<R> extends readonly (infer Item)[] ? Item : never;

interface GitHubAnswer<R extends Route> {
  status: number;
  data: GitHubData<R>;
  /** For `if-none-match`, which GitHub answers with 304 while nothing has changed; null: it gave none. */
  etag: string | null;
}

interface GitHubRefusal {
  refused: number;
  message: string;
}

const Client = Octokit.plugin(throttling, retry, paginateRest);

/** No request is sent yet. */
export function connectGitHub(options: GitHubOptions): GitHub {
  const [owner = '', repo = ''] = options.repository.split('/');
  const octokit = createOctokit(options);
  const fill = (parameters: object = {}) => ({ owner, repo, ...parameters });
  const refuse = (error: unknown): never => {
    throw toGitHubError(error);
  };
  const graphql: GitHub['graphql'] = async (query, variables) => {
    try {
      return await octokit.graphql(query, variables);
    } catch (error) {
      throw toGraphqlRefusal(error) ?? toGitHubError(error);
    }
  };
  let viewer: Viewer | null = null;
  return {
    owner,
    repo,
    request: async (route: string, parameters?: object) => {
      const { status, data, headers } = await octokit.request(route, fill(parameters)).catch(refuse);
      return { status, data, etag: headers.etag ?? null };
    },
    attempt: async (route: string, parameters: object, allowed) => {
      try {
        const { status, data, headers } = await octokit.request(route, fill(parameters));
        return { status, data, etag: headers.etag ?? null };
      } catch (error) {
        const status = getFailureStatus(error);
        if (status !== null && allowed.includes(status))
          return { refused: status, message: describeRequestFailure(error) };
        throw toGitHubError(error);
      }
    },
    listAll: <R extends ListRoute>(route: R, parameters?: object) =>
      octokit.paginate<GitHubItem<R>, string>(route, fill({ per_page: 100, ...parameters })).catch(refuse),
    async *iterate<R extends ListRoute>(route: R, parameters?: object) {
      try {
        const pages = octokit.paginate.iterator<GitHubItem<R>, string>(route, fill({ per_page: 100, ...parameters }));
        for await (const { data } of pages) yield* data;
      } catch (error) {
        throw toGitHubError(error);
      }
    },
    graphql,
    readViewer: async () => {
      viewer ??= await askViewer((query) => graphql(query, {}));
      return viewer;
    },
  };
}

function createOctokit({ token, apiUrl, throttled = true, timeoutMs, onWait = () => {}, onRequest }: GitHubOptions) {
  const wait = (
    seconds: number,
    { method, url }: { method: string; url: string },
    _octokit: Octokit,
    count: number,
  ) => {
    onWait(seconds, `${method} ${url}`);
    return count < 3;
  };
  const octokit = new Client({
    auth: token,
    ...(apiUrl === undefined ? {} : { baseUrl: apiUrl.replace(/\/$/, '') }),
    userAgent: 'dormant',
    log: { debug() {}, info() {}, warn() {}, error() {} },
    // 409 is an answer (a conflict), not a temporary fault.
    retry: {
      doNotRetry: [400, 401, 403, 404, 405, 409, 410, 422, 451],
      ...(timeoutMs === undefined ? {} : { retries: 0 }),
    },
    ...(timeoutMs === undefined ? {} : { request: { fetch: createTimedFetch(timeoutMs) } }),
    throttle: {
      enabled: throttled,
      onRateLimit: wait,
      onSecondaryRateLimit: wait,
    },
  });
  if (onRequest) watchRequests(octokit, onRequest);
  return octokit;
}

function createTimedFetch(timeoutMs: number): typeof fetch {
  return (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
}

/** Refusals, too: GitHub's support asks for their request id. */
function watchRequests({ hook }: Octokit, onRequest: (sent: GitHubRequest) => void): void {
  hook.after('request', ({ status, headers, url }, { method }) =>
    onRequest({ method, path: stripHost(url), status, requestId: headers['x-github-request-id'] ?? '' }),
  );
  hook.error('request', (error, { method, url }) => {
    const failure = isRequestFailure(error) ? error : null;
    const path = stripHost(String(failure?.request?.url ?? url));
    const requestId = String(failure?.response?.headers?.['x-github-request-id'] ?? '');
    onRequest({ method, path, status: getFailureStatus(error), requestId });
    throw error;
  });
}

function stripHost(url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, '');
}
