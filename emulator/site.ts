// Everything a request can reach: the tenant and its server's parts. One per running emulator.
import type { Http2Bindings, HttpBindings } from '@hono/node-server';
import type { BearerTokens } from './entra/bearer-tokens.ts';
import type { Caller } from './entra/caller.ts';
import type { Identity } from './entra/identities.ts';
import type { PersonSessions } from './entra/people/person-sessions.ts';
import type { FaultInjector } from './faults/fault-injector.ts';
import type { Budgets } from './metering/budgets.ts';
import type { Outbox } from './metering/outbox.ts';
import type { LogEntry, RequestLog } from './metering/request-log.ts';
import type { PublicClientInput } from './options.ts';
import type { Downloads } from './reports/download-host.ts';
import type { Tenant } from './tenant/tenant.ts';
import type { WeatherFaults } from './weather/weather-faults.ts';

export interface Site {
  readonly tenant: Tenant;
  readonly identities: Readonly<Record<string, Identity>>;
  readonly bearers: BearerTokens;
  /** The public clients of the options. */
  readonly publicClients: readonly PublicClientInput[];
  readonly sessions: PersonSessions;
  readonly log: RequestLog;
  readonly faults: FaultInjector;
  readonly weather: WeatherFaults;
  readonly budgets: Budgets;
  readonly outbox: Outbox;
  readonly downloads: Downloads;
  /** Every issued token, code, assertion and download ticket: secrets that must be neither stored nor printed. */
  readonly handedOut: Set<string>;
  /** See EmulatorOptions. */
  readonly checksAnswers: boolean;
}

/** Hono's variables of each request. */
export interface RequestEnv {
  Bindings: HttpBindings | Http2Bindings;
  Variables: {
    requestId: string;
    entry: LogEntry;
    caller: Caller;
  };
}
