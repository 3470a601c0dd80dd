// Since when main has no longer asked for an account's licences, from every version of its file, even a deleted one. Pure.
import type { FileHistoryEntry } from '../../forge/git/file-history.ts';
import type { Day } from '../../policy/evidence.ts';
import { computeEffectiveDesired } from '../../policy/files/stage.ts';
import { foldId, type IdKey, type UserId } from '../../policy/identifiers.ts';
import type { AccountFile, RestorableLicense } from '../../policy/schemas/account.ts';
import type { ReadBlob } from './read-blob.ts';

/** A licence that an account had before this pipeline changed it. */
export interface PastLicense extends RestorableLicense {
  /** The first day on which main no longer asked for it; null: main asks for it, still or again. */
  takenOn: Day | null;
}

/** Empty for an account that no merge has taken a licence from. */
export type FindPastLicenses = (accountId: UserId) => readonly PastLicense[];

/** `changes`: the latest first. A version that is no longer readable counts as absent. */
export function createPastLicensesFinder(changes: readonly FileHistoryEntry[], read: ReadBlob): FindPastLicenses {
  const versions = groupVersionsById(changes, read);
  return (accountId) => {
    const known = new Map<string, PastLicense>();
    for (const { file, day } of versions.get(foldId(accountId)) ?? []) noteLicenses(known, file, day);
    const licenses = [...known.values()];
    return licenses.some(({ takenOn }) => takenOn !== null) ? licenses : [];
  };
}

interface Version {
  day: Day;
  file: AccountFile;
}

/** Of accounts that were ever delicensed, the earliest first; days never go back, so a wrong clock cannot reorder them. */
function groupVersionsById(changes: readonly FileHistoryEntry[], read: ReadBlob): Map<IdKey, Version[]> {
  const versions = new Map<IdKey, Version[]>();
  let latest: Day = '';
  for (const { after, day } of changes.toReversed()) {
    if (day > latest) latest = day;
    const file = read(after);
    if (file === null) continue;
    const id = foldId(file.account.id);
    const known = versions.get(id);
    if (known !== undefined) known.push({ day: latest, file });
    else if (file.stage === 'delicense') versions.set(id, [{ day: latest, file }]);
  }
  return versions;
}

function noteLicenses(known: Map<string, PastLicense>, file: AccountFile, day: Day): void {
  const desired = new Set(computeEffectiveDesired(file).licenses);
  for (const license of file.restore.licenses) {
    const { skuPartNumber } = license;
    const before = known.get(skuPartNumber)?.takenOn ?? null;
    known.set(skuPartNumber, { ...license, takenOn: desired.has(skuPartNumber) ? null : (before ?? day) });
  }
}
