// What main says of one account, for whoever asks whether its data may be erased. Pure.
import { parseGiveBacks } from '../files/give-back-file.ts';
import { isTakingStage } from '../files/stage.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import type { AccountFile } from '../schemas/account.ts';
import { readAccountPast, type SigningContext } from '../signing/account-past.ts';
import { type FileVersion, groupVersions } from '../signing/main-line.ts';
import type { ErasureQuestion } from './find-obstacle.ts';

export interface MainOfAccount {
  /** Every version of accounts/ and archive/ on main's first-parent line, the oldest first. */
  versions: readonly FileVersion[];
  /** Path → text, of give-back/. */
  giveBackTexts: ReadonlyMap<string, string>;
}

type MainSays = Pick<ErasureQuestion, 'inAccounts' | 'inArchive' | 'wasTaken' | 'takenOut' | 'unreadable' | 'giveBack'>;

/** By the last commit of `versions`. Keys of tenant.yaml decide what was signed; without keys main's files count as they are. */
export function readErasureQuestion(
  id: IdKey,
  { versions, giveBackTexts }: MainOfAccount,
  context: SigningContext,
): MainSays {
  const line = groupVersions(versions, new Set([id])).get(id) ?? [];
  const isUnvouched = context.signing !== null && readAccountPast(id, line, context).lastTaken === null;
  const { present, lastPresent, unreadable } = walkLine(id, line, context);
  const wereTaken = line.some(({ text }) => isTaking(text === null ? null : readOf(id, text, context)));
  const out = present.size > 0 ? undefined : [...lastPresent].find(([path]) => !isArchived(path))?.[1];
  const isOwed = out !== undefined && isTaking(out) && !isUnvouched;
  return {
    inAccounts: [...present].find(([path]) => !isArchived(path))?.[1] ?? null,
    inArchive: [...present].flatMap(([path, file]) => (isArchived(path) ? [{ file, isUnsigned: isUnvouched }] : [])),
    wasTaken: wereTaken && !isUnvouched,
    takenOut: isOwed ? out : null,
    unreadable: [...unreadable][0] ?? null,
    giveBack: findGiveBack(id, giveBackTexts),
  };
}

/** The files that main has of the account, and those that it had before the last of them went. */
function walkLine(id: IdKey, line: readonly FileVersion[], context: SigningContext) {
  let present = new Map<string, AccountFile>();
  let lastPresent = present;
  const unreadable = new Set<string>();
  for (const [, changes] of Map.groupBy(line, ({ at }) => at)) {
    const next = new Map(present);
    for (const { path, text } of changes) {
      const file = text === null ? null : readOf(id, text, context);
      if (file === null) next.delete(path);
      else next.set(path, file);
      if (text !== null && context.read(text) === null && text.toLowerCase().includes(id)) unreadable.add(path);
      else unreadable.delete(path);
    }
    if (present.size > 0) lastPresent = present;
    present = next;
  }
  return { present, lastPresent, unreadable };
}

function readOf(id: IdKey, text: string, { read }: SigningContext): AccountFile | null {
  const file = read(text);
  return file !== null && foldId(file.account.id) === id ? file : null;
}

function isTaking(file: AccountFile | null): boolean {
  return file !== null && isTakingStage(file.stage);
}

function isArchived(path: string): boolean {
  return path.split('/').at(-2) === 'archive';
}

/** One that nobody can read counts where it has the id. */
function findGiveBack(id: IdKey, texts: ReadonlyMap<string, string>): string | null {
  const { files } = parseGiveBacks(texts);
  const known = new Map(files.map(({ path, value }) => [path, foldId(value.account.id)]));
  for (const [path, text] of texts)
    if ((known.get(path) ?? (text.toLowerCase().includes(id) ? id : null)) === id) return path;
  return null;
}
