// Since when main has no longer asked for an account's licences, from every version of its file, even a deleted one. Pure.
import type { FileHistoryEntry } from '../../forge/git/file-history.ts';
import { InvalidInput } from '../../policy/errors.ts';
import type { Day } from '../../policy/evidence.ts';
import { parseAccountFile } from '../../policy/files/account-file.ts';
import { computeEffectiveDesired } from '../../policy/files/stage.ts';
import { foldId, type IdKey, type UserId } from '../../policy/identifiers.ts';
import type { AccountFile, RestorableLicense } from '../../policy/schemas/account.ts';
import { parseAccountId } from './own-mailboxes.ts';
import { parseStage } from './trend.ts';

/** A licence that an account had before this pipeline changed it. */
export interface PastLicense extends RestorableLicense {
  /** The first day on which main no longer asked for it; null: main asks for it, still or again. */
  takenOn: Day | null;
}

/** Empty for an account that no merge has taken a licence from. */
export type FindPastLicenses = (accountId: UserId) => readonly PastLicense[];

/** `changes`: the latest first. `texts`: by blob; only those of an account that is looked up are parsed. */
export function createPastLicensesFinder(
  changes: readonly FileHistoryEntry[],
  texts: ReadonlyMap<string, string>,
): FindPastLicenses {
  const versions = groupVersionsById(changes, texts);
  return (accountId) => {
    const known = new Map<string, PastLicense>();
    for (const version of versions.get(foldId(accountId)) ?? []) {
      const file = parseVersion(version.text);
      if (file !== null) noteLicenses(known, file, version.day);
    }
    const licenses = [...known.values()];
    return licenses.some(({ takenOn }) => takenOn !== null) ? licenses : [];
  };
}

interface Version {
  day: Day;
  text: string;
}

/** Of accounts that were ever delicensed, the earliest first; days never go back, so a wrong clock cannot reorder them. */
function groupVersionsById(
  changes: readonly FileHistoryEntry[],
  texts: ReadonlyMap<string, string>,
): Map<IdKey, Version[]> {
  const versions = new Map<IdKey, Version[]>();
  let latest: Day = '';
  for (const { after, day } of changes.toReversed()) {
    if (day > latest) latest = day;
    const text = after === null ? undefined : texts.get(after);
    const id = text === undefined ? null : parseAccountId(text);
    if (text === undefined || id === null) continue;
    const known = versions.get(id);
    if (known !== undefined) known.push({ day: latest, text });
    else if (parseStage(text) === 'delicense') versions.set(id, [{ day: latest, text }]);
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

/** null: a version that is no longer readable counts as absent. */
function parseVersion(text: string): AccountFile | null {
  try {
    return parseAccountFile('an earlier version', text);
  } catch (error) {
    if (error instanceof InvalidInput) return null;
    throw error;
  }
}
