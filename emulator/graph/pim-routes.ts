// PIM for Groups: who may activate membership or ownership of a group. Requests cover one group or one principal.
import { type Context, Hono } from 'hono';
import { badRequest, GraphError } from '../odata/errors.ts';
import { parseQuery } from '../odata/query.ts';
import type { RequestEnv, Site } from '../site.ts';
import type { GroupEligibility } from '../tenant/directory.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { answerPage } from './collection-page.ts';
import { findDirectoryObject } from './directory-object.ts';
import { permit } from './permissions.ts';
import { selectProperties } from './tenant-routes.ts';

const SCOPED = /\b(groupId|principalId)\s+eq\s+'/i;

/** /identityGovernance/privilegedAccess/group/eligibilitySchedules. */
export function createPimRoutes({ tenant }: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.get(
    '/identityGovernance/privilegedAccess/group/eligibilitySchedules',
    permit('GET /identityGovernance/privilegedAccess/group/eligibilitySchedules'),
    (c) => {
      requirePremiumP2(tenant);
      return answerEligibilities(c, tenant);
    },
  );
  return app;
}

/** PIM is part of Entra ID P2: without it there is no eligibility to read. */
export function requirePremiumP2({ switches }: Tenant): void {
  if (switches.premium && switches.premiumP2) return;
  throw new GraphError(
    400,
    'AadPremiumLicenseRequired',
    'The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.',
  );
}

/** The times of a PIM schedule. */
export function buildScheduleTimes(id: string): Record<string, unknown> {
  return {
    createdUsing: id,
    createdDateTime: '2025-02-01T09:00:00Z',
    modifiedDateTime: null,
    status: 'Provisioned',
    memberType: 'Direct',
    scheduleInfo: {
      startDateTime: '2025-02-01T09:00:00Z',
      recurrence: null,
      expiration: { type: 'noExpiration', endDateTime: null, duration: null },
    },
  };
}

function answerEligibilities(c: Context<RequestEnv>, tenant: Tenant): Response {
  const { filter, expand } = parseQuery(new URL(c.req.url), c.req.header('ConsistencyLevel'));
  if (!SCOPED.test(filter ?? ''))
    throw badRequest('The $filter has to scope the request to a groupId or a principalId.', 'BadRequest');
  const expanded = new Set(expand.map(({ property }) => property));
  const context = 'identityGovernance/privilegedAccess/group/eligibilitySchedules';
  return answerPage(c, context, {
    entries: [...tenant.directory.groupEligibilities.values()],
    write: buildSchedule,
    writeSelected: (entry, select) => ({
      ...selectProperties(buildSchedule(entry), select),
      ...(expanded.has('principal') ? { principal: findDirectoryObject(tenant, entry.principalId) ?? null } : {}),
      ...(expanded.has('group') ? { group: findDirectoryObject(tenant, entry.groupId) ?? null } : {}),
    }),
  });
}

function buildSchedule({ id, groupId, principalId, accessId }: GroupEligibility): Record<string, unknown> {
  return { id: `${groupId}_${accessId}_${id}`, groupId, principalId, accessId, ...buildScheduleTimes(id) };
}
