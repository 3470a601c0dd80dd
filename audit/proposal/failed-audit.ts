// A failed audit leaves the open proposal unchanged. The reason stands there and in an issue, of which each further failure
// is a comment: a text that changes in silence tells nobody.
import { upsertComment } from '../../forge/github/comment.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { closeIssue, upsertIssue } from '../../forge/github/issue.ts';
import { listOpenPulls } from '../../forge/github/pull-request.ts';
import { escapeMarkdown, formatCode } from '../../forge/markdown/escape.ts';
import { isProposalBranch } from './group-plan.ts';

interface FailedAudit {
  stack: string;
  /** One sentence without names of people. */
  reason: string;
  /** What to do next, as a sentence; empty: unknown. */
  remedy: string;
  /** The page of the run. */
  runUrl?: string;
  /** Mentions of whom to tell, to begin a text with; empty: nobody. */
  owners: string;
}

export async function announceFailedAudit(github: GitHub, failed: FailedAudit): Promise<void> {
  const { stack, owners } = failed;
  const key = buildIssueKey(stack);
  const text = renderFailure(failed);
  const title = `The audit of ${stack} fails`;
  const body = `${text}\n\n${owners}The next audit that goes through closes this issue.`;
  const news = `${owners}It failed again${renderRun(failed)}. The issue’s text is this run’s.`;
  await upsertIssue(github, { key, title, body, labels, news });
  for (const number of await listProposalNumbers(github, stack))
    await upsertComment(github, { number, key, render: () => text });
}

/** Updates the comments and closes the issue, if there are any. */
export async function announceSuccessfulAudit(github: GitHub, stack: string): Promise<void> {
  for (const number of await listProposalNumbers(github, stack)) {
    const render = () => 'The last audit went through; this proposal is up to date.';
    await upsertComment(github, { number, key: buildIssueKey(stack), render, onlyIfPresent: true });
  }
  await closeIssue(github, { key: buildIssueKey(stack), labels, comment: 'The last audit went through.' });
}

const labels = ['dormant'];

function buildIssueKey(stack: string): string {
  return `audit ${stack}`;
}

function renderRun({ runUrl }: FailedAudit): string {
  return runUrl === undefined ? '' : ` ([the run](${encodeURI(runUrl)}))`;
}

function renderFailure(failed: FailedAudit): string {
  const { stack, reason, remedy } = failed;
  const next = remedy === '' ? '' : `\n\n${escapeMarkdown(remedy, 500)}`;
  return `### The last audit of ${formatCode(stack)} failed${renderRun(failed)}

${escapeMarkdown(reason, 1000)}${next}

Earlier proposals are unchanged; nothing of this audit was added to them.`;
}

async function listProposalNumbers(github: GitHub, stack: string): Promise<number[]> {
  const open = await listOpenPulls(github);
  const ours = open.filter(({ branch }) => isProposalBranch(stack, branch));
  return ours.map(({ number }) => number);
}
