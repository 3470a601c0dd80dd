// What main says of one account, for whoever asks whether its data may be erased. Pure.
import { parseGiveBacks } from '../files/give-back-file.ts';
import { isTakingStage } from '../files/stage.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import type { AccountFile } from '../schemas/account.ts';
import { readAccountPast, type SigningContext } from '../signing/account-past.ts';
import { type FileVersion, groupVersions } from '../signing/main-line.ts';
import type { ErasureQuestion } from './find-obstacle.ts';

export interface MainHistory {
  /** Every version of accounts/ and archive/ on main's first-parent line, the oldest first. */
  versions: readonly FileVersion[];
  /** Path → text, of give-back/. */
  giveBackTexts: ReadonlyMap<string, string>;
}

export interface MainSays
  extends Pick<ErasureQuestion, 'inAccounts' | 'inArchive' | 'wasTaken' | 'takenOut' | 'unreadable' | 'giveBack'> {
  /** The place on main's line since which main has had the account in archive/ alone; null: it has not. */
  archivedAt: number | null;
}

/**
 * As of the last commit of `versions`; the keys of tenant.yaml decide what was signed, and without keys main's files count as
 * they are. An account that main never had has nothing that stands against it.
 */
export function readErasureQuestion(id: IdKey, main: MainHistory, context: SigningContext): MainSays {
  return readErasureQuestions(new Set([id]), main, context).get(id) ?? neverThere;
}

const neverThere: MainSays = {
  inAccounts: null,
  inArchive: [],
  wasTaken: false,
  takenOut: null,
  unreadable: null,
  giveBack: null,
  archivedAt: null,
};

/** Of many, in one pass over the history. */
export function readErasureQuestions(
  ids: ReadonlySet<IdKey>,
  { versions, giveBackTexts }: MainHistory,
  context: SigningContext,
): Map<IdKey, MainSays> {
  const lines = groupVersions(versions, ids);
  const pending = mapGiveBacks(giveBackTexts, ids);
  return new Map([...ids].map((id) => [id, readLine(id, lines.get(id) ?? [], pending.get(id) ?? null, context)]));
}

function readLine(id: IdKey, line: readonly FileVersion[], giveBack: string | null, context: SigningContext): MainSays {
  const { present, before, unreadable, archivedAt } = walkLine(id, line, context);
  const { lastTaken } = context.signing === null ? { lastTaken: null } : readAccountPast(id, line, context);
  const isUnsigned = context.signing !== null && lastTaken === null;
  // Whoever rewrote a file by a push that no check saw has not changed what the account had.
  const toTaken = (file: AccountFile) => lastTaken ?? file;
  const archived = [...present].filter(([path]) => isArchived(path)).map(([, file]) => file);
  const out = present.size > 0 ? undefined : [...before].find(([path]) => !isArchived(path))?.[1];
  const isOwed = out !== undefined && isTakingStage(out.stage) && !isUnsigned;
  const wereTaking = line.some(({ text }) => isTakingStage(readOwn(id, text, context)?.stage ?? 'notify'));
  return {
    inAccounts: [...present].find(([path]) => !isArchived(path))?.[1] ?? null,
    inArchive: archived.map((file) => ({ file: toTaken(file), isUnsigned })),
    wasTaken: wereTaking && !isUnsigned,
    takenOut: isOwed ? toTaken(out) : null,
    unreadable: [...unreadable][0] ?? null,
    giveBack,
    archivedAt,
  };
}

/** The files that main has of the account, those that it had before the last of them went, and since when it is archived. */
function walkLine(id: IdKey, line: readonly FileVersion[], context: SigningContext) {
  let present = new Map<string, AccountFile>();
  let before = present;
  let archivedAt: number | null = null;
  const unreadable = new Set<string>();
  for (const [at, changes] of Map.groupBy(line, (version) => version.at)) {
    const next = new Map(present);
    for (const { path, text } of changes) {
      const file = readOwn(id, text, context);
      if (file === null) next.delete(path);
      else next.set(path, file);
      if (text !== null && context.read(text) === null && text.toLowerCase().includes(id)) unreadable.add(path);
      else unreadable.delete(path);
    }
    if (present.size > 0) before = present;
    present = next;
    archivedAt = present.size > 0 && [...present.keys()].every(isArchived) ? (archivedAt ?? at) : null;
  }
  return { present, before, unreadable, archivedAt };
}

function readOwn(id: IdKey, text: string | null, { read }: SigningContext): AccountFile | null {
  const file = text === null ? null : read(text);
  return file !== null && foldId(file.account.id) === id ? file : null;
}

function isArchived(path: string): boolean {
  return path.split('/').at(-2) === 'archive';
}

/** One that nobody can read counts where it has the id. */
function mapGiveBacks(texts: ReadonlyMap<string, string>, ids: ReadonlySet<IdKey>): Map<IdKey, string> {
  const { files } = parseGiveBacks(texts);
  const known = new Set(files.map(({ path }) => path));
  const unread = [...texts].filter(([path]) => !known.has(path));
  const named = unread.flatMap(([path, text]) =>
    [...ids].filter((id) => text.toLowerCase().includes(id)).map((id) => [id, path] as const),
  );
  return new Map([...named, ...files.map(({ path, value }) => [foldId(value.account.id), path] as const)]);
}
