// One week as people live it: the scheduled audit opens its pull request, somebody reads it, somebody merges it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pc from 'picocolors';
import { type Company, stack } from './company.ts';

/** The scheduled job: audit, then propose; prints what a reviewer sees first. */
export async function auditAndPropose(company: Company): Promise<void> {
  const { dormant, today, repository } = company;
  heading(`${today()}: the scheduled audit`);
  console.log(indent(await dormant('audit', stack)));
  // A scheduled job has a checkout of its own; here the clone is shared with the reviewers, so it is put back to main.
  await company.git('reset', '--quiet', '--hard');
  await company.git('clean', '--quiet', '--force', '-d', 'stacks');
  console.log(indent(await dormant('propose', stack)));

  heading('What a reviewer reads');
  const text = await readFile(join(repository, 'out', stack, 'pull-request.md'), 'utf8');
  console.log(indent(opening(text)));
  console.log(pc.dim(indent(`The whole text: ${join(repository, 'out', stack, 'pull-request.md')}`)));
}

/** The reviewer approves; the merge commit is what the time in a stage counts from. */
export async function merge({ git, today }: Company): Promise<void> {
  const branch = `origin/dormant/${stack}`;
  await git('fetch', '--quiet', 'origin');
  await git('merge', '--quiet', '--no-ff', '--message', `Merge the proposal of ${today()}`, branch);
  await git('push', '--quiet', 'origin', 'main', `:dormant/${stack}`);
  heading(`${today()}: merged`);
  console.log(indent(await git('diff', '--stat=100', '--stat-count=5', 'HEAD^1', 'HEAD')));
}

export function heading(text: string): void {
  console.log(`\n${pc.cyan('●')} ${pc.bold(text)}`);
}

export function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, '  ');
}

/** The decision: everything before the first table of the pull request. */
function opening(markdown: string): string {
  return markdown.split('\n### ')[0] ?? markdown;
}
