// Blocking, unblocking and deleting accounts: who is told, and what the directory sync makes of it.
import { replaceLicenses } from './license-changes.ts';
import type { ChangedPerson } from './person.ts';
import { stampOf, type Tenant } from './tenant.ts';

/** Blocks or unblocks sign-in in the cloud; for a synced account only until the next sync. */
export function setAccountEnabled(
  { clock, switches }: Tenant,
  person: ChangedPerson,
  enabled: boolean,
): void {
  if (person.onPremisesSyncEnabled === true && person.accountEnabled !== enabled) {
    const at = clock.now() + switches.syncSeconds * 1000;
    person.revert = {
      ...person.revert,
      at,
      accountEnabled: person.revert?.accountEnabled ?? person.accountEnabled,
    };
  }
  if (switches.directoryDelaySeconds > 0) {
    const accountEnabled = person.enabledShown?.accountEnabled ?? person.accountEnabled;
    const until = clock.now() + switches.directoryDelaySeconds * 1000;
    person.enabledShown = { until, accountEnabled };
  }
  person.accountEnabled = enabled;
  pauseRhythms(person, enabled ? null : clock.today());
}

/** What an admin does in the tenant itself: in the cloud, or on premises for a synced account. Nothing undoes it. */
export function setAccountEnabledForGood({ clock }: Tenant, person: ChangedPerson, enabled: boolean): void {
  person.revert = null;
  person.accountEnabled = enabled;
  pauseRhythms(person, enabled ? null : clock.today());
}

/** Nobody works with a blocked account: its rhythms end, and go on once it is unblocked. */
function pauseRhythms(person: ChangedPerson, until: number | null): void {
  for (const trace of [...Object.values(person.usage), ...Object.values(person.signIns)]) trace.until = until;
}

/** Takes the account out of the directory; its licences go back, its report rows stay for a while. */
export function deleteAccount(tenant: Tenant, person: ChangedPerson): void {
  replaceLicenses(tenant, person, []);
  person.deletedDateTime = stampOf(tenant);
}
