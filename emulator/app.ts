// The whole server as one Hono application: Entra's login, Graph, Exchange admin, and the control routes.
import { Hono } from 'hono';
import { getPath } from 'hono/utils/url';
import { answerErrors } from './answer-errors.ts';
import { createControlRoutes } from './control/control-routes.ts';
import { createLoginRoutes } from './entra/login-routes.ts';
import { createMetadataRoutes } from './entra/metadata-routes.ts';
import { createExchangeRoutes } from './exchange/exchange-routes.ts';
import { createApplicationRoutes } from './graph/application-routes.ts';
import { createBatchRoute } from './graph/batch.ts';
import { listCallPaths } from './graph/calls/calls.ts';
import { requireCloudSupport } from './graph/cloud-support.ts';
import { createConditionalAccessRoutes } from './graph/conditional-access-routes.ts';
import { createDeletedRoutes } from './graph/deleted-routes.ts';
import { createDirectoryRoutes } from './graph/directory-routes.ts';
import { createGroupRoutes } from './graph/group-routes.ts';
import { createMailboxRoutes } from './graph/mailbox-routes.ts';
import { createMembershipRoutes } from './graph/membership-routes.ts';
import { createPathNames } from './graph/normalise-path.ts';
import { createObjectDeletion } from './graph/object-deletion.ts';
import { createReportSettingsRoutes } from './graph/report-settings-routes.ts';
import { createResourceRoutes } from './graph/resources/serve-resources.ts';
import { createRoleRoutes } from './graph/role-routes.ts';
import { createServicePrincipalRoutes } from './graph/service-principal-routes.ts';
import { createUnitRoutes } from './graph/unit-routes.ts';
import { createUserRoutes } from './graph/user-routes.ts';
import { createUserWriteRoutes } from './graph/user-writes.ts';
import { limitMailboxRequests } from './metering/mailbox-concurrency.ts';
import {
  chargeBudgets,
  checkAnswers,
  delayRequests,
  injectFaults,
  logRequests,
  requireToken,
  unpackBodies,
} from './middleware.ts';
import { badRequest, methodNotAllowed } from './odata/errors.ts';
import { renderMetadata } from './odata/metadata-document.ts';
import { createPageRoute } from './page/page-route.ts';
import { createReportRoutes } from './reports/report-routes.ts';
import type { RequestEnv, Site } from './site.ts';
import { answerFromReplica } from './weather/answer-from-replica.ts';

/** `/_emulator/*` and the page at `/` are neither logged nor faulted; everything else is what a real cloud would answer. */
export function createApp(site: Site): Hono<RequestEnv> {
  // With the first request, when all routes are there.
  let found: ReturnType<typeof createPathNames> | null = null;
  const findNames = () => {
    found ??= createPathNames([...app.routes.map(({ path }) => path), ...listCallPaths()], site.tenant);
    return found;
  };
  const app = new Hono<RequestEnv>({ getPath: (request) => findNames().normalise(getPath(request)) });
  answerErrors(app, site);
  app.route('/_emulator', createControlRoutes(site));
  app.route('/', createPageRoute(site));
  app.use('*', unpackBodies(), logRequests(site), limitMailboxRequests(site), delayRequests(site), injectFaults(site));
  app.route('/', createMetadataRoutes(site));
  for (const version of ['/v1.0', '/beta'] as const) {
    // Anybody may read it.
    app.get(`${version}/$metadata`, (c) => c.body(renderMetadata(), 200, { 'Content-Type': 'application/xml' }));
    const graph = createGraphRoutes(
      site,
      createBatchRoute(site, version, (request) => app.fetch(request)),
    );
    app.use(
      `${version}/*`,
      requireToken(site, 'graph'),
      requireCloudSupport(site, version),
      chargeBudgets(site, version),
      checkAnswers(site),
      answerFromReplica(site),
    );
    app.route(version, graph);
  }
  app.route('/', createExchangeRoutes(site));
  app.route('/', createLoginRoutes(site));
  app.notFound((c) => {
    if (isKnownPath(app, c.req.path)) throw methodNotAllowed();
    throw badRequest(
      `Resource not found for the segment '${findNames().findUnknownSegment(c.req.path)}'.`,
      'BadRequest',
    );
  });
  return app;
}

/** Whether a path of Graph has a route with another method. */
function isKnownPath(app: Hono<RequestEnv>, path: string): boolean {
  if (!/^\/(v1\.0|beta)\//.test(path)) return false;
  return METHODS.some((method) => {
    const [matches] = app.router.match(method, path);
    return matches.some(([[, route]]) => route.method !== 'ALL');
  });
}

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];

function createGraphRoutes(site: Site, batch: Hono<RequestEnv>): Hono<RequestEnv> {
  const graph = new Hono<RequestEnv>();
  const all = [
    createMailboxRoutes(site),
    createUserRoutes(site),
    createGroupRoutes(site),
    createResourceRoutes(site),
    createUserWriteRoutes(site),
    createReportSettingsRoutes(site),
    createRoleRoutes(site),
    createUnitRoutes(site),
    createObjectDeletion(site),
    createDeletedRoutes(site),
    createDirectoryRoutes(site),
    createMembershipRoutes(site),
    createApplicationRoutes(site),
    createServicePrincipalRoutes(site),
    createConditionalAccessRoutes(site),
    createReportRoutes(site),
    batch,
  ];
  for (const routes of all) graph.route('/', routes);
  return graph;
}
