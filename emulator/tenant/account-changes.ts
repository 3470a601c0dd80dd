// Blocks, unblocks, deletes and restores accounts, with the effects of the directory sync.
import { type Clock, DAY_MS } from '../clock.ts';
import { replaceLicenses } from './license-changes.ts';
import type { ChangedPerson, Person } from './person.ts';
import { formatTenantNow, type Tenant } from './tenant.ts';

/** Blocks or unblocks sign-in in the cloud; for a synced account only until the next sync. */
export function setAccountEnabled(
  { clock, switches, directory }: Tenant,
  person: ChangedPerson,
  enabled: boolean,
): void {
  if (person.onPremisesSyncEnabled === true && person.accountEnabled !== enabled) {
    const at = clock.now() + switches.syncSeconds * 1000;
    person.revert = { at, accountEnabled: person.revert?.accountEnabled ?? person.accountEnabled };
  }
  person.former.accountEnabled.note(person.accountEnabled, directory.lags.directory());
  switchSignIn(person, enabled, clock);
}

/** Blocks or unblocks as an admin does: in the cloud, or on premises for a synced account. No sync undoes it. */
export function setAccountEnabledForGood({ clock }: Tenant, person: ChangedPerson, enabled: boolean): void {
  person.revert = null;
  switchSignIn(person, enabled, clock);
}

/** Sessions that began before now are over. */
export function endSessions(tenant: Tenant, person: ChangedPerson): void {
  person.former.revokedAt.note(person.revokedAt, tenant.directory.lags.directory());
  person.revokedAt = formatTenantNow(tenant);
}

function switchSignIn(person: ChangedPerson, enabled: boolean, clock: Clock): void {
  if (person.accountEnabled !== enabled) person.enabledSince = clock.now();
  person.accountEnabled = enabled;
  pauseRhythms(person, enabled ? null : clock.today());
}

/** A blocked account is not used: its rhythms stop, and go on once it is unblocked. */
function pauseRhythms(person: ChangedPerson, until: number | null): void {
  for (const trace of [...Object.values(person.usage), ...Object.values(person.signIns)]) trace.until = until;
}

/** Days that a deleted account can be restored (graph-docs-contrib, directory.md). */
const BIN_DAYS = 30;

/** Removes the account from the directory; its licences become free, its report rows stay for a while. */
export function deleteAccount(tenant: Tenant, person: ChangedPerson, isForGood = false): void {
  person.former.isThere.note(true, tenant.directory.lags.directory());
  person.isPurged = isForGood;
  person.licensesInBin = person.licenses;
  replaceLicenses(tenant, person, []);
  person.deletedDateTime = formatTenantNow(tenant);
}

/** Whether the account is deleted and can still be restored. */
export function isInBin({ clock }: Tenant, { deletedDateTime, isPurged }: ChangedPerson): boolean {
  if (isPurged) return false;
  return deletedDateTime !== null && clock.now() - Date.parse(deletedDateTime) < BIN_DAYS * DAY_MS;
}

/** Restores the account with the same id and its licences. */
export function restoreAccount(tenant: Tenant, person: ChangedPerson): void {
  if (!isInBin(tenant, person)) throw new Error(`${person.userPrincipalName} is not among the deleted users.`);
  person.former.isThere.note(false, tenant.directory.lags.directory());
  person.deletedDateTime = null;
  replaceLicenses(tenant, person, person.licensesInBin);
  person.licensesInBin = [];
}

/** A deleted person by kind or object id, because their name is free for others. */
export function requireDeletedPerson({ people }: Tenant, who: string): Person {
  const index = people.kinds.get(who) ?? [...people.changed].find((at) => people.get(at).id === who);
  if (index !== undefined) return people.get(index);
  throw new Error(`There is nobody with the kind or object id '${who}' among the deleted users.`);
}
