// The whole server as one Hono application: Entra's login, Graph, Exchange admin, and the control routes.
import { Hono } from 'hono';
import { controlRoutes } from './control/control-routes.ts';
import { loginRoutes } from './entra/login-routes.ts';
import { metadataRoutes } from './entra/metadata.ts';
import { exchangeRoutes } from './exchange/exchange-routes.ts';
import { answerHeaders, authenticated, delayed, logged, metered, spoilt } from './gates.ts';
import { administrativeUnitRoutes } from './graph/administrative-unit-routes.ts';
import { applicationRoutes } from './graph/application-routes.ts';
import { batchRoute } from './graph/batch.ts';
import { offered } from './graph/cloud-support.ts';
import { conditionalAccessRoutes } from './graph/conditional-access-routes.ts';
import { deletedRoutes } from './graph/deleted-routes.ts';
import { directoryRoutes } from './graph/directory-routes.ts';
import { groupMemberRoutes } from './graph/group-members.ts';
import { groupRoutes } from './graph/group-routes.ts';
import { mailboxRoutes } from './graph/mailbox-routes.ts';
import { pimRoutes } from './graph/pim-routes.ts';
import { roleRoutes } from './graph/role-routes.ts';
import { servicePrincipalRoutes } from './graph/service-principal-routes.ts';
import { tenantRoutes } from './graph/tenant-routes.ts';
import { userRoutes } from './graph/user-routes.ts';
import { userWriteRoutes } from './graph/user-writes.ts';
import { crowded } from './metering/mailbox-crowd.ts';
import { badRequest, errorBody, GraphError } from './odata/errors.ts';
import { reportRoutes } from './reports/report-routes.ts';
import type { Carried, Site } from './site.ts';

const JSON_ERROR = 'application/json';

/** `/_emulator/*` stands outside of the log and the faults; everything else is what a real cloud would answer. */
export function appOf(site: Site): Hono<Carried> {
  const app = new Hono<Carried>();
  app.onError((error, c) => {
    const known = error instanceof GraphError ? error : unexpected(error);
    const requestId = c.get('requestId') ?? '';
    const clientRequestId = c.req.header('client-request-id') ?? requestId;
    const date = new Date(site.tenant.clock.now()).toISOString();
    const body = errorBody(known, { requestId, clientRequestId, date });
    const headers = { ...answerHeaders(site, c), 'Content-Type': JSON_ERROR, ...known.headers };
    return new Response(body, { status: known.status, headers });
  });
  app.route('/_emulator', controlRoutes(site));
  app.use('*', logged(site), crowded(site), delayed(site), spoilt(site));
  app.route('/', metadataRoutes(site));
  const reports = reportRoutes(site);
  app.route('/', reports.downloads);
  for (const version of ['/v1.0', '/beta'] as const) {
    const graph = graphRoutes(site, [reports.graph, batchRoute(version, (request) => app.fetch(request))]);
    app.use(`${version}/*`, authenticated(site, 'graph'), offered(site, version), metered(site, version));
    app.route(version, graph);
  }
  app.route('/', exchangeRoutes(site));
  app.route('/', loginRoutes(site));
  app.notFound((c) => {
    const [, , segment = c.req.path] = c.req.path.split('/');
    throw badRequest(`Resource not found for the segment '${segment}'.`, 'BadRequest');
  });
  return app;
}

function graphRoutes(site: Site, others: readonly Hono<Carried>[]): Hono<Carried> {
  const graph = new Hono<Carried>();
  const all = [
    mailboxRoutes(site),
    groupRoutes(site),
    groupMemberRoutes(site),
    userRoutes(site),
    userWriteRoutes(site),
    tenantRoutes(site),
    roleRoutes(site),
    pimRoutes(site),
    administrativeUnitRoutes(site),
    deletedRoutes(site),
    directoryRoutes(site),
    applicationRoutes(site),
    servicePrincipalRoutes(site),
    conditionalAccessRoutes(site),
    ...others,
  ];
  for (const routes of all) graph.route('/', routes);
  return graph;
}

/** A bug of the emulator shows itself, stack and all, instead of looking like a fault of the cloud. */
function unexpected(error: Error): GraphError {
  return new GraphError(500, 'EmulatorFailure', error.stack ?? error.message);
}
