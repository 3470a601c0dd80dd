// The usage reports: Graph answers with a redirect to a pre-authenticated download on another host.
import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { formatDate, toDayNumber } from '../clock.ts';
import { permit } from '../graph/permissions.ts';
import { buildReportBudget, TENANT_REPORT_BUDGET } from '../metering/budgets.ts';
import { everyApp, requireBudget } from '../middleware.ts';
import { badRequest, GraphError } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import { REPORTS, type ReportName, streamReportCsv } from './report-csv.ts';
import type { ReportDay } from './row-owner.ts';

interface Ticket {
  readonly report: ReportName;
  readonly day: ReportDay;
  readonly issuedAt: number;
  readonly isElsewhere: boolean;
}

const VALID_MS = 5 * 60_000;
const CALL = /^(\w+)\((period|date)='?([\w-]+)'?\)$/;
const PERIODS: Readonly<Record<string, number>> = { D7: 7, D30: 30, D90: 90, D180: 180 };
const unauthorized = new GraphError(403, 'S2SUnauthorized', 'Invalid permission.');

interface ReportRoutes {
  /** Below /v1.0. */
  readonly graph: Hono<RequestEnv>;
  /** The download host, which needs no token. */
  readonly downloads: Hono<RequestEnv>;
}

/** `/reports/{call}` and the downloads it leads to. */
export function createReportRoutes(site: Site): ReportRoutes {
  const tickets = new Map<string, Ticket>();
  const graph = new Hono<RequestEnv>();
  const downloads = new Hono<RequestEnv>();
  graph.get('/reports/:call', permit('GET /reports/getOffice365ActiveUserDetail(period={value})', unauthorized), (c) =>
    redirectToDownload(site, c, tickets),
  );
  downloads.get('/reports/download/:ticket', (c) => sendReport(site, c, tickets));
  return { graph, downloads };
}

function redirectToDownload(
  { tenant, budgets, handedOut }: Site,
  c: Context<RequestEnv>,
  tickets: Map<string, Ticket>,
): Response {
  const { report, form, value } = parseCall(c.req.param('call') ?? '');
  requireBudget(budgets.charge(buildReportBudget(report), c.get('caller').appId, 1));
  requireBudget(budgets.charge(TENANT_REPORT_BUDGET, everyApp, 1));
  const { reportLags, reportLagDays } = tenant.switches;
  const refreshDay = tenant.clock.today() - (reportLags[report] ?? reportLagDays);
  const onDay = form === 'date' ? parseReportDay(value, refreshDay) : null;
  const period = form === 'period' ? parsePeriod(value) : 1;
  const { isInForce: isConcealed } = tenant.concealment;
  const url = new URL(c.req.url);
  const host = selectOtherHost(url);
  const ticket = randomBytes(24).toString('base64url');
  handedOut.add(ticket);
  tickets.set(ticket, {
    report,
    day: { refreshDay, period, onDay, isConcealed },
    issuedAt: tenant.clock.now(),
    isElsewhere: host !== url.host,
  });
  return c.body(null, 302, {
    'Content-Type': 'text/plain',
    Location: `${url.protocol}//${host}/reports/download/${ticket}?sp=r&se=${formatDate(tenant.clock.today() + 1)}`,
  });
}

function sendReport(site: Site, c: Context<RequestEnv>, tickets: Map<string, Ticket>): Response {
  const ticket = tickets.get(c.req.param('ticket') ?? '');
  if (!ticket || site.tenant.clock.now() - ticket.issuedAt > VALID_MS) {
    throw new GraphError(403, 'AuthenticationFailed', 'Signature not valid in the specified time frame.');
  }
  if (ticket.isElsewhere && c.req.header('authorization')) {
    throw new GraphError(
      400,
      'InvalidAuthenticationInfo',
      'Authentication information is not given in the correct format. This URL is pre-authenticated: send no Authorization header.',
    );
  }
  const { report, day } = ticket;
  const etag = `"${report}-${formatDate(day.refreshDay)}-${day.period}-${day.onDay ?? ''}-${day.isConcealed}"`;
  if (c.req.header('if-none-match') === etag) return c.body(null, 304, { ETag: etag });
  return c.body(ReadableStream.from(streamReportCsv(site.tenant, report, day)), 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${report}.csv"`,
    ETag: etag,
  });
}

/** Downloads are on another origin, so that a client that forwards its token there is noticed. */
function selectOtherHost({ hostname, host, port }: URL): string {
  if (hostname === 'localhost') return `127.0.0.1:${port}`;
  return hostname === '127.0.0.1' ? `localhost:${port}` : host;
}

function parseCall(call: string): { report: ReportName; form: string; value: string } {
  const [, name, form = '', value = ''] = CALL.exec(call) ?? [];
  const report = REPORTS.find((known) => known === name);
  if (!report) throw badRequest(`Resource not found for the segment '${call}'.`, 'BadRequest');
  if (form === 'date' && !hasDateForm(report)) {
    throw badRequest(`The function '${report}' has no parameter 'date'.`, 'BadRequest');
  }
  return { report, form, value };
}

function hasDateForm(report: ReportName): boolean {
  return report !== 'getMailboxUsageDetail';
}

function parsePeriod(value: string): number {
  const period = PERIODS[value];
  if (period !== undefined) return period;
  throw badRequest(`Invalid period value specified: '${value}'. Must be one of D7, D30, D90, D180.`, 'InvalidArgument');
}

function parseReportDay(value: string, refreshDay: number): number {
  const day = /^\d{4}-\d\d-\d\d$/.test(value) ? toDayNumber(value) : Number.NaN;
  if (day <= refreshDay && day > refreshDay - 30) return day;
  throw badRequest(
    `Invalid date value specified: '${value}'. Must be within the last 30 days of data.`,
    'InvalidArgument',
  );
}
