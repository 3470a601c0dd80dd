// The file of somebody whom main has no file of any more, as it stood when this pipeline took something last. Pure.
import { DormantError } from '../errors.ts';
import { isTakingStage } from '../files/stage.ts';
import { foldId, foldText, type IdKey } from '../identifiers.ts';
import type { AccountFile } from '../schemas/account.ts';
import { readAccountPast, type SigningContext } from '../signing/account-past.ts';
import { type FileVersion, groupVersions } from '../signing/main-line.ts';
import { isNamed } from './require-account-file.ts';

export interface PastFile {
  path: string;
  text: string;
  value: AccountFile;
  /** Main's commit that had it so. */
  commit: string;
  /** An audit signed it, or it is from before signing began. */
  isVouched: boolean;
}

/**
 * Where tenant.yaml has no keys, the last version that took, signed by nobody. null: main never had a file of that name, or
 * took nothing by it. Throws `no-such-account` (exit code 2) if the name was several accounts' in turn.
 */
export function findPastFile(name: string, versions: readonly FileVersion[], context: SigningContext): PastFile | null {
  const ids = findIds(name, versions, context);
  const [id] = ids;
  if (id === undefined) return null;
  if (ids.size > 1) throw createAmbiguousError(name, ids);
  const ofAccount = groupVersions(versions, ids).get(id) ?? [];
  const isVouched = context.signing !== null;
  const taken = isVouched ? readAccountPast(id, ofAccount, context).lastTaken : null;
  const isWanted = (file: AccountFile) =>
    isVouched ? file === taken : isTakingStage(file.stage) && foldId(file.account.id) === id;
  for (const { path, text, at } of ofAccount.toReversed()) {
    const value = text === null ? null : context.read(text);
    if (text !== null && value !== null && isWanted(value))
      return { path, text, value, commit: findCommit(at, context), isVouched };
  }
  return null;
}

/** Texts are searched before they are parsed: most of a long history is about others. */
function findIds(name: string, versions: readonly FileVersion[], { read }: SigningContext): Set<IdKey> {
  const wanted = foldText(name);
  const ids = new Set<IdKey>();
  for (const { path, text } of versions) {
    if (text === null || !foldText(`${path} ${text}`).includes(wanted)) continue;
    const value = read(text);
    if (value !== null && isNamed({ path, value }, name)) ids.add(foldId(value.account.id));
  }
  return ids;
}

function findCommit(at: number, { places }: SigningContext): string {
  return [...places].find(([, place]) => place === at)?.[0] ?? '';
}

function createAmbiguousError(name: string, ids: ReadonlySet<IdKey>): DormantError {
  return new DormantError(
    'no-such-account',
    `${name} has been the name of ${ids.size} accounts: ${[...ids].join(', ')}.`,
    {
      exitCode: 2,
      remedy: 'Name it by its object id.',
    },
  );
}
