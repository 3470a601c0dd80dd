// The tenant as a whole: its subscriptions, the organisation, and whether reports hide names.
import { Hono } from 'hono';
import { badRequest } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';
import { parseQuery } from '../odata/query.ts';
import type { RequestEnv, Site } from '../site.ts';
import { PLANS } from '../tenant/service-plans.ts';
import { ALL_SKUS, isUnlisted, type Sku } from '../tenant/skus.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { answer } from './answer.ts';
import { permit } from './permissions.ts';

/** /subscribedSkus, /organization and /admin/reportSettings. */
export function createTenantRoutes({ tenant }: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.get('/subscribedSkus', permit('GET /subscribedSkus'), (c) => {
    const { select } = parseQuery(new URL(c.req.url), undefined);
    const value = ALL_SKUS.filter(
      (sku) => tenant.seats.countEnabled(sku.skuId) > 0 && !isUnlisted(sku, tenant.switches),
    ).map((sku) => selectProperties(buildSubscribedSku(tenant, sku), select));
    return answer(c, 'subscribedSkus', { value });
  });
  app.get('/organization', permit('GET /organization'), (c) => {
    const { select } = parseQuery(new URL(c.req.url), undefined);
    return answer(c, 'organization', { value: [selectProperties(buildOrganization(tenant), select)] });
  });
  app.get('/admin/reportSettings', permit('GET /admin/reportSettings'), (c) => {
    const settings = { displayConcealedNames: tenant.concealment.isSet };
    const isWrapped = c.req.path.startsWith('/beta/') && tenant.switches.betaReportSettings === 'in-value';
    return answer(c, 'admin/reportSettings/$entity', isWrapped ? { value: settings } : settings);
  });
  app.patch('/admin/reportSettings', permit('PATCH /admin/reportSettings'), async (c) => {
    const body: unknown = await c.req.json().catch(() => null);
    const value = isRecord(body) ? body.displayConcealedNames : undefined;
    if (typeof value !== 'boolean') throw badRequest('displayConcealedNames must be true or false.', 'BadRequest');
    tenant.concealment.set(value);
    return c.body(null, 204);
  });
  return app;
}

/** Only the selected properties, or all. */
export function selectProperties(
  object: Record<string, unknown>,
  select: readonly string[] | null,
): Record<string, unknown> {
  if (select === null) return object;
  return Object.fromEntries(select.map((name) => [name, object[name] ?? null]));
}

function buildSubscribedSku(tenant: Tenant, sku: Sku): Record<string, unknown> {
  return {
    accountId: tenant.id,
    accountName: 'contoso',
    appliesTo: 'User',
    capabilityStatus: 'Enabled',
    consumedUnits: tenant.seats.countConsumed(sku.skuId),
    id: `${tenant.id}_${sku.skuId}`,
    prepaidUnits: { enabled: tenant.seats.countEnabled(sku.skuId), suspended: 0, warning: 0, lockedOut: 0 },
    servicePlans: sku.plans.map((plan) => ({ ...plan, appliesTo: 'User', provisioningStatus: 'Success' })),
    skuId: sku.skuId,
    skuPartNumber: sku.skuPartNumber,
    subscriptionIds: [],
  };
}

function buildOrganization({ id, displayName, domain, switches }: Tenant): Record<string, unknown> {
  const premium = {
    assignedDateTime: '2021-03-01T09:00:00Z',
    capabilityStatus: 'Enabled',
    service: 'AADPremiumService',
    servicePlanId: PLANS.entraP1.servicePlanId,
  };
  return {
    id,
    displayName,
    assignedPlans: switches.premium ? [premium] : [],
    countryLetterCode: 'GB',
    createdDateTime: '2021-03-01T09:00:00Z',
    onPremisesSyncEnabled: true,
    tenantType: 'AAD',
    verifiedDomains: [
      { capabilities: 'Email', isDefault: true, isInitial: false, name: domain, type: 'Managed' },
      {
        capabilities: 'Email',
        isDefault: false,
        isInitial: true,
        name: 'contoso.onmicrosoft.com',
        type: 'Managed',
      },
    ],
  };
}
