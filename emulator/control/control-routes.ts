// The routes by which a test or a story controls the tenant from outside: /_emulator/*.
import { Hono } from 'hono';
import type { RequestEnv, Site } from '../site.ts';
import { createClockRoutes } from './clock-routes.ts';
import { createFaultRoutes } from './fault-routes.ts';
import { createGroupControlRoutes } from './group-routes.ts';
import { createPeopleRoutes } from './people-routes.ts';
import { createRecordRoutes } from './record-routes.ts';
import { requireLoopback } from './require-loopback.ts';
import { createSwitchRoutes } from './switch-routes.ts';

/** All control routes. They need no token, and are for this machine alone. */
export function createControlRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.use('*', requireLoopback);
  for (const routes of [
    createClockRoutes,
    createPeopleRoutes,
    createFaultRoutes,
    createGroupControlRoutes,
    createRecordRoutes,
    createSwitchRoutes,
  ]) {
    app.route('/', routes(site));
  }
  return app;
}
