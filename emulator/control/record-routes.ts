// /_emulator/log, outbox and budgets: the requests, the mails, and the use of budgets.
import { Hono } from 'hono';
import type { RequestEnv, Site } from '../site.ts';

export function createRecordRoutes({ log, outbox, budgets }: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.get('/log', (c) => {
    const after = c.req.query('after');
    const entries = log.listEntries({
      method: c.req.query('method'),
      path: c.req.query('path'),
      identity: c.req.query('identity'),
      after: after === undefined ? undefined : Number(after),
    });
    return c.json({ last: log.last, entries });
  });
  app.get('/log/counters', (c) => c.json(log.getCounters()));
  app.delete('/log', (c) => {
    log.clear();
    return c.body(null, 204);
  });
  app.get('/outbox', (c) => c.json({ mails: outbox.list() }));
  app.delete('/outbox', (c) => {
    outbox.clear();
    return c.body(null, 204);
  });
  app.get('/budgets', (c) => c.json({ budgets: budgets.listUse() }));
  return app;
}
