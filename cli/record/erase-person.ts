// Takes one person out of a stack's files, and says in which folders of the records their parts are.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eraseAccount } from '../../policy/edit/erase-account.ts';
import { DormantError } from '../../policy/errors.ts';
import { getEscalationsPath } from '../../policy/files/escalations-file.ts';
import { loadArchive, type StackFiles } from '../../policy/files/stack-files.ts';
import { foldId, foldText, isGuid, type UserId } from '../../policy/identifiers.ts';
import { getPersonFolder } from '../../policy/records/places.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { requirePerson } from '../give-back/find-person.ts';
import { askMain, type MainView } from './ask-main.ts';
import { hashBytes } from './write-parts.ts';

export interface ErasedPerson {
  /** Path → new text; null: the file goes. */
  changes: ReadonlyMap<string, string | null>;
  /** What names the person and stays, as sentences. */
  stays: readonly string[];
  /** Of the records. */
  folders: ReadonlySet<string>;
}

/** Throws `not-erasable` (exit code 2) where something stands against it, `no-such-account` where nothing names the person. */
export async function planPersonErasure(
  repo: string,
  files: StackFiles,
  { name, main }: { name: string; main: MainView },
): Promise<ErasedPerson> {
  const person = findPerson(name, files, main);
  const archive = await loadArchive(openWorkingTree(repo), files.stack);
  const own = [...files.accounts, ...archive].filter(({ value }) => foldId(value.account.id) === foldId(person.id));
  const escalationsPath = getEscalationsPath(files.stack);
  const escalations = await openWorkingTree(repo).read(escalationsPath);
  const question = askMain(new Set([foldId(person.id)]), main).get(foldId(person.id));
  if (question === undefined) throw new TypeError('each id that is asked about has an answer');
  const erased = eraseAccount(
    person,
    {
      paths: own.map(({ path }) => path),
      exemptions: files.exemptions,
      escalations: escalations === null ? null : { path: escalationsPath, text: escalations },
    },
    question,
  );
  return { ...erased, folders: listFolders(person) };
}

interface NamedPerson {
  /** Empty: only an address is known. */
  id: UserId;
  userPrincipalName: string;
}

/** Whoever main never had is only in records: under the id or the address as it is given. */
function findPerson(name: string, { stack, accounts }: StackFiles, { versions, context }: MainView): NamedPerson {
  try {
    return requirePerson(name, [{ stack, accounts, versions, read: context.read }]).account;
  } catch (error) {
    const isUnknown = error instanceof DormantError && error.code === 'no-such-account';
    if (!isUnknown || !(isGuid(name) || name.includes('@'))) throw error;
    return isGuid(name) ? { id: name, userPrincipalName: '' } : { id: '', userPrincipalName: name };
  }
}

function listFolders({ id, userPrincipalName }: NamedPerson): Set<string> {
  const address = `mail:${foldText(userPrincipalName)}`;
  return new Set([
    ...(id === '' ? [] : [String(foldId(id))]),
    ...(userPrincipalName === '' ? [] : [getPersonFolder(address, hashBytes)]),
  ]);
}

/** In the working tree; people commit and merge it. */
export async function writeErasure(repo: string, { changes }: Pick<ErasedPerson, 'changes'>): Promise<void> {
  for (const [path, text] of changes) {
    if (text === null) await rm(join(repo, path), { force: true });
    else await writeFile(join(repo, path), text);
  }
}
