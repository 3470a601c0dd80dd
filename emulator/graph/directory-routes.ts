// Any directory object by its id, for clients that do not know the type.
import { Hono } from 'hono';
import { notFound } from '../odata/errors.ts';
import { parseQuery } from '../odata/query.ts';
import type { RequestEnv, Site } from '../site.ts';
import { answer } from './answer.ts';
import { findDirectoryObject } from './directory-object.ts';
import { selectRuleView } from './group-json.ts';
import { permit } from './permissions.ts';
import { readBody } from './request-body.ts';

/** /directoryObjects/{id} and /directoryObjects/getByIds. */
export function createDirectoryRoutes({ tenant }: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.get('/directoryObjects/:id', permit('GET /directoryObjects/{id}'), (c) => {
    const { select } = parseQuery(new URL(c.req.url), undefined);
    const found = findDirectoryObject(
      tenant,
      c.req.param('id'),
      select,
      selectRuleView(c.get('caller'), tenant.switches),
    );
    if (!found) throw notFound(c.req.param('id'));
    return answer(c, 'directoryObjects/$entity', found);
  });
  app.post('/directoryObjects/getByIds', permit('POST /directoryObjects/getByIds'), async (c) => {
    const { ids } = await readBody(c);
    const wanted = Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
    const view = selectRuleView(c.get('caller'), tenant.switches);
    const found = wanted.map((id) => findDirectoryObject(tenant, id, null, view));
    const value = found.filter((object) => object !== undefined);
    return answer(c, 'directoryObjects', { value });
  });
  return app;
}
