// Main's first-parent line as the rules of signing see it: every version of every account file, the oldest first. Pure.
import { readOrNull } from '../errors.ts';
import { parseAccountFile } from '../files/account-file.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import type { AccountFile } from '../schemas/account.ts';

/** A file of `accounts/` or `archive/` after one commit; `text` null: the commit took it away, or it is no text. */
export interface FileVersion {
  path: string;
  text: string | null;
  /** The commit's place on the line; 0 is the first. */
  at: number;
}

export interface MainLine {
  /** Ordered by `at`. */
  versions: readonly FileVersion[];
  /** The place of each commit of the line. */
  places: ReadonlyMap<string, number>;
}

/** null: the text is no account file. */
export type ReadVersion = (text: string) => AccountFile | null;

/** Reads by the one parser of account files, each text once. */
export function createVersionReader(): ReadVersion {
  return createTextReader(parseVersion);
}

/** Reads each text once. null: it is not what `parse` reads. */
export function createTextReader<T>(parse: (text: string) => T | null): (text: string) => T | null {
  const known = new Map<string, T | null>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const value = parse(text);
    known.set(text, value);
    return value;
  };
}

function parseVersion(text: string): AccountFile | null {
  return readOrNull(() => parseAccountFile('a version on main', text));
}

/**
 * The versions that may be about each of these accounts, and what came after them under the same path. Texts are searched,
 * not parsed: most of a long history is about nobody who is asked for.
 */
export function groupVersions(
  versions: readonly FileVersion[],
  ids: ReadonlySet<IdKey>,
): ReadonlyMap<IdKey, readonly FileVersion[]> {
  const groups = new Map<IdKey, FileVersion[]>();
  const owners = new Map<string, ReadonlySet<IdKey>>();
  for (const version of versions) {
    const named = findIds(version.text ?? '', ids);
    for (const id of new Set([...(owners.get(version.path) ?? []), ...named])) {
      const group = groups.get(id);
      if (group === undefined) groups.set(id, [version]);
      else group.push(version);
    }
    owners.set(version.path, named);
  }
  return groups;
}

function findIds(text: string, ids: ReadonlySet<IdKey>): Set<IdKey> {
  const written = [...text.matchAll(guidPattern)].map(([guid]) => foldId(guid));
  // In double quotes YAML has escapes, by which an id reads otherwise than it is written.
  const file = text.includes('\\') ? parseVersion(text) : null;
  const read = file === null ? [] : [foldId(file.account.id)];
  return new Set([...written, ...read].filter((id) => ids.has(id)));
}

const guidPattern = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
