// Whose OneDrive this pipeline has left without a licence, and since when: Microsoft's clock counts from that day. Pure.
import type { Day, Evidence } from '../policy/evidence.ts';
import type { JudgedAccount } from '../policy/judgement.ts';
import { type CarriedServices, selectOneDriveHosts } from '../policy/licenses/service-plans.ts';
import type { FindPastLicenses, PastLicense } from './git/past-licenses.ts';

/** By id in lower case. null: nothing of Microsoft's clock runs for it, as in education. */
export type UnlicensedOneDrives = ReadonlyMap<string, Day | null>;

/**
 * Accounts whose last licence with a OneDrive a merge has taken. Somebody who holds one again is not among them, and neither is
 * somebody of whom a licence is gone that main still asks for: nobody knows when that went.
 */
export function findUnlicensedOneDrives(
  accounts: Iterable<JudgedAccount>,
  pastLicenses: FindPastLicenses,
  resolveCarried: (license: PastLicense) => CarriedServices,
): Map<string, Day | null> {
  const found = new Map<string, Day | null>();
  for (const { evidence } of accounts) {
    if (!isUnlicensed(evidence)) continue;
    const licenses = pastLicenses(evidence.id).map((license) => ({
      ...license,
      carries: resolveCarried(license),
    }));
    const hosts = selectOneDriveHosts(licenses);
    const days = hosts.flatMap(({ takenOn }) => takenOn ?? []).sort();
    const id = evidence.id.toLowerCase();
    if (hosts.length > 0 && days.length === hosts.length) found.set(id, days.at(-1) ?? null);
    else if (isUnclocked(licenses)) found.set(id, null);
  }
  return found;
}

/** There may be a OneDrive, and no licence carries it; the small one of other products is not known to. */
function isUnlicensed({ oneDrive, licenses }: Evidence): boolean {
  const mayExist = oneDrive.kind === 'seen' || oneDrive.kind === 'unknown';
  return (
    mayExist && licenses.every(({ carries }) => carries.oneDrive === null || carries.oneDrive === 'basic')
  );
}

function isUnclocked(licenses: readonly { carries: CarriedServices }[]): boolean {
  const hosts = licenses.filter(({ carries }) => carries.oneDrive !== null);
  return hosts.length > 0 && hosts.every(({ carries }) => carries.oneDrive === 'unclocked');
}
