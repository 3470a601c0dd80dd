// One group's pull request, once its branch is up to date.
import type { Git } from '../../forge/git/git.ts';
import { toTrackingRef } from '../../forge/git/remote.ts';
import { type CodeOwners, codeOwnersPaths, matchCodeOwners } from '../../forge/github/code-owners.ts';
import { upsertComment } from '../../forge/github/comment.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { openPull } from '../../forge/github/open-pull.ts';
import { closePull, type PullRequest } from '../../forge/github/pull-request.ts';
import { type PullRequestWish, updatePull } from '../../forge/github/update-pull.ts';
import { formatCode, renderTableHead, renderTableRow } from '../../forge/markdown/escape.ts';
import { buildFileAnchor, resolveFileLinks } from '../../forge/markdown/file-link.ts';
import type { UndecidedWords } from '../../policy/merge/merged-text.ts';
import { locatePage } from '../../policy/words/locate-page.ts';
import { findPeopleFolder } from '../../policy/words/redact-names.ts';
import { type Proposal, type ProposalOutcome, type ProposedGroup, toProposalOutcome } from './proposal.ts';
import type { UpdatedBranch } from './update-branch.ts';

interface GroupInput {
  proposal: Proposal;
  group: ProposedGroup;
  git: Git;
  /** The remote's name in the clone. */
  remote: string;
  github: GitHub;
  /** The open pull request before this run. */
  pull: PullRequest | null;
  branch: UpdatedBranch;
  labels: readonly string[];
}

export async function proposeGroup(input: GroupInput): Promise<ProposalOutcome> {
  const { github, group, pull, branch } = input;
  const base = toProposalOutcome(group, branch);
  const reference = pull === null ? null : { number: pull.number, url: pull.url };
  if (branch.kind === 'nothing') return { ...base, kind: 'nothing', pull: reference, notes: [] };
  if (pull !== null) {
    await announceConflict(input, pull);
    await announceUndecided(input, pull);
  }
  if (branch.kind === 'conflict') return { ...base, kind: 'conflict', pull: reference, notes: [] };
  if (branch.changedFiles === 0) {
    if (pull === null) return { ...base, kind: 'nothing', pull: null, notes: [] };
    await closePull(github, pull, nothingLeft);
    return { ...base, kind: 'withdrawn', pull: reference, notes: [] };
  }
  const wish = await buildPullRequestWish(input);
  const result = pull === null ? await openPull(github, wish) : await updatePull(github, pull, wish);
  const { number, url } = result.pull;
  const kind = result.outcome === 'unchanged' && branch.commits > 0 ? 'updated' : result.outcome;
  return { ...base, kind, pull: { number, url }, notes: result.notes };
}

const nothingLeft =
  'Nothing is left to propose here: every account of this pull request is in use again, exempt, or already merged. The next audit opens a new one when there is something to decide.';

async function buildPullRequestWish(input: GroupInput): Promise<PullRequestWish> {
  const { proposal, group, git, remote, github, labels } = input;
  const { main, isDraft, artifactUrl } = proposal;
  const startsChecks = (await github.readViewer()).login !== 'github-actions[bot]';
  return {
    branch: group.branch,
    main,
    title: group.title,
    body: startsChecks ? group.body : `${group.body.trimEnd()}\n\n${checksNote}\n`,
    ...(artifactUrl === undefined ? {} : { artifactUrl }),
    isDraft,
    labels,
    reviewers: await readCodeOwners(git, toTrackingRef(remote, main), [...group.files.keys()]),
  };
}

/**
 * Since June 2026: docs.github.com/actions/concepts/security/github_token. Not on GitHub Enterprise Server, where nothing starts:
 * github.com/github/docs, data/features/actions-github-token-pull-request-approval.yml.
 */
const checksNote = `> [!NOTE]
> The pipeline works here with the workflow’s own GITHUB_TOKEN. The checks of what it opens and commits wait until somebody with
> write access chooses “Approve workflows to run” at the foot of this page; required ones hold up the merge until then. With a
> GitHub App they start at once (${locatePage('guides/github.md')}).`;

async function readCodeOwners(git: Git, main: string, paths: readonly string[]): Promise<CodeOwners> {
  for (const place of codeOwnersPaths) {
    const text = await git.runOrNull(['show', `${main}:${place}`]);
    if (text !== null) return matchCodeOwners(text, paths);
  }
  return { users: [], teams: [] };
}

/** One comment, updated while the conflict lasts and when it is gone. */
async function announceConflict(input: GroupInput, { number, url }: PullRequest): Promise<void> {
  const { github, branch, proposal } = input;
  const text = branch.kind === 'conflict' ? renderConflict(branch.files, proposal) : conflictGone;
  await upsertComment(github, {
    number,
    key: 'conflict',
    render: () => resolveFileLinks(text, url),
    onlyIfPresent: branch.kind !== 'conflict',
  });
}

/** Stays until other words come: whoever is to decide may read it weeks later. */
async function announceUndecided(
  { github, branch, proposal }: GroupInput,
  { number, url }: PullRequest,
): Promise<void> {
  const { undecided } = branch;
  if (undecided.length === 0) return;
  const text = resolveFileLinks(renderUndecided(undecided, proposal), url);
  await upsertComment(github, { number, key: 'words', render: () => text });
}

function renderUndecided(undecided: readonly UndecidedWords[], { main, names }: Proposal): string {
  const show = (text: string) => (names === undefined ? formatCode(text, 300) : 'in the file');
  const rows = undecided.map(({ path, ...words }) =>
    renderTableRow([renderPath(path, 300, names), show(words.main), show(words.branch)]),
  );
  const head = renderTableHead([
    ['File', 'left'],
    [`On ${main}`, 'left'],
    ['On this branch', 'left'],
  ]);
  return `### Two people said different things

Each of these was changed on ${main} and on this branch, by people. The word of ${main} stands, and this proposal says nothing else about them:

${head}
${rows.join('\n')}

If the branch is right, change the line here once more, and it counts. If ${main} is right, there is nothing to do. Everything else of this proposal went on.`;
}

const conflictGone = 'This branch can be merged again.';

/** Where names are hidden, a file about somebody is a link to it. */
function renderPath(path: string, longest: number, names: Proposal['names']): string {
  const folder = names === undefined ? null : findPeopleFolder(path);
  return folder === null
    ? formatCode(path, longest)
    : `[${formatCode(`${folder}(a file)`, longest)}](${buildFileAnchor(path)})`;
}

function renderConflict(files: readonly string[], { main, names }: Proposal): string {
  const list = files.map((file) => `- ${renderPath(file, 200, names)}`).join('\n');
  return `### This proposal conflicts with ${main}

Both changed the same lines of these files, and a person has to decide which are right:

${list}

Nothing was written to this branch. Choose “Resolve conflicts” below, or merge ${main} into the branch by hand; the next audit continues from your decision. Closing this pull request declines its accounts for now.`;
}
