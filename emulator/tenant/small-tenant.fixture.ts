// For tests: a tenant of a few people without a server, with a clock to move and functions for common events.
import { type Clock, createClock } from '../clock.ts';
import { DEFAULT_SWITCHES, type Switches } from '../options.ts';
import { type AccountState, buildAccountState } from './account-state.ts';
import { applyPersonEvents, requirePerson } from './person-events.ts';
import type { PersonEvents } from './person-events-input.ts';
import type { PersonInput } from './person-input.ts';
import type { SkuPartNumber } from './skus.ts';
import { createTenant, type Tenant } from './tenant.ts';

export interface SmallTenant {
  readonly tenant: Tenant;
  readonly clock: Clock;
  readonly switches: Switches;
  removeLicenses(who: string, ...parts: readonly SkuPartNumber[]): void;
  addLicenses(who: string, ...parts: readonly SkuPartNumber[]): void;
  applyEvents(who: string, events: PersonEvents): void;
  getState(who: string): AccountState;
}

/** `users`: how many more there are, generated and from the catalogue. */
export function aSmallTenant(people: readonly PersonInput[], set: Partial<Switches> = {}, users = 0): SmallTenant {
  const clock = createClock('2026-12-07T08:00:00Z');
  const switches = { ...DEFAULT_SWITCHES, ...set };
  const tenant = createTenant({ seed: 'small', users, people, clock, switches });
  const applyEvents = (who: string, events: PersonEvents) => void applyPersonEvents(tenant, who, events);
  return {
    tenant,
    clock,
    switches,
    removeLicenses: (who, ...removeLicenses) => applyEvents(who, { removeLicenses }),
    addLicenses: (who, ...addLicenses) => applyEvents(who, { addLicenses }),
    applyEvents,
    getState: (who) => buildAccountState(tenant, requirePerson(tenant, who).index),
  };
}
