// Since when main has asked no more for what an account held: read from every version of its file, whatever became of the file. Pure.
import { parseAccountFile } from '../../policy/account-file.ts';
import { InvalidInput } from '../../policy/errors.ts';
import type { Day } from '../../policy/evidence.ts';
import type { AccountFile, RestorableLicense } from '../../policy/schemas/account.ts';
import { computeEffectiveDesired } from '../../policy/stage.ts';
import type { FileHistoryEntry } from './file-history.ts';
import { parseAccountId } from './own-mailboxes.ts';
import { parseStage } from './trend.ts';

/** A licence that an account held before this pipeline touched it. */
export interface PastLicense extends RestorableLicense {
  /** The day on which main first asked for it no more; null: main still does, or does again. */
  takenOn: Day | null;
}

/** Empty for an account of which no merge has taken a licence. */
export type FindPastLicenses = (accountId: string) => readonly PastLicense[];

/** `changes` are the latest first, `texts` are by blob. Versions are parsed only of an account that is asked about. */
export function createPastLicensesFinder(
  changes: readonly FileHistoryEntry[],
  texts: ReadonlyMap<string, string>,
): FindPastLicenses {
  const versions = groupVersionsById(changes, texts);
  return (accountId) => {
    const known = new Map<string, PastLicense>();
    for (const version of versions.get(accountId.toLowerCase()) ?? []) {
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

/** Of the accounts that were ever delicensed, the earliest first; a clock that was wrong must not turn the history around. */
function groupVersionsById(
  changes: readonly FileHistoryEntry[],
  texts: ReadonlyMap<string, string>,
): Map<string, Version[]> {
  const versions = new Map<string, Version[]>();
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

/** null: a version that nobody can read any more says nothing. */
function parseVersion(text: string): AccountFile | null {
  try {
    return parseAccountFile('an earlier version', text);
  } catch (error) {
    if (error instanceof InvalidInput) return null;
    throw error;
  }
}
