// Any directory object by its id: what clients ask when they do not know the type.

import { Hono } from 'hono';
import { notFound } from '../odata/errors.ts';
import { queryOf } from '../odata/query.ts';
import type { Carried, Site } from '../site.ts';
import { answer } from './answer.ts';
import { directoryObject } from './directory-object.ts';
import { ruleView } from './group-json.ts';
import { permit } from './permissions.ts';
import { postedBody } from './posted-body.ts';

/** /directoryObjects/{id} and /directoryObjects/getByIds. */
export function directoryRoutes({ tenant }: Site): Hono<Carried> {
  const app = new Hono<Carried>();
  app.get('/directoryObjects/:id', permit('GET /directoryObjects/{id}'), (c) => {
    const { select } = queryOf(new URL(c.req.url), undefined);
    const found = directoryObject(
      tenant,
      c.req.param('id'),
      select,
      ruleView(c.get('caller'), tenant.switches),
    );
    if (!found) throw notFound(c.req.param('id'));
    return answer(c, 'directoryObjects/$entity', found);
  });
  app.post('/directoryObjects/getByIds', permit('POST /directoryObjects/getByIds'), async (c) => {
    const { ids } = await postedBody(c);
    const wanted = Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
    const view = ruleView(c.get('caller'), tenant.switches);
    const found = wanted.map((id) => directoryObject(tenant, id, null, view));
    const value = found.filter((object) => object !== undefined);
    return answer(c, 'directoryObjects', { value });
  });
  return app;
}
