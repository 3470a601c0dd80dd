// Conditional Access policies: kept as they were posted. They do not block anybody's sign-in here.

import { type Context, Hono } from 'hono';
import { allow } from '../gates.ts';
import { badRequest, notFound } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';
import { typeNamed } from '../odata/schema.ts';
import type { Carried, Site } from '../site.ts';
import type { DirectoryObject } from '../tenant/directory.ts';
import { stampOf } from '../tenant/tenant.ts';
import { answer } from './answer.ts';
import { answerPage } from './collection-page.ts';
import { keptProperties } from './directory-object.ts';
import { permit } from './permissions.ts';
import { postedBody } from './posted-body.ts';

const PATH = '/identity/conditionalAccess/policies';
const CONTEXT = 'identity/conditionalAccess/policies';

/** /identity/conditionalAccess/policies. Writing needs Policy.Read.All besides. */
export function conditionalAccessRoutes(site: Site): Hono<Carried> {
  const app = new Hono<Carried>();
  const { policies, newId } = site.tenant.directory;
  const mayWrite = [allow(['Policy.ReadWrite.ConditionalAccess']), allow(['Policy.Read.All'])] as const;
  app.get(PATH, permit('GET /identity/conditionalAccess/policies'), (c) =>
    answerPage(c, CONTEXT, [...policies.values()], shown, shown),
  );
  app.get(`${PATH}/:id`, permit('GET /identity/conditionalAccess/policies/{id}'), (c) =>
    answer(c, `${CONTEXT}/$entity`, shown(policyOf(site, c))),
  );
  app.post(PATH, ...mayWrite, async (c) => {
    const properties = checked(keptProperties('conditionalAccessPolicy', await postedBody(c)));
    const policy: DirectoryObject = {
      id: newId(),
      properties: { ...properties, createdDateTime: stampOf(site.tenant), modifiedDateTime: null },
      owners: new Set(),
    };
    policies.set(policy.id, policy);
    return answer(c, `${CONTEXT}/$entity`, shown(policy), 201);
  });
  app.patch(`${PATH}/:id`, ...mayWrite, async (c) => {
    const { properties } = policyOf(site, c);
    Object.assign(properties, keptProperties('conditionalAccessPolicy', await postedBody(c)), {
      modifiedDateTime: stampOf(site.tenant),
    });
    return c.body(null, 204);
  });
  app.delete(`${PATH}/:id`, ...mayWrite, (c) => {
    policies.delete(policyOf(site, c).id);
    return c.body(null, 204);
  });
  return app;
}

function checked(properties: Record<string, unknown>): Record<string, unknown> {
  const { displayName, state, conditions } = properties;
  const states = typeNamed('conditionalAccessPolicyState')?.enum ?? [];
  if (typeof displayName !== 'string' || typeof state !== 'string' || !states.includes(state)) {
    throw badRequest('1007: The policy needs a displayName and a state.', 'BadRequest');
  }
  const users = isRecord(conditions) ? conditions.users : undefined;
  if (!isRecord(users)) throw badRequest('1011: The policy contains no user conditions.', 'BadRequest');
  return { grantControls: null, sessionControls: null, ...properties };
}

function policyOf({ tenant }: Site, c: Context<Carried>): DirectoryObject {
  const id = c.req.param('id') ?? '';
  const found = tenant.directory.policies.get(id);
  if (!found) throw notFound(id);
  return found;
}

function shown({ id, properties }: DirectoryObject): Record<string, unknown> {
  return { id, ...properties };
}
