// /_emulator/switches, seats and github-oidc: the tenant's behaviour, licences bought, and
// a stand-in for GitHub's token issuer.
import { Hono } from 'hono';
import { badRequest } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import { ALL_SKUS } from '../tenant/skus.ts';
import { expandWeather } from '../weather/draw-weather.ts';
import { parseNumber, parseText, readJsonObject, requireShape } from './request-body.ts';
import { switchesSchema } from './rule-schemas.ts';

const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';

export function createSwitchRoutes({ tenant, bearers, identities, handedOut }: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.get('/switches', (c) => c.json(tenant.switches));
  app.patch('/switches', async (c) => {
    const given = requireShape(switchesSchema, await readJsonObject(c));
    Object.assign(tenant.switches, expandWeather(given, tenant.switches.quotaSpeed));
    return c.json(tenant.switches);
  });
  app.patch('/seats', async (c) => {
    const posted = await readJsonObject(c);
    const sku = ALL_SKUS.find(({ skuPartNumber }) => skuPartNumber === parseText(posted, 'skuPartNumber'));
    const enabled = parseNumber(posted, 'enabled');
    if (!sku || enabled === undefined) throw badRequest("'skuPartNumber' and 'enabled' must be given.", 'BadRequest');
    tenant.seats.buy(sku.skuId, enabled);
    return c.json({
      skuPartNumber: sku.skuPartNumber,
      enabled,
      consumed: tenant.seats.countConsumed(sku.skuId),
    });
  });
  app.get('/identities', (c) =>
    c.json(
      Object.fromEntries(
        Object.values(identities).map(({ name, clientId, objectId }) => [name, { clientId, objectId }]),
      ),
    ),
  );
  // ACTIONS_ID_TOKEN_REQUEST_URL points here in a workflow; the claims are in the query.
  app.get('/github-oidc', async (c) => {
    const sub = c.req.query('sub') ?? 'repo:contoso/dormant:environment:audit';
    const audience = c.req.query('audience') ?? 'api://AzureADTokenExchange';
    const value = await bearers.sign({ sub }, GITHUB_ISSUER, audience);
    handedOut.add(value);
    return c.json({ value });
  });
  return app;
}
