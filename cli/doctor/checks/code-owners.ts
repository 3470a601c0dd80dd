// CODEOWNERS: account files, what decides about all of them, and what runs with the identities have owners who must approve changes.
import { createGit } from '../../../forge/git/git.ts';
import { listUnowned, matchCodeOwners as ownersOf } from '../../../forge/github/code-owners.ts';
import { nameProgram } from '../../installed-folder.ts';
import { getAnyAccountPath, readCodeOwners } from '../../read-owners.ts';
import { type Check, type Finding, fail, pass, warn } from '../check.ts';

export const codeOwners: Check = {
  name: 'code owners',
  needs: null,
  async run({ root, stack, files }) {
    const text = await readCodeOwners(root);
    const fix = `${nameProgram()} init ${stack} --reviewers @org/team (writes the lines), or edit .github/CODEOWNERS`;
    if (text === null) return fail('there is no CODEOWNERS: anybody may approve', fix);
    const isOwned = (path: string) => listOwners(text, path).length > 0;
    const accounts = getAnyAccountPath(stack);
    if (!isOwned(accounts)) return fail('nobody owns the account files of this stack', fix);
    const paths = [...new Set([...shared, ...(await listFiles(root, stack))])];
    const unowned = listUnowned(text, paths).filter((path) => path !== files.tenant.path);
    return [
      judgeShared(unowned, paths),
      { ...judgeTenant(listOwners(text, files.tenant.path), listOwners(text, accounts)), about: 'of tenant.yaml' },
      { ...judgeGiveBack(text, stack), about: 'of give-back/' },
    ];
  },
};

/** What decides about every stack, and what decides which packages run: also before there is such a file. */
const shared = ['policy/policy.yaml', 'exemptions.yaml', '.github/workflows/apply.yml', 'package-lock.json', '.npmrc'];

/** All that git has but the files of the accounts, what only people read, and the files of the other stacks. */
async function listFiles(root: string, stack: string): Promise<string[]> {
  const listed = await createGit(root).runOrNull(['ls-files', '-z', '--', '.', ':(exclude)stacks/*/accounts']);
  const paths = (listed ?? '').split('\0').filter((path) => path !== '');
  const ofOthers = paths
    .filter((path) => /^stacks\/[^/]+\/tenant\.yaml$/.test(path) && path !== `stacks/${stack}/tenant.yaml`)
    .map((path) => path.slice(0, path.lastIndexOf('/') + 1));
  return paths.filter((path) => !isForPeople(path) && !ofOthers.some((folder) => path.startsWith(folder)));
}

function isForPeople(path: string): boolean {
  return /\.(md|png)$|^(LICENSE|\.gitignore)$/.test(path);
}

function judgeShared(unowned: readonly string[], files: readonly string[]): Finding {
  if (unowned.length === 0) return pass('account files, policy, exemptions, workflows and code have owners');
  const names = nameByFolder(unowned, files);
  const others = names.length > shown ? ` and ${names.length - shown} more` : '';
  return fail(
    `nobody owns ${names.slice(0, shown).join(', ')}${others}: anybody may approve what runs`,
    'put `* @org/team` above all other lines of .github/CODEOWNERS, and take out lines without an owner',
  );
}

const shown = 5;

/** A folder of the root stands for its files where nobody owns any of them. */
function nameByFolder(unowned: readonly string[], files: readonly string[]): string[] {
  const owned = new Set(files.filter((path) => !unowned.includes(path)).map(getFolder));
  return [...new Set(unowned.map((path) => (owned.has(getFolder(path)) ? path : getFolder(path))))].sort();
}

function getFolder(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/') + 1) : path;
}

/** Who asks cannot approve, so that one owner alone could never be given back what they ask for. */
function judgeGiveBack(text: string, stack: string): Finding {
  const folder = `/stacks/${stack}/give-back/`;
  const owners = listOwners(text, `${folder.slice(1)}somebody.yaml`);
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/)[0] ?? '');
  const [own, ofStack] = [lines.indexOf(folder), lines.lastIndexOf(`/stacks/${stack}/`)];
  const fix = `${nameProgram()} init ${stack} --give-back-owners @org/helpdesk-leads (writes the line), or edit .github/CODEOWNERS`;
  if (owners.length === 0) return fail('nobody owns it: anybody may approve that somebody is given back', fix);
  if (own >= 0 && own < ofStack)
    return fail(`its line stands above that of the stack, which decides instead: ${owners.join(', ')}`, fix);
  const [only = ''] = owners;
  if (owners.length === 1 && !only.startsWith('team '))
    return fail(`${only} alone owns it: what they ask for nobody can approve`, fix);
  if (own < 0) return warn(`it has no line of its own, so ${owners.join(', ')} approve who is given back`, fix);
  return pass(`${owners.join(', ')} may approve that somebody is given back`);
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
