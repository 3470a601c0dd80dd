// For tests: a tenant of a few people without a server, with a clock to move and what happens to them in a word each.
import { type Clock, clockFrom } from '../clock.ts';
import { DEFAULT_SWITCHES, type Switches } from '../options.ts';
import { type AccountState, accountState } from './account-state.ts';
import { type LifeEvents, live, whoIs } from './life.ts';
import type { PersonInput } from './person-input.ts';
import type { SkuPartNumber } from './skus.ts';
import { type Tenant, tenantOf } from './tenant.ts';

export interface SmallTenant {
  readonly tenant: Tenant;
  readonly clock: Clock;
  readonly switches: Switches;
  take(who: string, ...parts: readonly SkuPartNumber[]): void;
  give(who: string, ...parts: readonly SkuPartNumber[]): void;
  happens(who: string, events: LifeEvents): void;
  state(who: string): AccountState;
}

/** `users`: how many there are besides, generated and of the catalogue. */
export function aSmallTenant(
  people: readonly PersonInput[],
  set: Partial<Switches> = {},
  users = 0,
): SmallTenant {
  const clock = clockFrom('2026-12-07T08:00:00Z');
  const switches = { ...DEFAULT_SWITCHES, ...set };
  const tenant = tenantOf({ seed: 'small', users, people, clock, switches });
  const happens = (who: string, events: LifeEvents) => void live(tenant, who, events);
  return {
    tenant,
    clock,
    switches,
    take: (who, ...removeLicenses) => happens(who, { removeLicenses }),
    give: (who, ...addLicenses) => happens(who, { addLicenses }),
    happens,
    state: (who) => accountState(tenant, whoIs(tenant, who).index),
  };
}
