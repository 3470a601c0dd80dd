// At most four requests of an app at a time to one mailbox: Microsoft's page on throttling limits, "Outlook service limits".
import type { MiddlewareHandler } from 'hono';
import { GraphError } from '../odata/errors.ts';
import type { Carried, Site } from '../site.ts';

const MOST = 4;
const MAILBOX_ROUTE = /^\/[^/]+\/users\/([^/]+)\/(sendMail|mailboxSettings)(\/|$)/;

/** Stands before whatever takes time. */
export function crowded({ tenant, budgets }: Site): MiddlewareHandler<Carried> {
  const present = new Map<string, number>();
  return async (c, next) => {
    const { path, appId } = c.get('entry');
    const who = MAILBOX_ROUTE.exec(path)?.[1];
    if (who === undefined || tenant.switches.budgets !== 'documented') return next();
    const key = `${appId} ${tenant.people.find(who)?.id ?? who}`;
    const inside = present.get(key) ?? 0;
    if (inside >= MOST) {
      budgets.refuse({ name: 'requests to a mailbox at a time', limit: MOST, windowSeconds: 0 }, key);
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
