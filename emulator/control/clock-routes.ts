// /_emulator/clock: reads, sets or advances the tenant's time.
import { Hono } from 'hono';
import { formatTimestamp } from '../clock.ts';
import { badRequest } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import { parseNumber, parseText, readJsonObject } from './request-body.ts';

export function createClockRoutes({ tenant: { clock } }: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const buildClockBody = () => ({
    now: formatTimestamp(clock.now()),
    today: formatTimestamp(clock.now()).slice(0, 10),
  });
  app.get('/clock', (c) => c.json(buildClockBody()));
  app.post('/clock', async (c) => {
    const posted = await readJsonObject(c);
    const now = parseText(posted, 'now');
    if (now !== undefined) {
      if (Number.isNaN(Date.parse(now)))
        throw badRequest(`'${now}' is not a date; write it like 2026-12-07T08:00:00Z.`);
      clock.set(now);
    }
    clock.advance({
      days: parseNumber(posted, 'days') ?? 0,
      hours: parseNumber(posted, 'hours') ?? 0,
      minutes: parseNumber(posted, 'minutes') ?? 0,
      seconds: parseNumber(posted, 'seconds') ?? 0,
    });
    return c.json(buildClockBody());
  });
  return app;
}
