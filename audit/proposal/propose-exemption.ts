// From an issue to a pull request on exemptions.yaml: reviewers still decide, but the author need not write YAML.
import type { Git } from '../../forge/git/git.ts';
import { requireRemote, toTrackingRef } from '../../forge/git/remote.ts';
import { requireAnswerText } from '../../forge/github/answer-fields.ts';
import { upsertComment } from '../../forge/github/comment.ts';
import type { GitHub } from '../../forge/github/github.ts';
import {
  findOpenPull,
  listClosedHeads,
  openPull,
  type PullRequest,
  updatePull,
} from '../../forge/github/pull-request.ts';
import { requirePrivateRepository } from '../../forge/github/require-private.ts';
import {
  escapeMarkdown,
  escapeTitle,
  formatCode,
  renderTableHead,
  renderTableRow,
} from '../../forge/markdown/escape.ts';
import { addExemption, noExemptions } from '../../policy/edit/add-exemption.ts';
import type { Day } from '../../policy/evidence.ts';
import { exemptionsPath } from '../../policy/files/stack-files.ts';
import type { Exemption } from '../../policy/schemas/exemptions.ts';
import { parseExemptionIssue, type RequestFacts } from './exemption-issue.ts';
import { createGitHubBranchWriter } from './github-branch-writer.ts';
import { updateBranch } from './update-branch.ts';

interface ExemptionIssue {
  /** The issue's number; its content is read from GitHub, never from the command line. */
  issue: number;
  today: Day;
  maxDays: number;
  stacks: readonly string[];
  main: string;
}

interface ExemptionOutcome {
  kind: 'proposed' | 'refused';
  pull: { number: number; url: string } | null;
  problems: readonly string[];
}

/** Answers the issue with a comment either way; may be run again after the issue was edited. */
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
    const list = problems.map((problem) => `- ${escapeMarkdown(problem, 300)}`).join('\n');
    await replyToIssue(`### This cannot be an exemption yet\n\n${list}\n\nEdit the issue, and it is read again.`);
    return { kind: 'refused', pull: null, problems };
  }
  const pull = await proposeEntry(git, github, { ...request, entry });
  await replyToIssue(
    `Pull request #${pull.number} asks the reviewers to decide. Until it is merged, the account is not exempt.`,
  );
  return { kind: 'proposed', pull: { number: pull.number, url: pull.url }, problems: [] };
}

async function proposeEntry(
  git: Git,
  github: GitHub,
  { issue, today, main, entry }: ExemptionIssue & { entry: Exemption },
): Promise<PullRequest> {
  const branch = `dormant-exemption/${issue}`;
  const path = exemptionsPath;
  const remote = await requireRemote(git);
  const onMain = toTrackingRef(remote, main);
  await git.run(['fetch', '--quiet', '--no-tags', remote, `+refs/heads/${main}:${onMain}`]);
  const tip = await git.run(['rev-parse', onMain]);
  const blob = await git.runOrNull(['rev-parse', '--verify', '--quiet', `${tip}:${path}`]);
  const text = blob === null ? noExemptions : await git.readBlob(blob);
  const open = await findOpenPull(github, branch);
  const title = `Exempt ${escapeTitle(entry.account)} until ${entry.until}`;
  await updateBranch(git, createGitHubBranchWriter(github), {
    stack: 'exemptions',
    day: today,
    branch,
    files: new Map([[path, addExemption({ path, text }, entry)]]),
    headline: title,
    audited: { main: tip, branches: new Map() },
    remote,
    main,
    isOpen: open !== null,
    closedHeads: await listClosedHeads(github, branch),
  });
  const wish = {
    ...{ branch, main, title, body: renderExemptionBody(issue, entry), isDraft: false },
    ...{ labels: ['dormant'], reviewers: { users: [], teams: [] } },
  };
  const { pull } = open === null ? await openPull(github, wish) : await updatePull(github, open, wish);
  return pull;
}

function renderExemptionBody(issue: number, { account, stack, reason, owner, until }: Exemption): string {
  const rows = [
    ['Account', formatCode(account)],
    ['Stack', stack === undefined ? 'every stack' : formatCode(stack)],
    ['Until', until],
    ['Who answers for it', escapeMarkdown(owner)],
    ['Reason', escapeMarkdown(reason, 500)],
  ];
  const table = rows.map((row) => renderTableRow(row)).join('\n');
  return `Somebody asks to exempt an account: until the date below, no audit proposes to disable it.

${renderTableHead([
  ['', 'left'],
  ['', 'left'],
])}
${table}

Closes #${issue}.
`;
}
