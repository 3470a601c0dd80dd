// What a plan starts from: the files in force on main, those of the open proposal, and the declined accounts.
import { createGit, type Git } from '../forge/git/git.ts';
import { findRemote, itself, toTrackingRef } from '../forge/git/remote.ts';
import type { GitHub } from '../forge/github/github.ts';
import { getEscalationsPath } from '../policy/files/escalations-file.ts';
import type { DeclinedAccount, ProposedFile } from '../policy/plan/input.ts';
import type { Policy } from '../policy/schemas/policy.ts';
import type { DatedStack } from './history/stack-history.ts';
import {
  readCommittedFile,
  readProposedFiles,
  readStackWithArchive,
  type StackWithArchive,
} from './history/tracked-files.ts';
import type { AuditedCommits } from './proposal/branch-state.ts';
import { readDeclined } from './proposal/declined-accounts.ts';
import { readOpenProposals } from './proposal/open-proposals.ts';

/** Where proposals go. */
export interface Remote {
  /** null: a forge without an API. */
  github: GitHub | null;
  /** The branch that proposals are merged into. */
  main: string;
  /** For git over HTTPS. */
  token?: string;
  serverUrl?: string;
}

export interface RepositoryState extends StackWithArchive {
  proposed: ProposedFile[];
  declined: DeclinedAccount[];
  /** The stack's escalations.yaml on main; null: it has none. */
  escalationsFile: { text: string } | null;
  /** null: nothing is committed yet, or nothing was pushed to the remote, so nothing can be proposed either. */
  audited: AuditedCommits | null;
  /** The commit, or HEAD, that all of it is of. */
  ref: string;
}

export async function readRepositoryState(
  repository: string,
  { github, main, ...access }: Remote,
  { policy, ...dated }: DatedStack & { policy: Policy },
): Promise<RepositoryState> {
  const { stack, today } = dated;
  const git = createGit(repository, access);
  const remote = (await findRemote(git)) ?? itself;
  if (await isEmpty(git, remote)) {
    const head = await findHead(git);
    return {
      ...(await readStackWithArchive(repository, head, dated)),
      escalationsFile: await readCommittedFile(repository, head, getEscalationsPath(stack)),
      proposed: [],
      declined: [],
      audited: null,
      ref: head,
    };
  }
  const { audited, proposals } = await readOpenProposals(git, github, { stack, remote, main });
  const onMain = await readStackWithArchive(repository, audited.main, dated);
  const proposed: ProposedFile[] = [];
  for (const proposal of proposals)
    proposed.push(...(await readProposedFiles(repository, audited.main, stack, proposal)));
  const { retryAfterDays } = policy.proposal;
  const declined = github ? await readDeclined(git, github, { stack, today, retryAfterDays, remote, main }) : [];
  const escalationsFile = await readCommittedFile(repository, audited.main, getEscalationsPath(stack));
  return { ...onMain, proposed, declined, escalationsFile, audited, ref: audited.main };
}

/** A repository without a commit. One on a forge is asked only where none of its branches is known here. */
async function isEmpty(git: Git, remote: string): Promise<boolean> {
  if (remote === itself) return !(await hasCommit(git));
  if ((await git.run(['for-each-ref', '--count=1', toTrackingRef(remote, '')])) !== '') return false;
  return (await git.run(['ls-remote', '--heads', remote])) === '';
}

/** Of a repository without a commit, an empty one that no branch leads to: nothing is in force there. */
async function findHead(git: Git): Promise<string> {
  if (await hasCommit(git)) return 'HEAD';
  const tree = await git.run(['mktree'], '');
  const nobody = ['-c', 'user.name=Dormant', '-c', 'user.email=dormant@users.noreply.github.com'];
  return git.run([...nobody, 'commit-tree', '-m', 'Nothing is in force', tree]);
}

async function hasCommit(git: Git): Promise<boolean> {
  return (await git.runOrNull(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])) !== null;
}
