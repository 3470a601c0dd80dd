// Directory objects by their ids, for clients that do not know the type.
import { Hono } from 'hono';
import type { RequestEnv, Site } from '../site.ts';
import { answer } from './answer.ts';
import { findDirectoryObject } from './directory-object.ts';
import { selectRuleView } from './group-json.ts';
import { permit } from './permissions.ts';
import { readBody } from './request-body.ts';

/** POST /directoryObjects/getByIds. */
export function createDirectoryRoutes({ tenant }: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
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
