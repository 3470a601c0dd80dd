// At most four requests of an app at a time to one mailbox: Microsoft's page on throttling limits, "Outlook service limits".
import type { MiddlewareHandler } from 'hono';
import { GraphError } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';

const MAX_CONCURRENT = 4;
const MAILBOX_ROUTE = /^\/[^/]+\/users\/([^/]+)\/(sendMail|mailboxSettings)(\/|$)/;

/** Comes before the middleware that takes time. */
export function limitMailboxRequests({ tenant, budgets }: Site): MiddlewareHandler<RequestEnv> {
  const present = new Map<string, number>();
  return async (c, next) => {
    const { path, appId } = c.get('entry');
    const who = MAILBOX_ROUTE.exec(path)?.[1];
    if (who === undefined || tenant.switches.budgets !== 'documented') return next();
    const key = `${appId} ${tenant.people.find(who)?.id ?? who}`;
    const inside = present.get(key) ?? 0;
    if (inside >= MAX_CONCURRENT) {
      budgets.countRefusal({ name: 'requests to a mailbox at a time', limit: MAX_CONCURRENT, windowSeconds: 0 }, key);
      throw new GraphError(429, 'ApplicationThrottled', 'Application is over its MailboxConcurrency limit.', {
        'Retry-After': '1',
      });
    }
    present.set(key, inside + 1);
    try {
      await next();
    } finally {
      present.set(key, (present.get(key) ?? 1) - 1);
    }
  };
}
