// CODEOWNERS: account files, and what decides about all of them, have owners who must approve changes.
import { codeOwnersPaths, matchCodeOwners as ownersOf } from '../../../forge/github/code-owners.ts';
import { getAccountsFolder } from '../../../policy/files/account-file.ts';
import { openWorkingTree } from '../../../stacks/working-tree.ts';
import { type Check, type Finding, fail, pass, warn } from '../check.ts';

export const codeOwners: Check = {
  name: 'code owners',
  needs: null,
  async run({ root, stack }) {
    const text = await readCodeOwnersText(root);
    const fix = `dormant init ${stack} --reviewers @org/team (writes the lines), or edit .github/CODEOWNERS`;
    if (text === null) return fail('there is no CODEOWNERS: anybody may approve', fix);
    const isOwned = (path: string) => {
      const { users, teams } = ownersOf(text, [path]);
      return users.length + teams.length > 0;
    };
    if (!isOwned(`${getAccountsFolder(stack)}/somebody.yaml`))
      return fail('nobody owns the account files of this stack', fix);
    return judgeShared(shared.filter((path) => !isOwned(path)));
  },
};

/** What decides about every stack, and what runs with the identities. */
const shared = ['policy/policy.yaml', 'exemptions.yaml', '.github/workflows/apply.yml'];

function judgeShared(unowned: readonly string[]): Finding {
  return unowned.length === 0
    ? pass('account files, policy, exemptions and workflows have owners')
    : warn(`nobody owns ${unowned.join(', ')}`, 'add them to .github/CODEOWNERS');
}

async function readCodeOwnersText(root: string): Promise<string | null> {
  for (const path of codeOwnersPaths) {
    const text = await openWorkingTree(root).read(path);
    if (text !== null) return text;
  }
  return null;
}
