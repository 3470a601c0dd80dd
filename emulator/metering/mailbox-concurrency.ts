// At most four requests of an app at a time to mailboxes: Microsoft's page on throttling limits, "Outlook service limits".
import type { MiddlewareHandler } from 'hono';
import { GraphError } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';

const MAX_CONCURRENT = 4;
const MAILBOX_ROUTE = /^\/[^/]+\/users\/([^/]+)\/(sendMail|mailboxSettings)(\/|$)/;

/**
 * Comes before the middleware that takes time. Items of a $batch wait for each other: "the service executes up to 4 requests
 * in parallel at any point".
 */
export function limitMailboxRequests({ tenant, budgets }: Site): MiddlewareHandler<RequestEnv> {
  const present = new Map<string, number>();
  const waiting = new Map<string, (() => void)[]>();
  return async (c, next) => {
    const { path, appId, batch } = c.get('entry');
    const who = MAILBOX_ROUTE.exec(path)?.[1];
    if (who === undefined || tenant.switches.budgets !== 'documented') return next();
    const isPerApp = tenant.switches.mailboxConcurrency === 'per-app';
    const key = isPerApp ? `${appId}` : `${appId} ${tenant.people.find(who)?.id ?? who}`;
    while ((present.get(key) ?? 0) >= MAX_CONCURRENT) {
      if (batch === null) {
        budgets.countRefusal({ name: 'requests to a mailbox at a time', limit: MAX_CONCURRENT, windowSeconds: 0 }, key);
        throw new GraphError(429, 'ApplicationThrottled', 'Application is over its MailboxConcurrency limit.', {
          'Retry-After': '1',
        });
      }
      await new Promise<void>((resolve) => waiting.set(key, [...(waiting.get(key) ?? []), resolve]));
    }
    present.set(key, (present.get(key) ?? 0) + 1);
    try {
      await next();
    } finally {
      present.set(key, (present.get(key) ?? 1) - 1);
      for (const goOn of waiting.get(key) ?? []) goOn();
      waiting.delete(key);
    }
  };
}
