// Whether usage reports hide names.
import { Hono } from 'hono';
import { badRequest } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';
import type { RequestEnv, Site } from '../site.ts';
import { answer } from './answer.ts';
import { permit } from './permissions.ts';

/** /admin/reportSettings. */
export function createReportSettingsRoutes({ tenant }: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.get('/admin/reportSettings', permit('GET /admin/reportSettings'), (c) => {
    const settings = { displayConcealedNames: tenant.concealment.isShownSet };
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
