// Deleted users can be restored for 30 days (directory-deleteditems-restore.md of graph-docs-contrib).
import { Hono } from 'hono';
import { notFound } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import { restoreAccount } from '../tenant/account-changes.ts';
import { answer } from './answer.ts';
import { permit } from './permissions.ts';
import { buildDeletedUser, listDeleted } from './resources/tenant-resources.ts';

/** POST /directory/deletedItems/{id}/restore. */
export function createDeletedRoutes({ tenant }: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.post('/directory/deletedItems/:id/restore', permit('POST /directory/deletedItems/{id}/restore'), (c) => {
    const id = c.req.param('id').toLowerCase();
    const person = listDeleted(tenant).find((each) => each.id.toLowerCase() === id);
    if (!person) throw notFound(id);
    restoreAccount(tenant, person);
    return answer(c, 'directoryObjects/$entity', buildDeletedUser(person, null));
  });
  return app;
}
