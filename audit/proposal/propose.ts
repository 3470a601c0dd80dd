// From a plan to its pull requests, one group after the other: first the branch, then its pull request.
import type { Git } from '../../forge/git/git.ts';
import { findRemote, itself, requireRemote } from '../../forge/git/remote.ts';
import type { GitHub } from '../../forge/github/github.ts';
import {
  findOpenPull,
  isInMergeQueue,
  listClosedHeads,
  listOpenPulls,
  type PullRequest,
} from '../../forge/github/pull-request.ts';
import { requirePrivateRepository } from '../../forge/github/require-private.ts';
import { clearTheWay } from './clear-the-way.ts';
import { type CommitAuthor, createGitBranchWriter } from './git-branch-writer.ts';
import { createGitHubBranchWriter } from './github-branch-writer.ts';
import { isProposalBranch } from './group-plan.ts';
import { type Proposal, type ProposalOutcome, type ProposedGroup, toProposalOutcome } from './proposal.ts';
import { proposeGroup } from './propose-group.ts';
import { updateBranch } from './update-branch.ts';

interface ProposeOptions {
  labels?: readonly string[];
}

/**
 * Opens or updates the pull requests of the proposal, and withdraws those of branches that it no longer names.
 * Throws `public-repository`, `main-moved`, `branch-moves`, `branch-in-the-way`, `github-refused`.
 */
export async function proposeOnGitHub(
  proposal: Proposal,
  git: Git,
  github: GitHub,
  options: ProposeOptions = {},
): Promise<ProposalOutcome[]> {
  const remote = await requireRemote(git);
  const writer = createGitHubBranchWriter(github);
  const outcomes: ProposalOutcome[] = [];
  for (const group of addAbandonedBranches(proposal, await listOpenBranches(github, proposal))) {
    await requirePrivateRepository(github);
    const branches = { branch: group.branch, main: proposal.main };
    const pull = await findOpenPull(github, branches);
    if (pull !== null && (await isInMergeQueue(github, pull))) {
      outcomes.push(buildQueuedOutcome(group, pull));
      continue;
    }
    if (pull === null) {
      const isClosed = async (branch: string) => (await findOpenPull(github, { ...branches, branch })) === null;
      await makeWay(git, { proposal, group, remote, isClosed });
    }
    const closedHeads = await listClosedHeads(github, branches);
    const wish = { ...buildBranchWish(proposal, group), remote, isOpen: pull !== null, closedHeads };
    const branch = await updateBranch(git, writer, wish);
    const labels = options.labels ?? ['dormant'];
    outcomes.push(await proposeGroup({ proposal, group, git, remote, github, pull, branch, labels }));
  }
  return outcomes;
}

/**
 * What is pushed to a queued pull request is refused (GH006: "Branches that are queued for merging cannot be updated") or left
 * out of the merge without a word (github.com/kgateway-dev/kgateway/issues/10802).
 */
function buildQueuedOutcome({ branch }: ProposedGroup, { number, url }: PullRequest): ProposalOutcome {
  const nothing = { commits: 0, changedFiles: 0, kept: [], overtaken: [], conflicts: [], undecided: [] };
  const note = `Pull request #${number} waits in the merge queue, so it was left as it is; the next audit proposes the rest.`;
  return { branch, kind: 'queued', pull: { number, url }, ...nothing, notes: [note] };
}

/** For a forge without an API, or a bare repository: only the branches; without a remote they are made in the clone itself. */
export async function proposeWithGit(proposal: Proposal, git: Git, author: CommitAuthor): Promise<ProposalOutcome[]> {
  const remote = (await findRemote(git)) ?? itself;
  const writer = createGitBranchWriter(git, remote, author);
  const outcomes: ProposalOutcome[] = [];
  for (const group of addAbandonedBranches(proposal, await listRemoteBranches(git, remote, proposal.stack))) {
    await makeWay(git, { proposal, group, remote, isClosed: async () => true });
    const wish = { ...buildBranchWish(proposal, group), remote, isOpen: null, closedHeads: [] };
    const branch = await updateBranch(git, writer, wish);
    const kind = branch.kind === 'ready' ? (branch.commits > 0 ? 'updated' : 'unchanged') : branch.kind;
    const notes = remote === itself && branch.kind === 'ready' ? [describeLocalBranch(proposal, group)] : [];
    outcomes.push({ ...toProposalOutcome(group, branch), kind, pull: null, notes });
  }
  return outcomes;
}

function describeLocalBranch({ main }: Proposal, { branch }: ProposedGroup): string {
  return `This repository has no remote, so the branch is in it: \`git diff --no-renames ${main}...${branch}\` shows it, and on ${main} \`git merge --no-ff ${branch}\` says yes to it.`;
}

interface PlannedGroup {
  proposal: Proposal;
  group: ProposedGroup;
  remote: string;
  isClosed(branch: string): Promise<boolean>;
}

/** Of the branches that the audit has seen: one that came since is told by `branch-in-the-way`. */
async function makeWay(git: Git, { proposal, group: { branch }, ...rest }: PlannedGroup): Promise<void> {
  const { main, groups, audited } = proposal;
  if (!groups.some((group) => group.branch === branch)) return;
  await clearTheWay(git, { branch, present: [...audited.branches.keys()], main, ...rest });
}

function buildBranchWish({ stack, auditedOn, audited, main }: Proposal, { branch, files, title }: ProposedGroup) {
  return { stack, day: auditedOn, branch, files, headline: title, audited, main };
}

/** With a branch that the plan no longer uses, whose proposed changes have to be reverted. */
function addAbandonedBranches({ groups, stack }: Proposal, branches: readonly string[]): ProposedGroup[] {
  const named = new Set(groups.map(({ branch }) => branch));
  const abandoned = branches.filter((branch) => !named.has(branch)).sort();
  const title = `Dormant ${stack}: nothing to propose`;
  return [...abandoned.map((branch) => ({ branch, title, body: '', files: new Map() })), ...groups];
}

async function listOpenBranches(github: GitHub, { stack, main }: Proposal): Promise<string[]> {
  const open = await listOpenPulls(github);
  const ours = open.filter((pull) => pull.main === main && isProposalBranch(stack, pull.branch));
  return ours.map(({ branch }) => branch);
}

async function listRemoteBranches(git: Git, remote: string, stack: string): Promise<string[]> {
  const listed = await git.run(['ls-remote', remote, `refs/heads/dormant/${stack}`, `refs/heads/dormant/${stack}/*`]);
  const names = listed.split('\n').map((line) => line.split('\t')[1]?.slice('refs/heads/'.length) ?? '');
  return names.filter((name) => isProposalBranch(stack, name));
}
