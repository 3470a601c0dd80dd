// Conditional Access policies: checked and kept. They do not block anybody's sign-in here.
import { type Context, Hono } from 'hono';
import { allow } from '../gates.ts';
import { notFound } from '../odata/errors.ts';
import type { Carried, Site } from '../site.ts';
import type { DirectoryObject } from '../tenant/directory.ts';
import { stampOf } from '../tenant/tenant.ts';
import { answer } from './answer.ts';
import { answerPage } from './collection-page.ts';
import { checkedPolicy } from './conditional-access-policy.ts';
import { keptProperties } from './directory-object.ts';
import { permit } from './permissions.ts';
import { postedBody } from './posted-body.ts';

const PATH = '/identity/conditionalAccess/policies';
const CONTEXT = 'identity/conditionalAccess/policies';
const TYPE = 'conditionalAccessPolicy';

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
    const properties = checkedPolicy(site.tenant, {}, keptProperties(TYPE, await postedBody(c)));
    const policy: DirectoryObject = {
      id: newId(),
      properties: { ...properties, createdDateTime: stampOf(site.tenant), modifiedDateTime: null },
      owners: new Set(),
    };
    policies.set(policy.id, policy);
    return answer(c, `${CONTEXT}/$entity`, shown(policy), 201);
  });
  app.patch(`${PATH}/:id`, ...mayWrite, async (c) => {
    const policy = policyOf(site, c);
    const sent = keptProperties(TYPE, await postedBody(c));
    const properties = checkedPolicy(site.tenant, policy.properties, sent);
    policy.properties = { ...properties, modifiedDateTime: stampOf(site.tenant) };
    return c.body(null, 204);
  });
  app.delete(`${PATH}/:id`, ...mayWrite, (c) => {
    policies.delete(policyOf(site, c).id);
    return c.body(null, 204);
  });
  return app;
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
