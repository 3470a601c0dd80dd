// An audit that failed leaves the open proposal as it was, and says why where people look: on the proposal, or in an issue.
import { upsertComment } from './github/comment.ts';
import type { GitHub } from './github/github.ts';
import { closeIssue, upsertIssue } from './github/issue.ts';
import { pullOf } from './github/pull-request.ts';
import { isProposalBranch } from './groups.ts';
import { cell, code } from './markdown/escape.ts';

export interface FailedAudit {
  stack: string;
  /** One sentence without anybody's name. */
  reason: string;
  /** What to do next, as a sentence; empty where nobody knows. */
  remedy: string;
  /** The page of the run. */
  runUrl?: string;
}

export async function tellOfFailedAudit(github: GitHub, failed: FailedAudit): Promise<void> {
  const pulls = await openPulls(github, failed.stack);
  const text = words(failed);
  for (const number of pulls)
    await upsertComment(github, { number, key: key(failed.stack), render: () => text });
  if (pulls.length > 0) return;
  const title = `The audit of ${failed.stack} fails`;
  await upsertIssue(github, { key: key(failed.stack), title, body: text, labels });
}

/** Corrects the comment and closes the issue, where there are any. */
export async function tellOfGoodAudit(github: GitHub, stack: string): Promise<void> {
  for (const number of await openPulls(github, stack)) {
    const render = () => 'The last audit went through; this proposal is up to date.';
    await upsertComment(github, { number, key: key(stack), render, onlyIfPresent: true });
  }
  await closeIssue(github, { key: key(stack), labels, comment: 'The last audit went through.' });
}

const labels = ['dormant'];

function key(stack: string): string {
  return `audit ${stack}`;
}

function words({ stack, reason, remedy, runUrl }: FailedAudit): string {
  const run = runUrl === undefined ? '' : ` ([the run](${encodeURI(runUrl)}))`;
  const next = remedy === '' ? '' : `\n\n${cell(remedy, 500)}`;
  return `### The last audit of ${code(stack)} failed${run}

${cell(reason, 1000)}${next}

What was proposed before stands as it is; nothing was half read into it.`;
}

async function openPulls(github: GitHub, stack: string): Promise<number[]> {
  const open = await github.all('GET /repos/{owner}/{repo}/pulls', { state: 'open' });
  const ours = open.map(pullOf).filter(({ branch }) => isProposalBranch(stack, branch));
  return ours.map(({ number }) => number);
}
