// The stack's proposals as an audit has to know them before it plans: their branches, and the commits that it read.
import { fetchBranches } from '../../forge/git/fetch-branches.ts';
import type { Git } from '../../forge/git/git.ts';
import { toTrackingRef } from '../../forge/git/remote.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { listClosedHeads } from '../../forge/github/pull-request.ts';
import type { AuditedCommits } from './branch-state.ts';
import { isProposalBranch } from './group-plan.ts';

interface OpenProposals {
  /** For the proposal, so that it knows what the audit has not seen. */
  audited: AuditedCommits;
  /** With the remote's name in the clone, and each with the heads of its closed pull requests: commits up to those no longer count. */
  proposals: readonly { remote: string; branch: string; closedHeads: readonly string[] }[];
}

/** `github` null: a forge without an API. Throws if the remote cannot be reached. */
export async function readOpenProposals(
  git: Git,
  github: GitHub | null,
  { stack, remote, main }: { stack: string; remote: string; main: string },
): Promise<OpenProposals> {
  const tip = await fetchBranches(git, { remote, main, others: [`dormant/${stack}*`] });
  const listed = await git.run(['for-each-ref', '--format=%(refname) %(objectname)', toTrackingRef(remote, 'dormant')]);
  const heads = listed.split('\n').flatMap((line): [string, string][] => {
    const [name = '', oid = ''] = line.split(' ');
    const branch = name.slice(toTrackingRef(remote, '').length);
    return isProposalBranch(stack, branch) ? [[branch, oid]] : [];
  });
  const proposals = await Promise.all(
    heads.map(async ([branch]) => ({
      remote,
      branch,
      closedHeads: github === null ? [] : await listClosedHeads(github, { branch, main }),
    })),
  );
  return { audited: { main: tip, branches: new Map(heads) }, proposals };
}
