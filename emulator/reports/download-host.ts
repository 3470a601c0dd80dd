// Where reports are downloaded: another host than Graph's (reports.office.com in Microsoft's pages, "/data/download/…"), which
// needs no token, as its URL vouches for itself, and knows nothing of Graph.
import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { answerErrors } from '../answer-errors.ts';
import { formatDate } from '../clock.ts';
import { delayRequests, injectFaults, logRequests } from '../middleware.ts';
import { GraphError } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import { type ReportName, streamReportCsv } from './report-csv.ts';
import type { ReportDay } from './row-owner.ts';

interface Ticket {
  readonly report: ReportName;
  readonly day: ReportDay;
  /** Milliseconds of the tenant's time. */
  readonly issuedAt: number;
}

/** The downloads that were promised, by the ticket in their URL. */
export interface Downloads {
  readonly tickets: Map<string, Ticket>;
  /** Known as soon as the host listens. */
  port: number;
}

/** "Pre-authenticated download URLs are only valid for a short period of time (a few minutes)". */
const VALID_MS = 5 * 60_000;

/** The URL of a new ticket. `graphHost`: the name by which Graph was asked. */
export function issueDownload(
  { tenant, downloads, handedOut }: Site,
  graphHost: string,
  download: Omit<Ticket, 'issuedAt'>,
): string {
  const ticket = randomBytes(24).toString('base64url');
  handedOut.add(ticket);
  downloads.tickets.set(ticket, { ...download, issuedAt: tenant.clock.now() });
  const expires = formatDate(tenant.clock.today() + 1);
  return `https://${selectOtherName(graphHost)}:${downloads.port}/reports/download/${ticket}?sp=r&se=${expires}`;
}

/** Another name, too: clients that take a token along decide by the name alone (Go's net/http), or by the port as well. */
function selectOtherName(graphHost: string): string {
  return graphHost === '127.0.0.1' ? 'localhost' : '127.0.0.1';
}

/** The host as an application of its own, with the log and the faults of the tenant. */
export function createDownloadApp(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  answerErrors(app, site);
  app.use('*', logRequests(site), delayRequests(site), injectFaults(site));
  app.get('/reports/download/:ticket', (c) => sendReport(site, c));
  app.notFound(() => {
    throw new GraphError(404, 'NotFound', 'There are only downloads here. Graph is on another host.');
  });
  return app;
}

function sendReport({ tenant, downloads }: Site, c: Context<RequestEnv>): Response {
  requireNoToken(c);
  const ticket = downloads.tickets.get(c.req.param('ticket') ?? '');
  if (!ticket || tenant.clock.now() - ticket.issuedAt > VALID_MS) {
    throw new GraphError(403, 'AuthenticationFailed', 'Signature not valid in the specified time frame.');
  }
  const { report, day } = ticket;
  const etag = `"${report}-${formatDate(day.refreshDay)}-${day.period}-${day.onDay ?? ''}-${day.isConcealed}"`;
  if (c.req.header('if-none-match') === etag) return c.body(null, 304, { ETag: etag });
  return c.body(ReadableStream.from(streamReportCsv(tenant, report, day)), 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${report}.csv"`,
    ETag: etag,
  });
}

/**
 * They "don't require an Authorization header", and some of Microsoft's download hosts refuse one (iterate-ch/cyberduck 15829).
 * Whether that of the reports does is unverified: here it does, so that nobody's token is given away unnoticed.
 */
function requireNoToken(c: Context<RequestEnv>): void {
  if (c.req.header('authorization') === undefined) return;
  throw new GraphError(
    400,
    'InvalidAuthenticationInfo',
    'Authentication information is not given in the correct format. This URL is pre-authenticated: send no Authorization header.',
  );
}
