// The routes by which a test or a story moves the tenant from outside: /_emulator/*.
import { Hono } from 'hono';
import type { Carried, Site } from '../site.ts';
import { clockRoutes } from './clock-routes.ts';
import { faultRoutes } from './fault-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { recordRoutes } from './record-routes.ts';
import { switchRoutes } from './tenant-switches.ts';

/** All control routes. They need no token: the server listens on the loopback address only. */
export function controlRoutes(site: Site): Hono<Carried> {
  const app = new Hono<Carried>();
  for (const routes of [clockRoutes, peopleRoutes, faultRoutes, recordRoutes, switchRoutes]) {
    app.route('/', routes(site));
  }
  return app;
}
