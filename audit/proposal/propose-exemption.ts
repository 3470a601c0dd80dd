// From an issue to a pull request on exemptions.yaml: reviewers still decide, but the author need not write YAML.
import { fetchBranches } from '../../forge/git/fetch-branches.ts';
import type { Git } from '../../forge/git/git.ts';
import { requireRemote } from '../../forge/git/remote.ts';
import { requireAnswerText } from '../../forge/github/answer-fields.ts';
import { upsertComment } from '../../forge/github/comment.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { openPull } from '../../forge/github/open-pull.ts';
import { closePull, findOpenPull, listClosedHeads, type PullRequest } from '../../forge/github/pull-request.ts';
import { requirePrivateRepository } from '../../forge/github/require-private.ts';
import { updatePull } from '../../forge/github/update-pull.ts';
import { noExemptions, setExemption } from '../../policy/edit/add-exemption.ts';
import type { Day } from '../../policy/evidence.ts';
import { exemptionsPath } from '../../policy/files/stack-files.ts';
import type { Exemption } from '../../policy/schemas/exemptions.ts';
import type { HidingStyle } from '../../policy/words/show-name.ts';
import { parseExemptionIssue, type RequestFacts } from './exemption-issue.ts';
import { createGitHubBranchWriter } from './github-branch-writer.ts';
import { type OtherEntries, renderExemptionBody, renderOtherEntries, renderRefusal } from './markdown/exemption.ts';
import { type UpdatedBranch, updateBranch } from './update-branch.ts';

/** What is the same for every issue of a run. */
export interface ExemptionRun {
  today: Day;
  maxDays: number;
  stacks: readonly string[];
  main: string;
  /** How pull request and answers call people; absent or null: by their names. */
  style?: HidingStyle | null;
}

interface ExemptionIssue extends ExemptionRun {
  /** The issue's number; its content is read from GitHub, never from the command line. */
  issue: number;
}

export interface ExemptionOutcome {
  /** `present`: main has exactly this entry. */
  kind: 'proposed' | 'refused' | 'present';
  pull: { number: number; url: string } | null;
  problems: readonly string[];
}

/** Answers the issue with a comment either way; may be run again after the issue was edited, or main has moved. */
export async function proposeExemption(git: Git, github: GitHub, request: ExemptionIssue): Promise<ExemptionOutcome> {
  await requirePrivateRepository(github);
  const { issue: number } = request;
  const { data } = await github.request('GET /repos/{owner}/{repo}/issues/{issue_number}', {
    issue_number: number,
  });
  const facts: RequestFacts = { ...request, author: requireAnswerText(data, 'user', 'login') };
  const { entry, problems } = parseExemptionIssue(data.body ?? '', facts);
  const replyToIssue = (text: string) => upsertComment(github, { number, key: 'exemption', render: () => text });
  if (entry === null) {
    await replyToIssue(renderRefusal(problems, request.style ?? null));
    return { kind: 'refused', pull: null, problems };
  }
  const { pull, branch, replaced } = await proposeEntry(git, github, { ...request, entry });
  if (pull === null) {
    await replyToIssue(renderPresent(request));
    return { kind: 'present', pull: null, problems: [] };
  }
  const found = findOtherEntries(branch, entry, replaced);
  const others = found && { ...found, style: request.style ?? null };
  const counts = others === null ? 'the account is not exempt' : `the entry of ${request.main} counts`;
  await replyToIssue(`Pull request #${pull.number} asks the reviewers to decide. Until it is merged, ${counts}.`);
  if (others !== null || !isEdited(branch)) await announceOtherEntries(github, request, { pull, others });
  return { kind: 'proposed', pull: { number: pull.number, url: pull.url }, problems: [] };
}

export function toExemptionBranch(issue: number): string {
  return `dormant-exemption/${issue}`;
}

interface ProposedEntry {
  /** null: there is nothing to propose. */
  pull: PullRequest | null;
  branch: UpdatedBranch;
  /** The entry of main whose place it takes. */
  replaced: Exemption | null;
}

async function proposeEntry(
  git: Git,
  github: GitHub,
  { issue, today, main, entry, style = null }: ExemptionIssue & { entry: Exemption },
): Promise<ProposedEntry> {
  const branch = toExemptionBranch(issue);
  const path = exemptionsPath;
  const open = await findOpenPull(github, { branch, main });
  const closedHeads = await listClosedHeads(github, { branch, main });
  const remote = await requireRemote(git);
  const tip = await fetchBranches(git, { remote, main });
  const blob = await git.runOrNull(['rev-parse', '--verify', '--quiet', `${tip}:${path}`]);
  const before = blob === null ? noExemptions : await git.readBlob(blob);
  const { text, replaced } = setExemption({ path, text: before }, entry);
  // A title becomes the subject of a commit: who it is stands in the body.
  const title = `Exempt an account until ${entry.until} (#${issue})`;
  const updated = await updateBranch(git, createGitHubBranchWriter(github), {
    stack: 'exemptions',
    day: today,
    branch,
    files: new Map(text === before ? [] : [[path, text]]),
    headline: title,
    audited: { main: tip, branches: new Map() },
    remote,
    main,
    isOpen: open !== null,
    closedHeads,
  });
  if (isEmpty(updated)) {
    if (open !== null) await closePull(github, open, renderPresent({ main }));
    return { pull: null, branch: updated, replaced };
  }
  const wish = {
    ...{ branch, main, title, body: renderExemptionBody(entry, { issue, style }), isDraft: false },
    ...{ labels: ['dormant'], reviewers: { users: [], teams: [] } },
  };
  const { pull } = open === null ? await openPull(github, wish) : await updatePull(github, open, wish);
  return { pull, branch: updated, replaced };
}

function renderPresent({ main }: Pick<ExemptionRun, 'main'>): string {
  return `${main} has exactly this entry already: there is nothing to decide.`;
}

/** What people have written on the branch stays open, whatever it says. */
function isEmpty(branch: UpdatedBranch): boolean {
  return branch.kind === 'nothing' || (branch.kind === 'ready' && branch.changedFiles === 0 && !isEdited(branch));
}

function isEdited(branch: UpdatedBranch): boolean {
  return branch.kind === 'ready' && branch.kept.length > 0;
}

function findOtherEntries(
  branch: UpdatedBranch,
  entry: Exemption,
  replaced: Exemption | null,
): Omit<OtherEntries, 'style'> | null {
  if (branch.undecided.length > 0) return { words: branch.undecided, isMainLeft: true };
  if (replaced === null || isEdited(branch)) return null;
  return { words: [{ main: JSON.stringify(replaced), branch: JSON.stringify(entry) }], isMainLeft: false };
}

/** Once: a comment that is there already is changed where the entries are others by now. */
async function announceOtherEntries(
  github: GitHub,
  { issue, main }: ExemptionIssue,
  { pull, others }: { pull: PullRequest; others: OtherEntries | null },
): Promise<void> {
  const text =
    others === null
      ? `${main} has no other entry about this account by now.`
      : renderOtherEntries(main, pull.number, others);
  const comment = { number: issue, key: 'exemption others', render: () => text, onlyIfPresent: others === null };
  await upsertComment(github, comment);
}
