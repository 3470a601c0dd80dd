// PIM for Groups: who may make themselves a member or an owner of a group, for a while. One group or one principal at a time.

import { type Context, Hono } from 'hono';
import { badRequest, GraphError } from '../odata/errors.ts';
import { queryOf } from '../odata/query.ts';
import type { Carried, Site } from '../site.ts';
import type { GroupEligibility } from '../tenant/directory.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { answerPage } from './collection-page.ts';
import { directoryObject } from './directory-object.ts';
import { permit } from './permissions.ts';
import { chosen } from './tenant-routes.ts';

const SCOPED = /\b(groupId|principalId)\s+eq\s+'/i;

/** /identityGovernance/privilegedAccess/group/eligibilitySchedules. */
export function pimRoutes({ tenant }: Site): Hono<Carried> {
  const app = new Hono<Carried>();
  app.get(
    '/identityGovernance/privilegedAccess/group/eligibilitySchedules',
    permit('GET /identityGovernance/privilegedAccess/group/eligibilitySchedules'),
    (c) => {
      requirePremiumP2(tenant);
      return eligible(c, tenant);
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

/** What every schedule of PIM says of its time. */
export function describeSchedule(id: string): Record<string, unknown> {
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

function eligible(c: Context<Carried>, tenant: Tenant): Response {
  const { filter, expand } = queryOf(new URL(c.req.url), c.req.header('ConsistencyLevel'));
  if (!SCOPED.test(filter ?? ''))
    throw badRequest('The $filter has to scope the request to a groupId or a principalId.', 'BadRequest');
  const expanded = new Set(expand.map(({ property }) => property));
  const all = [...tenant.directory.groupEligibilities.values()];
  const context = 'identityGovernance/privilegedAccess/group/eligibilitySchedules';
  return answerPage(c, context, all, schedule, (entry, select) => ({
    ...chosen(schedule(entry), select),
    ...(expanded.has('principal') ? { principal: directoryObject(tenant, entry.principalId) ?? null } : {}),
    ...(expanded.has('group') ? { group: directoryObject(tenant, entry.groupId) ?? null } : {}),
  }));
}

function schedule({ id, groupId, principalId, accessId }: GroupEligibility): Record<string, unknown> {
  return { id: `${groupId}_${accessId}_${id}`, groupId, principalId, accessId, ...describeSchedule(id) };
}
