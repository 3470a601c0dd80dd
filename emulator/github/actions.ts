// What Actions gives a run, by where it comes from: the rights of its token, which secrets, which environments.
import { isRecord } from './authentication.ts';
import type { RepositorySettings } from './state.ts';

export interface RunSource {
  /** GITHUB_REF, such as `refs/heads/main` or `refs/pull/12/merge`. */
  ref: string;
  /** Whose event it is: of somebody who may write here, of a fork's pull request, or of Dependabot. */
  from: 'repository' | 'fork' | 'dependabot';
}

type Level = 'read' | 'write' | 'none';

/**
 * The token's rights: those that the job asks for, of which a fork's run gets no write, and so no id-token either. Dependabot's is
 * a read-only one, too, but may ask for more.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax (permissions, "forked repositories")
 * https://docs.github.com/code-security/dependabot/troubleshooting-dependabot/troubleshooting-dependabot-on-github-actions
 */
export function limitPermissions(
  asked: Readonly<Record<string, string>>,
  { from }: Pick<RunSource, 'from'>,
): Record<string, Level> {
  const entries = Object.entries(asked) as [string, Level][];
  if (from !== 'fork') return Object.fromEntries(entries);
  return Object.fromEntries(
    entries.flatMap(([name, level]): [string, Level][] =>
      name === 'id-token' ? [] : [[name, level === 'write' ? 'read' : level]],
    ),
  );
}

/**
 * Whether a job of this run may use the environment. One that is not there is made by the first job that names it, and admits all.
 * The ref of a pull request's run is `refs/pull/12/merge`, and never that of a branch, whatever its branch is called.
 * https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments
 * https://github.blog/changelog/2025-11-07-actions-pull_request_target-and-environment-branch-protections-changes/
 */
export function admitsRef(
  { environments, branchPolicies }: Pick<RepositorySettings, 'environments' | 'branchPolicies'>,
  environment: string,
  { ref, from }: RunSource,
): boolean {
  const policy = environments[environment]?.deployment_branch_policy;
  if (!isRecord(policy)) return true;
  // https://github.blog/changelog/2023-08-10-actions-runs-triggered-from-tags-or-forks-with-the-same-name-as-a-protected-branch-will-now-be-blocked
  if (from === 'fork') return false;
  return (branchPolicies[environment] ?? []).some(({ name, type = 'branch' }) => {
    const prefix = type === 'branch' ? 'refs/heads/' : 'refs/tags/';
    return ref.startsWith(prefix) && matchesFilter(name, ref.slice(prefix.length));
  });
}

/**
 * A pattern of `on.push.branches`, `paths` and the like: `*` ends at a slash, `**` does not. The patterns of environments are
 * Ruby's File.fnmatch, which say the same of these two.
 */
export function matchesFilter(pattern: string, text: string): boolean {
  const source = pattern
    .split(/(\*\*|\*|\?)/)
    .map((part) => {
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      return part === '?' ? '[^/]' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}$`).test(text);
}
