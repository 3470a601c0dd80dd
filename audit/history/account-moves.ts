// What main's first-parent line did with one person's file: where it took it, when, by which commit. Pure.
import type { Day } from '../../policy/evidence.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import type { AccountFile, Stage } from '../../policy/schemas/account.ts';
import { type FileVersion, groupVersions, type MainLine, type ReadVersion } from '../../policy/signing/main-line.ts';
import { parseSignedLine } from '../../policy/signing/signed-line.ts';

/** Where a person's file stands on main; null: main has none. */
export type FilePlace = Stage | 'archive' | null;

/**
 * `moved`: to another stage, into the plan, out of it, to the archive or back. `renewed`: facts that an audit has signed since.
 * `edited`: anything else.
 */
type AccountMoveKind = 'moved' | 'renewed' | 'edited';

export interface AccountMove {
  kind: AccountMoveKind;
  day: Day;
  /** As a full id. */
  commit: string;
  from: FilePlace;
  to: FilePlace;
  path: string;
  /** The file after it; before it, where it went away. */
  file: AccountFile;
}

interface AccountLine extends MainLine {
  /** The day of each commit, by its place. */
  days: ReadonlyMap<number, Day>;
}

/** The earliest first. A version that nobody can read changes nothing. */
export function listAccountMoves(id: IdKey, { versions, places, days }: AccountLine, read: ReadVersion): AccountMove[] {
  const commits = new Map([...places].map(([commit, place]) => [place, commit]));
  const files = new Map<string, FileOnMain>();
  const moves: AccountMove[] = [];
  let before: FileOnMain | null = null;
  for (const [at, changes] of Map.groupBy(selectVersions(id, versions), (version) => version.at)) {
    for (const change of changes) noteChange(files, change, { id, read });
    const after = selectFile(files);
    const kind = findKind(before, after);
    const shown = after ?? before;
    if (kind !== null && shown !== null) {
      const [from, to] = [findPlace(before), findPlace(after)];
      const on = { day: days.get(at) ?? '', commit: commits.get(at) ?? '' };
      moves.push({ kind, ...on, from, to, path: shown.path, file: shown.file });
    }
    before = after;
  }
  return moves;
}

/** Every version of each path that ever was the account's: who comes after it ends its stay, whatever lies between. */
function selectVersions(id: IdKey, versions: readonly FileVersion[]): readonly FileVersion[] {
  const paths = new Set((groupVersions(versions, new Set([id])).get(id) ?? []).map(({ path }) => path));
  return versions.filter(({ path }) => paths.has(path));
}

interface FileOnMain {
  path: string;
  text: string;
  file: AccountFile;
}

function noteChange(
  files: Map<string, FileOnMain>,
  { path, text }: FileVersion,
  { id, read }: { id: IdKey; read: ReadVersion },
): void {
  const file = text === null ? null : read(text);
  if (text !== null && file === null) return;
  if (text === null || file === null || foldId(file.account.id) !== id) files.delete(path);
  else files.set(path, { path, text, file });
}

/** The one in `accounts/`, before any in `archive/`. */
function selectFile(files: ReadonlyMap<string, FileOnMain>): FileOnMain | null {
  const all = [...files.values()];
  return all.find((file) => !isArchived(file)) ?? all[0] ?? null;
}

function isArchived({ path }: Pick<FileOnMain, 'path'>): boolean {
  return path.split('/').at(-2) === 'archive';
}

function findPlace(onMain: FileOnMain | null): FilePlace {
  if (onMain === null) return null;
  return isArchived(onMain) ? 'archive' : onMain.file.stage;
}

/** null: nothing that a person would notice. */
function findKind(before: FileOnMain | null, after: FileOnMain | null): AccountMoveKind | null {
  if (findPlace(before) !== findPlace(after)) return 'moved';
  if (before === null || after === null || before.text === after.text) return null;
  const signature = parseSignedLine(after.file.signed)?.signature;
  return signature !== undefined && signature !== parseSignedLine(before.file.signed)?.signature ? 'renewed' : 'edited';
}
