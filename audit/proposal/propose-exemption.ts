// From an issue to a pull request on exemptions.yaml: people still decide about it, but nobody has to write YAML.
import { addExemption, noExemptions } from '../../policy/add-exemption.ts';
import type { Day } from '../../policy/evidence.ts';
import { exemptionsPath } from '../../policy/repository.ts';
import type { Exemption } from '../../policy/schemas/exemptions.ts';
import { remoteRef } from '../git/branch.ts';
import type { Git } from '../git/git.ts';
import { bringUpToDate } from './bring-up-to-date.ts';
import { parseExemptionIssue, type RequestFacts } from './exemption-issue.ts';
import { upsertComment } from './github/comment.ts';
import type { GitHub } from './github/github.ts';
import { findOpenPull, openPull, type PullRequest, settledHeads, updatePull } from './github/pull-request.ts';
import { refusePublicRepository } from './github/refuse-public.ts';
import { field, textAt } from './github/wire.ts';
import { githubWriter } from './github-writer.ts';
import { cell, code, tableHead, tableRow, titleText } from './markdown/escape.ts';

export interface ExemptionIssue {
  /** The issue's number; everything else is read from GitHub, never from the command line. */
  issue: number;
  today: Day;
  maxDays: number;
  stacks: readonly string[];
  main: string;
}

export interface ExemptionOutcome {
  kind: 'proposed' | 'refused';
  pull: { number: number; url: string } | null;
  problems: readonly string[];
}

/** Answers the issue by a comment either way; an issue that is edited is read again. */
export async function proposeExemption(
  git: Git,
  github: GitHub,
  request: ExemptionIssue,
): Promise<ExemptionOutcome> {
  await refusePublicRepository(github);
  const { issue: number } = request;
  const { data } = await github.request('GET /repos/{owner}/{repo}/issues/{issue_number}', {
    issue_number: number,
  });
  const facts: RequestFacts = { ...request, author: field(data, 'user', 'login') };
  const { entry, problems } = parseExemptionIssue(textAt(data, 'body') ?? '', facts);
  const answer = (text: string) => upsertComment(github, { number, key: 'exemption', render: () => text });
  if (entry === null) {
    const list = problems.map((problem) => `- ${cell(problem, 300)}`).join('\n');
    await answer(`### This cannot be an exemption yet\n\n${list}\n\nEdit the issue, and it is read again.`);
    return { kind: 'refused', pull: null, problems };
  }
  const pull = await proposeEntry(git, github, request, entry);
  await answer(
    `Pull request #${pull.number} puts it to the reviewers. Until it is merged, nothing protects the account.`,
  );
  return { kind: 'proposed', pull: { number: pull.number, url: pull.url }, problems: [] };
}

async function proposeEntry(
  git: Git,
  github: GitHub,
  { issue, today, main }: ExemptionIssue,
  entry: Exemption,
): Promise<PullRequest> {
  const branch = `dormant-exemption/${issue}`;
  const path = exemptionsPath;
  await git.run(['fetch', '--quiet', '--no-tags', 'origin', `+refs/heads/${main}:${remoteRef(main)}`]);
  const tip = await git.run(['rev-parse', remoteRef(main)]);
  const blob = await git.maybe(['rev-parse', '--verify', '--quiet', `${tip}:${path}`]);
  const text = blob === null ? noExemptions : await git.blob(blob);
  const open = await findOpenPull(github, branch);
  const title = `Exempt ${titleText(entry.account)} until ${entry.until}`;
  await bringUpToDate(git, githubWriter(github), {
    stack: 'exemptions',
    day: today,
    branch,
    files: new Map([[path, addExemption({ path, text }, entry)]]),
    headline: title,
    audited: { main: tip, branches: new Map() },
    main,
    isOpen: open !== null,
    settled: await settledHeads(github, branch),
  });
  const wish = {
    ...{ branch, main, title, body: words(issue, entry), isDraft: false },
    ...{ labels: ['dormant'], reviewers: { users: [], teams: [] } },
  };
  const { pull } = open === null ? await openPull(github, wish) : await updatePull(github, open, wish);
  return pull;
}

function words(issue: number, { account, stack, reason, owner, until }: Exemption): string {
  const rows = [
    ['Account', code(account)],
    ['Stack', stack === undefined ? 'every stack' : code(stack)],
    ['Until', until],
    ['Who answers for it', cell(owner)],
    ['Reason', cell(reason, 500)],
  ];
  const table = rows.map((row) => tableRow(row)).join('\n');
  return `Somebody asks to keep an account that no audit may disable then.

${tableHead([
  ['', 'left'],
  ['', 'left'],
])}
${table}

Closes #${issue}.
`;
}
