// The files of a stack without one person, from a clone of its repository: what `eraseAccount` is asked with. Writes nothing.
import { readStackWithArchive, type StackWithArchive } from '../../audit/history/tracked-files.ts';
import { verifySignature } from '../../forge/facts-key.ts';
import { type ErasedFiles, eraseAccount } from '../../policy/edit/erase-account.ts';
import { createNoSuchAccountError, isNamed } from '../../policy/edit/require-account-file.ts';
import { readErasureQuestion } from '../../policy/erasure/read-question.ts';
import { getEscalationsPath } from '../../policy/files/escalations-file.ts';
import { loadStack, type StackFiles } from '../../policy/files/stack-files.ts';
import { foldId } from '../../policy/identifiers.ts';
import type { AccountIdentity } from '../../policy/schemas/account.ts';
import { createSigningContext } from '../../policy/signing/account-past.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';

export interface ErasureOfFiles {
  repo: string;
  stack: string;
  /** A userPrincipalName, an object id or a file; of somebody in the files, or in main's history. */
  name: string;
  /** What counts as main. */
  ref: string;
  today: string;
}

/**
 * By what main says, without a look at the tenant: of somebody in archive/ nobody can know here whether they are still blocked.
 * Throws `no-such-account` and `not-erasable` (exit code 2), `shallow-clone`.
 */
export async function eraseFromFiles({
  repo,
  stack,
  name,
  ref,
  today,
}: ErasureOfFiles): Promise<ErasedFiles & { account: AccountIdentity }> {
  const tree = openWorkingTree(repo);
  const files = await loadStack(tree, stack);
  const onMain = await readStackWithArchive(repo, ref, { stack, today });
  const account = findAccount(name, onMain);
  if (account === null) throw createNoSuchAccountError(stack, name);
  const id = foldId(account.id);
  const { places, versions } = onMain.line;
  const context = createSigningContext(stack, files.tenant.value, {
    verify: verifySignature,
    places,
    read: onMain.read,
  });
  const says = readErasureQuestion(id, { versions, giveBackTexts: onMain.giveBackTexts }, context);
  const escalations = await readEscalations(tree, stack);
  const paths = listPaths(id, { files, onMain });
  const erased = eraseAccount(
    account,
    { paths, exemptions: files.exemptions, escalations },
    { ...says, isInState: null, tenant: null, today },
  );
  return { ...erased, account };
}

function listPaths(id: string, { files, onMain }: { files: StackFiles; onMain: StackWithArchive }): string[] {
  return [
    ...files.accounts.filter(({ value }) => foldId(value.account.id) === id),
    ...onMain.archived.filter(({ file }) => foldId(file.account.id) === id),
  ].map(({ path }) => path);
}

/** Who has a file, before those whom only main's past knows; of these the last one of the name. */
function findAccount(name: string, { inForce, archived, line, read }: StackWithArchive): AccountIdentity | null {
  const here = [...inForce, ...archived].find(({ path, file }) => isNamed({ path, value: file }, name));
  if (here !== undefined) return here.file.account;
  for (const { path, text } of line.versions.toReversed()) {
    const value = text === null ? null : read(text);
    if (value !== null && isNamed({ path, value }, name)) return value.account;
  }
  return null;
}

async function readEscalations(
  tree: ReturnType<typeof openWorkingTree>,
  stack: string,
): Promise<{ path: string; text: string } | null> {
  const path = getEscalationsPath(stack);
  const text = await tree.read(path);
  return text === null ? null : { path, text };
}
