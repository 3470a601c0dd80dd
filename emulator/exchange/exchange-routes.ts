// Exchange Online's admin endpoint, as its PowerShell module uses it: one POST that runs a cmdlet.
import { type Context, Hono } from 'hono';
import { getExchangeHost } from '../clouds.ts';
import { requireToken } from '../middleware.ts';
import { GraphError } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';
import { buildNextLink, parsePageToken } from '../odata/paging.ts';
import type { RequestEnv, Site } from '../site.ts';
import { answerFromReplica } from '../weather/answer-from-replica.ts';
import { requireCmdlet } from './cmdlet-access.ts';
import { buildCmdletErrorBody, CmdletError } from './cmdlet-error.ts';
import type { CmdletCall } from './cmdlets.ts';

const PAGE = 1000;

/** `/adminapi/beta/{tenantId}/InvokeCommand`. */
export function createExchangeRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.use('/adminapi/*', requireToken(site, 'exchange'), answerFromReplica(site));
  app.post('/adminapi/beta/:tenant/InvokeCommand', (c) => invokeCmdlet(site, c));
  return app;
}

async function invokeCmdlet(site: Site, c: Context<RequestEnv>): Promise<Response> {
  const { tenant } = site;
  requireHost(site, c);
  if (c.req.param('tenant')?.toLowerCase() !== tenant.id && c.req.param('tenant') !== tenant.domain) {
    throw new GraphError(403, 'Forbidden', 'The tenant of the URL is not the tenant of the token.');
  }
  const moved = findRedirect(site, c);
  if (moved) return moved;
  requireAnchor(site, c);
  const call = parseCmdletInput(await c.req.json().catch(() => null));
  try {
    const { run, parameters } = requireCmdlet(site, c.get('caller'), call);
    const url = new URL(c.req.url);
    const page = run(tenant, parameters, {
      start: parsePageToken(url.searchParams.get('$skiptoken')),
      size: readPageSize(c),
    });
    return c.json({
      '@odata.context': `${url.origin}/adminapi/beta/${tenant.id}/$metadata#Collection(Exchange.GenericHashTable)`,
      'adminapi.warnings@odata.type': '#Collection(String)',
      '@adminapi.warnings': [],
      ...(page.next === null ? {} : { '@odata.nextLink': buildNextLink(url, page.next) }),
      value: page.value.map((object) => selectProperties(object, url.searchParams.get('$select'))),
    });
  } catch (error) {
    if (error instanceof CmdletError) return c.json(buildCmdletErrorBody(error), error.status === 404 ? 404 : 400);
    throw error;
  }
}

/** All hosts are served here: the token's audience shows which of them was meant. */
function requireHost({ tenant }: Site, c: Context<RequestEnv>): void {
  const isMeant = c.get('caller').resource === getExchangeHost(tenant.cloud, tenant.switches);
  if (isMeant || tenant.cloud === 'global') return;
  if (tenant.switches.otherExchangeHost === 404) throw new GraphError(404, 'NotFound', 'Not Found');
  throw new GraphError(401, 'InvalidAuthenticationToken', 'The audience is invalid.');
}

/** Some tenants are served by `<prefix>.outlook.office365.com` at the same path: here by the other loopback name. */
function findRedirect({ tenant }: Site, c: Context<RequestEnv>): Response | null {
  const { exchangeRedirect } = tenant.switches;
  const { hostname, port, pathname, search } = new URL(c.req.url);
  if (exchangeRedirect === null || hostname !== 'localhost') return null;
  return c.redirect(`https://127.0.0.1:${port}${pathname}${search}`, exchangeRedirect);
}

/** The anchor routes a call to the mailbox's server, so one of another organisation is refused. */
function requireAnchor({ tenant }: Site, c: Context<RequestEnv>): void {
  if (tenant.switches.exchangeAnchor === 'optional') return;
  const anchor = c.req.header('x-anchormailbox')?.trim() ?? '';
  const organization = /^APP:SystemMailbox\{.*\}@(.*)$/i.exec(anchor)?.[1]?.toLowerCase();
  const names = [tenant.id, tenant.domain, 'contoso.onmicrosoft.com'];
  if (anchor !== '' && (organization === undefined || names.includes(organization))) return;
  throw new GraphError(
    400,
    'ErrorIncorrectRoutingHint',
    `The x-anchor mailbox '${anchor}' does not match the target of the request.`,
  );
}

/** The properties of `$select`, as CIPP's New-ExoRequest sends it; names that an object does not have are ignored. */
function selectProperties(object: Record<string, unknown>, select: string | null): Record<string, unknown> {
  if (!select) return object;
  const names = new Set(select.split(',').map((name) => name.trim().toLowerCase()));
  return Object.fromEntries(Object.entries(object).filter(([name]) => names.has(name.toLowerCase())));
}

function parseCmdletInput(body: unknown): CmdletCall {
  const input = isRecord(body) ? body.CmdletInput : undefined;
  if (!isRecord(input) || typeof input.CmdletName !== 'string') {
    throw new GraphError(400, 'BadRequest', 'CmdletInput.CmdletName is missing.');
  }
  const args = isRecord(input.Parameters) ? Object.entries(input.Parameters) : [];
  return {
    name: input.CmdletName,
    args: Object.fromEntries(args.filter(([key]) => !key.includes('@'))),
  };
}

function readPageSize(c: Context<RequestEnv>): number {
  const maxPageSize = /odata\.maxpagesize=(\d+)/.exec(c.req.header('prefer') ?? '')?.[1];
  return Math.min(Number(maxPageSize ?? PAGE), PAGE) || PAGE;
}
