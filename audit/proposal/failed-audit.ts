// A failed audit leaves the open proposal unchanged, and reports the reason on the proposal or in an issue.
import { upsertComment } from '../../forge/github/comment.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { closeIssue, upsertIssue } from '../../forge/github/issue.ts';
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
}

export async function announceFailedAudit(github: GitHub, failed: FailedAudit): Promise<void> {
  const pulls = await listOpenPulls(github, failed.stack);
  const text = renderFailure(failed);
  for (const number of pulls)
    await upsertComment(github, { number, key: buildIssueKey(failed.stack), render: () => text });
  if (pulls.length > 0) return;
  const title = `The audit of ${failed.stack} fails`;
  const news = `It failed again${renderRun(failed)}. The issue’s text is this run’s.`;
  await upsertIssue(github, { key: buildIssueKey(failed.stack), title, body: text, labels, news });
}

/** Updates the comments and closes the issue, if there are any. */
export async function announceSuccessfulAudit(github: GitHub, stack: string): Promise<void> {
  for (const number of await listOpenPulls(github, stack)) {
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

async function listOpenPulls(github: GitHub, stack: string): Promise<number[]> {
  const open = await github.listAll('GET /repos/{owner}/{repo}/pulls', { state: 'open' });
  const ours = open.filter(({ head }) => isProposalBranch(stack, head.ref));
  return ours.map(({ number }) => number);
}
