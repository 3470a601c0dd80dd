// Whom somebody means with a name: in all stacks or in one, by userPrincipalName, object id, display name or file. Pure.
import { isNamed } from '../../policy/edit/require-account-file.ts';
import { suggestNames } from '../../policy/edit/suggest-names.ts';
import { DormantError } from '../../policy/errors.ts';
import type { WrittenAccount } from '../../policy/give-back/judge-give-backs.ts';
import { foldId, foldText, type IdKey } from '../../policy/identifiers.ts';
import type { FileVersion, ReadVersion } from '../../policy/signing/main-line.ts';
import { formatList } from '../../policy/words/labels.ts';

export interface SearchedStack {
  stack: string;
  /** The files of accounts/. */
  accounts: readonly WrittenAccount[];
  /** Main's versions of accounts/ and archive/, the oldest first. */
  versions: readonly FileVersion[];
  read: ReadVersion;
}

export interface FoundPerson {
  stack: string;
  /** As main or the working tree has the account, or main had it last. */
  account: WrittenAccount['value']['account'];
  path: string;
}

/** Throws `no-such-account` (exit code 2) with the nearest names where nobody is called so, or with all where several are. */
export function requirePerson(name: string, stacks: readonly SearchedStack[]): FoundPerson {
  const found = stacks.flatMap((searched) => findInStack(name, searched));
  const [person] = found;
  if (person !== undefined && found.length === 1) return person;
  if (person === undefined) throw createUnknownError(name, stacks);
  const list = found.map(({ stack, account }) => `${account.userPrincipalName} of ${stack} (${account.id})`);
  throw new DormantError('no-such-account', `${found.length} accounts are called ${name}: ${formatList(list)}.`, {
    exitCode: 2,
    remedy: 'Name the stack and the object id.',
  });
}

/** Each account once: its file in accounts/, or the last that main had. */
function findInStack(name: string, { stack, accounts, versions, read }: SearchedStack): FoundPerson[] {
  const found = new Map<IdKey, FoundPerson>();
  const add = (path: string, { account }: WrittenAccount['value']) =>
    found.set(foldId(account.id), { stack, account, path });
  const wanted = foldText(name);
  for (const { path, text } of versions) {
    // Texts are searched before they are parsed: most of a long history is about others.
    if (text === null || !foldText(`${path} ${text}`).includes(wanted)) continue;
    const value = read(text);
    if (value !== null && isCalled({ path, value }, name)) add(path, value);
  }
  for (const { path, value } of accounts) {
    if (isCalled({ path, value }, name) || found.has(foldId(value.account.id))) add(path, value);
  }
  return [...found.values()];
}

function isCalled(file: Pick<WrittenAccount, 'path' | 'value'>, name: string): boolean {
  return isNamed(file, name) || foldText(file.value.account.displayName) === foldText(name);
}

function createUnknownError(name: string, stacks: readonly SearchedStack[]): DormantError {
  const known = stacks.flatMap(({ accounts, versions }) => [
    ...accounts.map(({ value }) => value.account.userPrincipalName),
    ...accounts.map(({ value }) => value.account.displayName),
    ...versions.map(({ path }) => path.slice(path.lastIndexOf('/') + 1).replace(/\.yaml$/, '')),
  ]);
  const where = stacks.length === 1 ? `No file of ${stacks[0]?.stack} is` : 'No file of any stack is';
  const near = suggestNames(name, [...new Set<string>(known)]);
  return new DormantError('no-such-account', `${where} about ${name}, and main never had one.`, {
    exitCode: 2,
    remedy: `${near.startsWith('Did') ? `${near} ` : ''}Name them by userPrincipalName, object id, display name or file.`,
  });
}
