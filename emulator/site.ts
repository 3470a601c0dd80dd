// Everything a request can reach: the tenant and what stands around it. One per running emulator.
import type { HttpBindings } from '@hono/node-server';
import type { Bearers } from './entra/bearer.ts';
import type { Identity } from './entra/identities.ts';
import type { FaultBook } from './faults/fault-book.ts';
import type { Outbox } from './graph/outbox.ts';
import type { Budgets } from './metering/budgets.ts';
import type { LogEntry, RequestLog } from './metering/request-log.ts';
import type { Tenant } from './tenant/tenant.ts';

export interface Site {
  readonly tenant: Tenant;
  readonly identities: Readonly<Record<string, Identity>>;
  readonly bearers: Bearers;
  readonly log: RequestLog;
  readonly faults: FaultBook;
  readonly budgets: Budgets;
  readonly outbox: Outbox;
  /** Every access token, assertion and download ticket that was handed out: what nobody may keep or print. */
  readonly handedOut: Set<string>;
}

/** Who a request comes from: the application behind its token. */
export interface Caller {
  readonly appId: string;
  /** Object id of the service principal. */
  readonly objectId: string;
  readonly audience: 'graph' | 'exchange';
  /** Names of the app roles in the token. */
  readonly roles: ReadonlySet<string>;
}

/** What Hono carries along with each request. */
export interface Carried {
  Bindings: HttpBindings;
  Variables: {
    requestId: string;
    entry: LogEntry;
    caller: Caller;
  };
}
