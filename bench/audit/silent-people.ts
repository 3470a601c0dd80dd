// How many requests each of the three ways needs to read a generated tenant's sign-ins, counted in the tenant itself.
import type { Tenant } from '@dormant-m365/emulator';
import { buildRhythm, findLastDay, type Person } from '@dormant-m365/emulator/tenant';

/** Requests for the sign-ins of all people, guests included, without activity in the services. */
export interface Ways {
  silent: number;
  oldSuccessesAndIds: number;
  idsAlone: number;
  everybody: number;
}

const services = ['exchange', 'oneDrive', 'sharePoint', 'yammer', 'teams'] as const;

export function countWays({ people, clock, switches }: Tenant, inactiveAfterDays: number): Ways {
  const refreshDay = clock.today() - switches.reportLagDays;
  const before = refreshDay - inactiveAfterDays;
  let [accounts, silent, old, missing, never] = [0, 0, 0, 0, 0];
  for (let index = 0; index < people.size; index += 1) {
    if (!people.has(index)) continue;
    const person = people.get(index);
    accounts += 1;
    const lastSuccess = findLastDay(person.signIns.successful, clock.today());
    const isOld = lastSuccess !== null && lastSuccess <= before;
    if (isOld) old += 1;
    if (isMailbox(person) || isActive(person, refreshDay, before)) continue;
    silent += 1;
    if (!isOld) missing += 1;
    if (lastSuccess === null) never += 1;
  }
  return {
    silent,
    oldSuccessesAndIds: Math.ceil(old / 500) + Math.ceil(missing / 15),
    idsAlone: Math.ceil(silent / 15),
    // People without a value in the list are read by id, too: their absence proves nothing.
    everybody: Math.ceil(accounts / 500) + Math.ceil(never / 15),
  };
}

/** Nobody signs in to a shared mailbox, a room or equipment. */
function isMailbox({ mailbox }: Person): boolean {
  return mailbox !== null && mailbox.type !== 'UserMailbox';
}

function isActive({ usage, reportRow }: Person, refreshDay: number, before: number): boolean {
  if (reportRow !== 'normal') return false;
  return services.some((service) => (findLastDay(usage[service], refreshDay) ?? -1) > before);
}

/** Makes members active until at most this share of all accounts is silent, evenly across the tenant. */
export function wakeMembers(tenant: Tenant, share: number, inactiveAfterDays: number): void {
  const { people, clock, switches } = tenant;
  const refreshDay = clock.today() - switches.reportLagDays;
  const silent: number[] = [];
  for (let index = 0; index < people.size; index += 1) {
    if (!people.has(index) || people.get(index).userType === 'Guest') continue;
    if (!isActive(people.get(index), refreshDay, refreshDay - inactiveAfterDays)) silent.push(index);
  }
  const kept = Math.min(1, (people.size * share) / silent.length);
  for (const [at, index] of silent.entries()) {
    if (Math.floor((at + 1) * kept) > Math.floor(at * kept)) continue;
    const person = people.change(index);
    person.usage = { ...person.usage, teams: buildRhythm(1, 0) };
    person.signIns = {
      interactive: buildRhythm(1, 0),
      nonInteractive: buildRhythm(1, 0),
      successful: buildRhythm(1, 0),
    };
    person.reportRow = 'normal';
  }
}
