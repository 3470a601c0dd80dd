// Files below stacks/ that nothing reads: a reviewer would take them for people’s state, and no rule looks at them.
import { createGit } from '../../forge/git/git.ts';
import type { Problem } from '../../policy/errors.ts';
import { getTenantPath } from '../../policy/files/stack-files.ts';
/** Of all files that git has or would add. */
export async function checkStrayFiles(repo: string): Promise<Problem[]> {
  const git = createGit(repo);
  const list = async (...options: string[]) =>
    (await git.run(['ls-files', '-z', ...options])).split('\0').filter((path) => path !== '');
  const gone = new Set(await list('--deleted'));
  const paths = await list('--cached', '--others', '--exclude-standard');
  return listStrayFiles(paths.filter((path) => !gone.has(path)));
}

/** Pure. In a repository that has the code, too, stacks/ holds folders of code. */
export function listStrayFiles(paths: readonly string[]): Problem[] {
  const below = [...new Set(paths)].filter((path) => /^stacks\/./i.test(path)).sort();
  const stacks = below.flatMap((path) => /^stacks\/([^/]+)\/tenant\.yaml$/.exec(path)?.[1] ?? []);
  const twice = stacks.filter((stack, at) => stacks.findIndex((other) => isSameFolder(other, stack)) < at);
  return [
    ...twice.map((stack) => buildStray(getTenantPath(stack), 'differs from another stack by its case only')),
    ...below.flatMap((path) => {
      const because = findReason(path, new Set(stacks));
      return because === null ? [] : [buildStray(path, because)];
    }),
  ];
}

/** What lies right in `accounts/` is told when the stack is loaded. */
const known =
  /^(tenant\.yaml|escalations\.yaml|README\.md|\.gitkeep|accounts\/[^/]+|(archive|give-back)\/([^/]+\.yaml|\.gitkeep))$/;

/** null: it is read, or is code. */
function findReason(path: string, stacks: ReadonlySet<string>): string | null {
  const [top, stack = '', ...rest] = path.split('/');
  if (top !== 'stacks') return 'is read by nothing; the folder is spelled stacks/';
  if (rest.length === 0) return null;
  if (stacks.has(stack)) {
    const allowed =
      'tenant.yaml, escalations.yaml, accounts/<name>.yaml, archive/<name>.yaml, give-back/<name>.yaml and a README.md';
    return known.test(rest.join('/')) ? null : `is read by nothing; a stack has ${allowed}`;
  }
  const isState = /\.ya?ml$/i.test(path) || /^(accounts|archive)$/i.test(rest[0] ?? '');
  return isState ? `is read by nothing: stacks/${stack}/ has no tenant.yaml` : null;
}

function isSameFolder(one: string, other: string): boolean {
  return one.normalize('NFC').toLowerCase() === other.normalize('NFC').toLowerCase();
}

function buildStray(path: string, message: string): Problem {
  return { path, line: 1, column: 1, code: 'stray-file', message };
}
