// /_emulator/clock: the tenant's now, read, set, or moved on.
import { Hono } from 'hono';
import { timestampOf } from '../clock.ts';
import { badRequest } from '../odata/errors.ts';
import type { Carried, Site } from '../site.ts';
import { numberOf, objectOf, textOf } from './posted.ts';

export function clockRoutes({ tenant: { clock } }: Site): Hono<Carried> {
  const app = new Hono<Carried>();
  const shown = () => ({ now: timestampOf(clock.now()), today: timestampOf(clock.now()).slice(0, 10) });
  app.get('/clock', (c) => c.json(shown()));
  app.post('/clock', async (c) => {
    const posted = await objectOf(c);
    const now = textOf(posted, 'now');
    if (now !== undefined) {
      if (Number.isNaN(Date.parse(now)))
        throw badRequest(`'${now}' is no date; write one like 2026-12-07T08:00:00Z.`);
      clock.set(now);
    }
    clock.advance({
      days: numberOf(posted, 'days') ?? 0,
      hours: numberOf(posted, 'hours') ?? 0,
      minutes: numberOf(posted, 'minutes') ?? 0,
      seconds: numberOf(posted, 'seconds') ?? 0,
    });
    return c.json(shown());
  });
  return app;
}
