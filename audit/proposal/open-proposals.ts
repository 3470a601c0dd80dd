// The stack's proposals as an audit has to know them before it plans: their branches, and the commits that it read.
import { toRemoteRef } from '../../forge/git/branch.ts';
import type { Git } from '../../forge/git/git.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { listClosedHeads } from '../../forge/github/pull-request.ts';
import type { AuditedCommits } from './branch-state.ts';
import { isProposalBranch } from './group-plan.ts';

interface OpenProposals {
  /** For the proposal, so that it knows what the audit has not seen. */
  audited: AuditedCommits;
  /** Each with the heads of its closed pull requests: commits up to those no longer count. */
  proposals: readonly { branch: string; closedHeads: readonly string[] }[];
}

/** `github` null: a forge without an API. Throws if the remote cannot be reached. */
export async function readOpenProposals(
  git: Git,
  github: GitHub | null,
  { stack, main }: { stack: string; main: string },
): Promise<OpenProposals> {
  await git.run([
    ...['fetch', '--quiet', '--no-tags', '--prune', 'origin'],
    `+refs/heads/${main}:${toRemoteRef(main)}`,
    `+refs/heads/dormant/${stack}*:${toRemoteRef(`dormant/${stack}`)}*`,
  ]);
  const listed = await git.run(['for-each-ref', '--format=%(refname) %(objectname)', toRemoteRef('dormant')]);
  const heads = listed.split('\n').flatMap((line): [string, string][] => {
    const [name = '', oid = ''] = line.split(' ');
    const branch = name.slice(toRemoteRef('').length);
    return isProposalBranch(stack, branch) ? [[branch, oid]] : [];
  });
  const tip = await git.run(['rev-parse', toRemoteRef(main)]);
  const proposals = await Promise.all(
    heads.map(async ([branch]) => ({
      branch,
      closedHeads: github === null ? [] : await listClosedHeads(github, branch),
    })),
  );
  return { audited: { main: tip, branches: new Map(heads) }, proposals };
}
