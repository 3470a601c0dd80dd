// OneDrives that this pipeline has left without a licence, and since when: Microsoft's clock counts from that day. Pure.
import type { Day, Evidence } from '../policy/evidence.ts';
import { foldId, type IdKey } from '../policy/identifiers.ts';
import type { JudgedAccount } from '../policy/judge/judgement.ts';
import { type CarriedServices, selectOneDriveHosts } from '../policy/licenses/service-plans.ts';
import type { FindPastLicenses, PastLicense } from './history/past-licenses.ts';

/** By id. null: Microsoft's clock does not run for it, as in education. */
export type UnlicensedOneDrives = ReadonlyMap<IdKey, Day | null>;

/**
 * Accounts whose last licence with a OneDrive was taken by a merge. Left out are accounts that hold one again, and those
 * that lack a licence that main still asks for: the day it went is not known.
 */
export function findUnlicensedOneDrives(
  accounts: Iterable<JudgedAccount>,
  pastLicenses: FindPastLicenses,
  resolveCarried: (license: PastLicense) => CarriedServices,
): Map<IdKey, Day | null> {
  const found = new Map<IdKey, Day | null>();
  for (const { evidence } of accounts) {
    if (!isUnlicensed(evidence)) continue;
    const licenses = pastLicenses(evidence.id).map((license) => ({
      ...license,
      carries: resolveCarried(license),
    }));
    const hosts = selectOneDriveHosts(licenses);
    const days = hosts.flatMap(({ takenOn }) => takenOn ?? []).sort();
    const id = foldId(evidence.id);
    if (hosts.length > 0 && days.length === hosts.length) found.set(id, days.at(-1) ?? null);
    else if (isUnclocked(licenses)) found.set(id, null);
  }
  return found;
}

/** There may be a OneDrive, and no licence carries it. Whether the small one of other products does is not known. */
function isUnlicensed({ oneDrive, licenses }: Evidence): boolean {
  const mayExist = oneDrive.kind === 'seen' || oneDrive.kind === 'unknown';
  return mayExist && licenses.every(({ carries }) => carries.oneDrive === null || carries.oneDrive === 'basic');
}

function isUnclocked(licenses: readonly { carries: CarriedServices }[]): boolean {
  const hosts = licenses.filter(({ carries }) => carries.oneDrive !== null);
  return hosts.length > 0 && hosts.every(({ carries }) => carries.oneDrive === 'unclocked');
}
