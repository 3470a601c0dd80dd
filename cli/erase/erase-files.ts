// The files of a stack without one person, from what main and the working tree have: what `eraseAccount` is asked with.
import { type ErasedFiles, eraseAccount } from '../../policy/edit/erase-account.ts';
import { createNoSuchAccountError, isNamed } from '../../policy/edit/require-account-file.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import type { AccountFile, AccountIdentity } from '../../policy/schemas/account.ts';
import { askMain, type MainView } from './main-view.ts';

/**
 * `name`: a userPrincipalName, an object id or a file; of somebody in the files, or in main's history. By what main says, without a look
 * at the tenant: of somebody in archive/ nobody can know here whether they are still blocked. Throws `no-such-account` and
 * `not-erasable` (exit code 2).
 */
export function eraseFromFiles(name: string, main: MainView): ErasedFiles & { account: AccountIdentity } {
  const { files } = main;
  const archived = listArchived(main);
  const account = findAccount(name, main, archived);
  if (account === null) throw createNoSuchAccountError(files.stack, name);
  const id = foldId(account.id);
  const { exemptions, escalations } = files;
  return {
    ...eraseAccount(account, { paths: listPaths(id, main, archived), exemptions, escalations }, askMain(id, main)),
    account,
  };
}

interface NamedFile {
  path: string;
  value: AccountFile;
}

/** As main has them. */
function listArchived({ onMain: { archiveTexts, read } }: MainView): NamedFile[] {
  return [...archiveTexts].flatMap(([path, text]) => {
    const value = read(text);
    return value === null ? [] : [{ path, value }];
  });
}

function listPaths(id: IdKey, { files }: MainView, archived: readonly NamedFile[]): string[] {
  return [...files.accounts, ...archived]
    .filter(({ value }) => foldId(value.account.id) === id)
    .map(({ path }) => path);
}

/** Who has a file, before those whom only main's past knows; of these the last one of the name. */
function findAccount(
  name: string,
  { onMain: { inForce, line, read } }: MainView,
  archived: readonly NamedFile[],
): AccountIdentity | null {
  const present = [...inForce.map(({ path, file }) => ({ path, value: file })), ...archived];
  const here = present.find((each) => isNamed(each, name));
  if (here !== undefined) return here.value.account;
  for (const { path, text } of line.versions.toReversed()) {
    const value = text === null ? null : read(text);
    if (value !== null && isNamed({ path, value }, name)) return value.account;
  }
  return null;
}
