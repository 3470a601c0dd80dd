// A stand-in for GitHub on loopback: its REST and GraphQL API in front of a real bare repository, refusals included.
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { type Clock, createClock } from '../clock.ts';
import { authenticate, type CallerEnv, isRecord, readJsonBody } from './authentication.ts';
import { openBareRepository } from './bare-repository.ts';
import { createContentMeter } from './content-rate-limit.ts';
import { createEnvironmentRoutes } from './environment-routes.ts';
import { createPermissionError, createRateLimitError, GitHubApiError, notFound } from './errors.ts';
import { createGitHubFaults, type GitHubFaults } from './faults.ts';
import { createGitHttpRoutes } from './git-http.ts';
import { createGitRoutes } from './git-routes.ts';
import { runGraphql } from './graphql.ts';
import { createIssueRoutes } from './issue-routes.ts';
import { createIssueLabelRoutes, createLabelRoutes } from './label-routes.ts';
import { followPushes } from './merge-pull.ts';
import { listPulls } from './open-pull.ts';
import { createPullPages } from './pull-pages.ts';
import { createCommitPullRoutes, createPullRoutes } from './pull-routes.ts';
import { createReviewRoutes } from './review-routes.ts';
import { createRulesetRoutes } from './rulesets.ts';
import { createOrganizationRoutes, createSettingsRoutes } from './settings-routes.ts';
import {
  defaultSettings,
  type GitHubIdentity,
  type GitHubState,
  type RepositorySettings,
  repositoryId,
} from './state.ts';
import { buildUserBody, isBot } from './users.ts';
import { createWorkflowRoutes } from './workflow-routes.ts';

export interface GitHubOptions {
  /** A bare git repository. */
  gitDirectory: string;
  /** `owner/name`. */
  repository: string;
  identities: readonly GitHubIdentity[];
  settings?: Partial<RepositorySettings>;
  /** Without one, the machine's time. */
  clock?: Clock;
  /** 0 or nothing: any free port. */
  port?: number;
  /** Links lead to its own pages, where who merges is this identity. null or nothing: they lead to github.com. */
  reviewer?: GitHubIdentity | null;
}

interface RequestLogEntry {
  method: string;
  path: string;
  status: number;
  login: string | null;
  /** GraphQL: the mutation's name. */
  operation: string | null;
}

export interface GitHubStandIn {
  /** The API's base URL, as GITHUB_API_URL has it. */
  url: string;
  state: GitHubState;
  faults: GitHubFaults;
  requests: RequestLogEntry[];
  /** Requests that changed something. */
  listWrites(): RequestLogEntry[];
  close(): Promise<void>;
}

/** Starts the stand-in on a free port of the loopback interface. */
export async function startGitHub(options: GitHubOptions): Promise<GitHubStandIn> {
  const state = await buildInitialState(options);
  const faults = createGitHubFaults();
  const requests: RequestLogEntry[] = [];
  const app = new Hono<CallerEnv>();
  const inTurn = createMutex();
  const meter = createContentMeter(state);

  app.use(async (context, next) => {
    const entry: RequestLogEntry = {
      method: context.req.method,
      path: context.req.path,
      status: 0,
      login: null,
      operation: await readOperation(context.req.raw),
    };
    requests.push(entry);
    const fault = faults.takeFault(entry.method, entry.path);
    if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
    if (fault?.kind === 'reset') {
      context.env.incoming.destroy();
      return new Response(null);
    }
    if (fault?.kind === 'status') {
      entry.status = fault.status;
      return context.json({ message: 'Server Error' }, fault.status);
    }
    if (fault?.kind === 'secondary-rate-limit') throw createRateLimitError(fault.retryAfterSeconds, fault.status);
    // One request at a time, so that what a request checks still holds when it writes.
    await inTurn(async () => {
      await followPushes(
        state,
        listPulls(state).filter((issue) => issue.state === 'open'),
      );
      meter.count(entry);
      await next();
    });
    entry.login = context.get('caller')?.login ?? null;
    entry.status = context.res.status;
  });
  const home = `/${state.owner}/${state.name}`;
  for (const path of [home, `${home}.git`]) app.route(path, createGitHttpRoutes(state, options.identities));
  const { reviewer = null } = options;
  if (reviewer !== null) app.route(home, createPullPages(state, reviewer));
  app.use(authenticate(options.identities));

  // Not for an installation's token: github.com/actions/create-github-app-token/issues/258.
  app.get('/user', (context) => {
    const { login } = context.get('caller');
    if (isBot(login)) throw createPermissionError();
    return context.json(buildUserBody(login));
  });
  const root = `/repos/${state.owner}/${state.name}`;
  app.post('/graphql', async (context) => {
    const { query, variables } = await readJsonBody(context);
    const given = isRecord(variables) ? variables : {};
    return context.json(await runGraphql(state, context, { query: String(query), variables: given }));
  });
  app.route(`${root}/issues`, createIssueLabelRoutes(state));
  app.route(`${root}/labels`, createLabelRoutes(state));
  app.route(`${root}/issues`, createIssueRoutes(state));
  app.route(`${root}/pulls`, createPullRoutes(state, options.identities));
  app.route(`${root}/pulls`, createReviewRoutes(state));
  app.route(`${root}/commits`, createCommitPullRoutes(state));
  app.route(root, createGitRoutes(state));
  // GitHub knows a repository by its id, too.
  for (const path of [root, `/repositories/${repositoryId}`])
    app.route(`${path}/environments`, createEnvironmentRoutes(state));
  app.route(root, createRulesetRoutes(state));
  app.route(`${root}/actions`, createWorkflowRoutes(state));
  app.route(root, createSettingsRoutes(state));
  app.route(`/orgs/${state.owner}`, createOrganizationRoutes(state));
  app.notFound(() => {
    throw notFound();
  });
  app.onError((error, context) => {
    const entry = requests.findLast(({ path, method }) => path === context.req.path && method === context.req.method);
    const status = error instanceof GitHubApiError ? error.status : 500;
    if (entry) entry.status = status;
    if (!(error instanceof GitHubApiError)) return context.json({ message: String(error) }, 500);
    return context.json(error.body, error.status, error.headers);
  });

  const server = await listen(app, options.port ?? 0);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const url = `http://127.0.0.1:${port}`;
  if (reviewer !== null) state.serverUrl = url;
  return {
    url,
    state,
    faults,
    requests,
    listWrites: () => requests.filter(({ method, status }) => method !== 'GET' && status < 300),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function buildInitialState(options: GitHubOptions): Promise<GitHubState> {
  const { gitDirectory, repository, settings, clock } = options;
  const [owner = '', name = ''] = repository.split('/');
  const time = clock ?? createClock(new Date().toISOString());
  const bare = openBareRepository(gitDirectory, time.now);
  return {
    serverUrl: 'https://github.com',
    owner,
    name,
    defaultBranch: (await bare.runGit(['symbolic-ref', '--short', 'HEAD'])).stdout.trim(),
    repository: bare,
    clock: time,
    settings: { ...structuredClone(defaultSettings), ...settings },
    issues: [],
    labels: [],
    statuses: [],
    checkRuns: [],
    dispatches: [],
    signed: new Set(),
  };
}

async function readOperation(request: Request): Promise<string | null> {
  if (!request.url.endsWith('/graphql')) return null;
  const text = await request.clone().text();
  return /\b(createCommitOnBranch|convertPullRequestToDraft|markPullRequestReadyForReview)\b/.exec(text)?.[1] ?? null;
}

function createMutex(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
}

function listen(app: Hono<CallerEnv>, port: number): Promise<ServerType> {
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, () => resolve(server));
  });
}
