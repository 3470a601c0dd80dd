// What /users has beside the table of resources: its changes since a moment (user-delta.md).
import { type Context, Hono } from 'hono';
import { buildDeltaLink, buildNextLink, parseDeltaToken, parsePageToken } from '../odata/paging.ts';
import { parseQuery } from '../odata/query.ts';
import type { RequestEnv, Site } from '../site.ts';
import { answerJson } from './answer.ts';
import { permit } from './permissions.ts';
import { createUserWriter } from './user-json.ts';

const DEFAULT_PAGE = 100;

/** GET /users/delta. */
export function createUserRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.get('/users/delta', permit('GET /users/delta'), (c) => answerDelta(site, c));
  return app;
}

/** First everybody, page by page; then, with the token of the last page, whoever has been changed or deleted since. */
function answerDelta({ tenant }: Site, c: Context<RequestEnv>): Response {
  const { people } = tenant;
  const url = new URL(c.req.url);
  const query = parseQuery(url, undefined);
  const write = createUserWriter(tenant, { select: query.select });
  const since = parseDeltaToken(url.searchParams.get('$deltatoken'));
  const size = query.top ?? DEFAULT_PAGE;
  const start = parsePageToken(query.skipToken);
  const indexes = since === null ? people.listIndexes() : people.listChangedSince(since);
  const entries: string[] = [];
  let next: number | null = null;
  let place = 0;
  for (const index of indexes) {
    place += 1;
    if (place <= start) continue;
    if (entries.length === size) {
      next = place - 1;
      break;
    }
    if (people.has(index)) entries.push(write(people.get(index)));
    else if (since !== null) entries.push(`{"id":"${people.get(index).id}","@removed":{"reason":"changed"}}`);
  }
  const link =
    next === null
      ? `"@odata.deltaLink":${JSON.stringify(buildDeltaLink(url, people.revision))}`
      : `"@odata.nextLink":${JSON.stringify(buildNextLink(url, next))}`;
  const context = JSON.stringify(`${url.origin}/v1.0/$metadata#users`);
  return answerJson(c, `{"@odata.context":${context},${link},"value":[${entries.join(',')}]}`);
}
