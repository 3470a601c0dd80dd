// CODEOWNERS: account files, and what decides about all of them, have owners who must approve changes.
import { matchCodeOwners as ownersOf } from '../../../forge/github/code-owners.ts';
import { getAccountsFolder } from '../../../policy/files/account-file.ts';
import { readCodeOwners } from '../../read-owners.ts';
import { type Check, type Finding, fail, pass, warn } from '../check.ts';

export const codeOwners: Check = {
  name: 'code owners',
  needs: null,
  async run({ root, stack, files }) {
    const text = await readCodeOwners(root);
    const fix = `dormant init ${stack} --reviewers @org/team (writes the lines), or edit .github/CODEOWNERS`;
    if (text === null) return fail('there is no CODEOWNERS: anybody may approve', fix);
    const isOwned = (path: string) => listOwners(text, path).length > 0;
    const accounts = `${getAccountsFolder(stack)}/somebody.yaml`;
    if (!isOwned(accounts)) return fail('nobody owns the account files of this stack', fix);
    return [
      judgeShared(shared.filter((path) => !isOwned(path))),
      { ...judgeTenant(listOwners(text, files.tenant.path), listOwners(text, accounts)), about: 'of tenant.yaml' },
    ];
  },
};

/** What decides about every stack, and what runs with the identities. */
const shared = ['policy/policy.yaml', 'exemptions.yaml', '.github/workflows/apply.yml'];

function judgeShared(unowned: readonly string[]): Finding {
  return unowned.length === 0
    ? pass('account files, policy, exemptions and workflows have owners')
    : warn(`nobody owns ${unowned.join(', ')}`, 'add them to .github/CODEOWNERS');
}

/** Whoever approves tenant.yaml decides whose signatures count. */
function judgeTenant(owners: readonly string[], reviewers: readonly string[]): Finding {
  if (owners.length === 0)
    return fail('nobody owns it: anybody may bring a key of their own', 'give it owners in .github/CODEOWNERS');
  const isSame = owners.join() === reviewers.join();
  return pass(`the keys belong to ${owners.join(', ')}${isSame ? ', who own the account files, too' : ''}`);
}

function listOwners(text: string, path: string): string[] {
  const { users, teams } = ownersOf(text, [path]);
  return [...users.map((user) => `@${user}`), ...teams.map((team) => `team ${team}`)];
}
