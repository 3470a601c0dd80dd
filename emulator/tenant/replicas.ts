// Reads that are behind writes. Entra takes a write, copies it to its replicas afterwards, and answers each read from one of
// them (devblogs.microsoft.com/identity, "Designing for Eventual Consistency for Microsoft Entra"; the notes on replication
// delays of the pages "List users", "List groups" and "List unifiedRoleAssignments"). So an older value can follow a newer one.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../clock.ts';
import type { Switches } from '../options.ts';

/** On its way to the replicas: from `since` the first has a write, from `until` (ms of the tenant's time) all have it. */
export interface Lag {
  readonly since: number;
  readonly until: number;
}

/** The replica that answers a request. */
export interface Replica {
  readonly clock: Clock;
  /** After which share of the delay a write comes to it: 0 is the one that took it, 1 the last. */
  readonly place: number;
  /** A write sees what is there now, but for objects that are too new to be found by their id. */
  readonly isForWrite: boolean;
}

const answering = new AsyncLocalStorage<Replica>();

/** Answers a request from this replica. What is read outside of a request is what is there now. */
export function answerFrom<T>(replica: Replica, answer: () => T): T {
  return answering.run(replica, answer);
}

/**
 * The delays of a tenant's writes, as its switches say; null: everybody sees the write at once. So it is with what no request
 * has written, as if it had been so for long, but for roles, holds and licences.
 */
export interface Lags {
  /** Of people, groups and their members, applications and their grants, ended sessions. */
  directory(): Lag | null;
  policies(): Lag | null;
  roles(): Lag | null;
  holds(): Lag | null;
  settings(): Lag | null;
  mailboxTypes(): Lag | null;
  /** `since`: when the assignment was made. */
  licenses(since: number): Lag | null;
  /** What is there by now was there for long. */
  begin(): void;
}

export function createLags(clock: Clock, switches: Switches): Lags {
  let hasBegun = false;
  const startLag = (seconds: number, since = clock.now()) =>
    hasBegun && seconds > 0 ? { since, until: since + seconds * 1000 } : null;
  const start = (seconds: number) => (answering.getStore() === undefined ? null : startLag(seconds));
  return {
    directory: () => start(switches.directoryDelaySeconds),
    policies: () => start(switches.policyDelaySeconds),
    settings: () => start(switches.settingDelaySeconds),
    roles: () => startLag(switches.roleDelaySeconds),
    holds: () => startLag(switches.holdDelaySeconds),
    mailboxTypes: () => startLag(switches.conversionDelaySeconds),
    licenses: (since) => startLag(switches.licenseDelaySeconds, since),
    begin() {
      hasBegun = true;
    },
  };
}

/** Whether the replica of this request is still without what was written. */
function isWithout({ since, until }: Lag): boolean {
  const replica = answering.getStore();
  return replica !== undefined && replica.clock.now() < since + replica.place * (until - since);
}

function isReading(): boolean {
  return answering.getStore()?.isForWrite === false;
}

/** The values that something had before its last writes, for replicas that are without them. */
export class FormerValues<T> {
  #writes: { readonly before: T; readonly lag: Lag }[] = [];

  /** Notes a write: `before` is what replicas show until they have it. */
  note(before: T, lag: Lag | null): void {
    if (lag === null) return;
    this.#writes = this.#writes.filter(({ lag: { until } }) => until > lag.since);
    this.#writes.push({ before, lag });
  }

  /** What a read is answered; `now` is the value as it is. */
  show(now: T): T {
    const missing = isReading() ? this.#findFirstMissing() : undefined;
    return missing ? missing.before : now;
  }

  /** As `show`, and also for a write, which does not find what its replica has never had. */
  showById(now: T): T {
    const missing = this.#findFirstMissing();
    return missing && (isReading() || missing.before === undefined) ? missing.before : now;
  }

  /** Writes come to a replica in their order: the first that is missing hides all after it. */
  #findFirstMissing() {
    return this.#writes.find(({ lag }) => isWithout(lag));
  }
}
