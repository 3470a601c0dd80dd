// /_emulator/faults: rules by which requests fail.
import { Hono } from 'hono';
import { badRequest } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import { requireShape } from './request-body.ts';
import { faultSchema } from './rule-schemas.ts';

export function createFaultRoutes({ faults }: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.get('/faults', (c) => c.json({ faults: faults.list() }));
  app.post('/faults', async (c) => {
    const posted: unknown = await c.req.json().catch(() => {
      throw badRequest('The body is not valid JSON.', 'BadRequest');
    });
    const rules = [posted].flat().map((rule) => requireShape(faultSchema, rule));
    return c.json({ ids: rules.map((rule) => faults.add(rule)) }, 201);
  });
  app.delete('/faults/:id', (c) => {
    faults.remove(Number(c.req.param('id')));
    return c.body(null, 204);
  });
  app.delete('/faults', (c) => {
    faults.clear();
    return c.body(null, 204);
  });
  return app;
}
