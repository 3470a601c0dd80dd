// Conditional Access policies: made, checked, changed and deleted. They block no sign-in here.
import { type Context, Hono } from 'hono';
import { notFound } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import type { DirectoryObject } from '../tenant/directory.ts';
import { formatTenantNow } from '../tenant/tenant.ts';
import { requireAccess } from './access.ts';
import { answer } from './answer.ts';
import { buildPolicy } from './conditional-access-policy.ts';
import { pickKnownProperties } from './directory-object.ts';
import { readBody } from './request-body.ts';

const PATH = '/identity/conditionalAccess/policies';
const CONTEXT = 'identity/conditionalAccess/policies';
const TYPE = 'conditionalAccessPolicy';

/** Writes to /identity/conditionalAccess/policies, which need Policy.Read.All besides. */
export function createConditionalAccessRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const { policies, createId } = site.tenant.directory;
  const mayWrite = [
    requireAccess({ permissions: ['Policy.ReadWrite.ConditionalAccess'] }),
    requireAccess({ permissions: ['Policy.Read.All'] }),
  ] as const;
  app.post(PATH, ...mayWrite, async (c) => {
    const properties = buildPolicy(site.tenant, {}, pickKnownProperties(TYPE, await readBody(c)));
    const policy: DirectoryObject = {
      id: createId(),
      properties: { ...properties, createdDateTime: formatTenantNow(site.tenant), modifiedDateTime: null },
      owners: new Set(),
    };
    policies.set(policy.id, policy);
    return answer(c, `${CONTEXT}/$entity`, toPolicyBody(policy), 201);
  });
  app.patch(`${PATH}/:id`, ...mayWrite, async (c) => {
    const policy = requirePolicy(site, c);
    const sent = pickKnownProperties(TYPE, await readBody(c));
    const properties = buildPolicy(site.tenant, policy.properties, sent);
    const modifiedDateTime = formatTenantNow(site.tenant);
    policies.set(policy.id, { ...policy, properties: { ...properties, modifiedDateTime } });
    return c.body(null, 204);
  });
  app.delete(`${PATH}/:id`, ...mayWrite, (c) => {
    policies.delete(requirePolicy(site, c).id);
    return c.body(null, 204);
  });
  return app;
}

function requirePolicy({ tenant }: Site, c: Context<RequestEnv>): DirectoryObject {
  const id = c.req.param('id') ?? '';
  const found = tenant.directory.policies.get(id);
  if (!found) throw notFound(id);
  return found;
}

function toPolicyBody({ id, properties }: DirectoryObject): Record<string, unknown> {
  return { id, ...properties };
}
