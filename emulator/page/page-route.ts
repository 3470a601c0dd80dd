// The page for people at the server's address: who is in the tenant, what time it is there, how it is set, and what it was
// asked last.
import { Hono } from 'hono';
import { requireLoopback } from '../control/require-loopback.ts';
import type { RequestEnv, Site } from '../site.ts';
import { findPeople } from './find-people.ts';
import { renderPage } from './render-page.ts';

const LAST_REQUESTS = 30;

/** Nothing of the page comes from elsewhere, and nothing in a name can become code. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'";

export function createPageRoute(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.get('/', requireLoopback, (c) => {
    const found = findPeople(site.tenant, c.req.query('q') ?? '', Number(c.req.query('page') ?? 1));
    const requests = site.log.listEntries().slice(-LAST_REQUESTS).reverse();
    const { origin } = new URL(c.req.url);
    c.header('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    c.header('Cache-Control', 'no-store');
    return c.html(renderPage({ tenant: site.tenant, origin, found, requests }));
  });
  return app;
}
