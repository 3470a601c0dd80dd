// From a request to a pull request on give-back/: whoever asks need not write YAML, and who approves still decides.
import { fetchBranches } from '../../forge/git/fetch-branches.ts';
import type { Git } from '../../forge/git/git.ts';
import { requireRemote } from '../../forge/git/remote.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { openPull } from '../../forge/github/open-pull.ts';
import { findOpenPull, listClosedHeads, listOpenPulls, type PullRequest } from '../../forge/github/pull-request.ts';
import { updatePull } from '../../forge/github/update-pull.ts';
import { DormantError } from '../../policy/errors.ts';
import type { Day } from '../../policy/evidence.ts';
import type { GiveBack } from '../../policy/schemas/give-back.ts';
import type { HidingStyle } from '../../policy/words/show-name.ts';
import { createGitHubBranchWriter } from './github-branch-writer.ts';
import { renderGiveBackBody } from './markdown/give-back.ts';
import { updateBranch } from './update-branch.ts';

/** The file that is proposed. */
export interface PreparedGiveBack {
  stack: string;
  path: string;
  text: string;
  value: GiveBack;
  /** How the pull request calls people; null: by their names. */
  style: HidingStyle | null;
}

interface GiveBackProposal extends PreparedGiveBack {
  main: string;
  today: Day;
  /** null: nobody asked by an issue. */
  issue: number | null;
}

const prefix = 'dormant-give-back/';

/** By the issue that asks, or by the account. A branch name may hold no mail address, and no issue is called so. */
function toGiveBackBranch({ stack, value, issue }: Pick<GiveBackProposal, 'stack' | 'value' | 'issue'>): string {
  return `${prefix}${issue ?? `${stack}-${value.account.id.slice(0, 8).toLowerCase()}`}`;
}

/** The issue that a branch of ours is for; null: none. */
export function findIssueOfBranch(branch: string): number | null {
  const [, digits] = /^dormant-give-back\/([1-9]\d{0,8})$/.exec(branch) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** Throws `give-back-open` where another pull request gives the same account back. */
export async function proposeGiveBack(
  git: Git,
  github: GitHub,
  proposal: GiveBackProposal,
): Promise<Pick<PullRequest, 'number' | 'url'>> {
  const { main, today, path, text, stack, value, issue, style } = proposal;
  const branch = toGiveBackBranch(proposal);
  await requireNoOther(github, { branch, path, value });
  const open = await findOpenPull(github, { branch, main });
  const closedHeads = await listClosedHeads(github, { branch, main });
  const remote = await requireRemote(git);
  const tip = await fetchBranches(git, { remote, main });
  // A title becomes the subject of a commit: who it is stands in the body.
  const title = issue === null ? 'Give an account back' : `Give an account back (#${issue})`;
  await updateBranch(git, createGitHubBranchWriter(github), {
    ...{ stack: 'give-back', day: today, branch, files: new Map([[path, text]]), headline: title },
    ...{ audited: { main: tip, branches: new Map() }, remote, main, isOpen: open !== null, closedHeads },
  });
  const wish = {
    ...{ branch, main, title, body: renderGiveBackBody(stack, value, { issue, style }), isDraft: false },
    ...{ labels: ['dormant'], reviewers: { users: [], teams: [] } },
  };
  const { pull } = open === null ? await openPull(github, wish) : await updatePull(github, open, wish);
  return { number: pull.number, url: pull.url };
}

async function requireNoOther(
  github: GitHub,
  { branch, path, value }: { branch: string; path: string; value: GiveBack },
): Promise<void> {
  const others = (await listOpenPulls(github)).filter(
    (pull) => pull.branch.startsWith(prefix) && pull.branch !== branch,
  );
  for (const { number, url } of others) {
    const files = await github.listAll('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', { pull_number: number });
    if (!files.some(({ filename }) => filename === path)) continue;
    const who = value.account.userPrincipalName;
    throw new DormantError('give-back-open', `Pull request #${number} asks to give ${who} back already.`, {
      exitCode: 2,
      where: url,
      remedy: 'Have that one approved, or close it first.',
    });
  }
}
