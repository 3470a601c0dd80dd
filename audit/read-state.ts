// What a plan starts from: the files in force on main, those of the open proposal, and the declined accounts.
import { createGit } from '../forge/git/git.ts';
import { findRemote, itself } from '../forge/git/remote.ts';
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
  audited: AuditedCommits;
}

export async function readRepositoryState(
  repository: string,
  { github, main, ...access }: Remote,
  { policy, ...dated }: DatedStack & { policy: Policy },
): Promise<RepositoryState> {
  const { stack, today } = dated;
  const git = createGit(repository, access);
  const remote = (await findRemote(git)) ?? itself;
  const { audited, proposals } = await readOpenProposals(git, github, { stack, remote, main });
  const onMain = await readStackWithArchive(repository, audited.main, dated);
  const proposed: ProposedFile[] = [];
  for (const proposal of proposals)
    proposed.push(...(await readProposedFiles(repository, audited.main, stack, proposal)));
  const { retryAfterDays } = policy.proposal;
  const declined = github ? await readDeclined(git, github, { stack, today, retryAfterDays, remote, main }) : [];
  const escalationsFile = await readCommittedFile(repository, audited.main, getEscalationsPath(stack));
  return { ...onMain, proposed, declined, escalationsFile, audited };
}
