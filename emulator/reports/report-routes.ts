// The usage reports: Graph answers with a redirect to a pre-authenticated download on another host.
import { type Context, Hono } from 'hono';
import { toDayNumber } from '../clock.ts';
import { permit } from '../graph/permissions.ts';
import { buildReportBudget, TENANT_REPORT_BUDGET } from '../metering/budgets.ts';
import { everyApp, requireBudget } from '../middleware.ts';
import { badRequest, GraphError } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import { issueDownload } from './download-host.ts';
import { REPORTS, type ReportName } from './report-csv.ts';

const CALL = /^(\w+)\((period|date)='?([\w-]+)'?\)$/;
const PERIODS: Readonly<Record<string, number>> = { D7: 7, D30: 30, D90: 90, D180: 180 };
const unauthorized = new GraphError(403, 'S2SUnauthorized', 'Invalid permission.');

/** `/reports/{call}`, below a version. */
export function createReportRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.get('/reports/:call', permit('GET /reports/getOffice365ActiveUserDetail(period={value})', unauthorized), (c) =>
    redirectToDownload(site, c),
  );
  return app;
}

function redirectToDownload(site: Site, c: Context<RequestEnv>): Response {
  const { tenant, budgets } = site;
  const { report, form, value } = parseCall(c.req.param('call') ?? '');
  requireBudget(budgets.charge(buildReportBudget(report), c.get('caller').appId, 1));
  requireBudget(budgets.charge(TENANT_REPORT_BUDGET, everyApp, 1));
  const { reportLags, reportLagDays } = tenant.switches;
  const refreshDay = tenant.clock.today() - (reportLags[report] ?? reportLagDays);
  const onDay = form === 'date' ? parseReportDay(value, refreshDay) : null;
  const period = form === 'period' ? parsePeriod(value) : 1;
  const { isInForce: isConcealed } = tenant.concealment;
  const day = { refreshDay, period, onDay, isConcealed };
  const location = issueDownload(site, new URL(c.req.url).hostname, { report, day });
  return c.body(null, 302, { 'Content-Type': 'text/plain', Location: location });
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
