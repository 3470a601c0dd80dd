// The repository's CODEOWNERS, for what has to be told to somebody.
import { codeOwnersPaths, matchCodeOwners } from '../forge/github/code-owners.ts';
import type { GitHub } from '../forge/github/github.ts';
import { getAccountsFolder } from '../policy/files/account-file.ts';
import { openWorkingTree } from '../stacks/working-tree.ts';

/** null: there is none. */
export async function readCodeOwners(repo: string): Promise<string | null> {
  const files = openWorkingTree(repo);
  for (const path of codeOwnersPaths) {
    const text = await files.read(path);
    if (text !== null) return text;
  }
  return null;
}

/** A path that stands for every account file of the stack: who owns it is asked about, whether or not there is such a file. */
export function getAnyAccountPath(stack: string): string {
  return `${getAccountsFolder(stack)}/somebody.yaml`;
}

/** Mentions of who owns the path, to begin a text with; empty: nobody does. */
export async function mentionOwners(repo: string, path: string, { owner }: Pick<GitHub, 'owner'>): Promise<string> {
  const { users, teams } = matchCodeOwners((await readCodeOwners(repo)) ?? '', [path]);
  const mentions = [...users.map((user) => `@${user}`), ...teams.map((team) => `@${owner}/${team}`)];
  return mentions.length === 0 ? '' : `${mentions.join(' ')}: `;
}
