// One week as people live it: the scheduled audit opens its pull request, somebody reads it, it is merged and applied.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pc } from '../colors.ts';
import { type Company, stack } from './company.ts';

/** The scheduled job: audit, then propose. */
export async function auditAndPropose(company: Company): Promise<void> {
  const { dormant, git } = company;
  heading(company, 'the scheduled audit');
  console.log(indent(await dormant('audit', stack)));
  // A scheduled job has a checkout of its own; here the clone is shared with the reviewers, so it is put back to main.
  await git('reset', '--quiet', '--hard');
  await git('clean', '--quiet', '--force', '-d', 'stacks');
  console.log(indent(await dormant('propose', stack)));
}

/** What a reviewer sees first: everything before the first table of the pull request; or the section of a heading. */
export async function read(company: Company, section?: string): Promise<void> {
  const path = join(company.repository, 'out', stack, 'pull-request.md');
  const [decision = '', ...sections] = (await readFile(path, 'utf8')).split('\n### ');
  const text =
    section === undefined ? decision : `### ${sections.find((it) => it.startsWith(section)) ?? ''}`;
  heading(company, 'what a reviewer reads');
  console.log(indent(text.split('\n').slice(0, 14).join('\n')));
  console.log(pc.dim(indent(`The whole text: ${path}`)));
}

/** A reviewer's commit on the proposal's branch. */
export async function review(company: Company, message: string, edit: () => Promise<void>): Promise<void> {
  const { git } = company;
  const branch = `dormant/${stack}`;
  await git('fetch', '--quiet', 'origin');
  await git('switch', '--quiet', '--force-create', branch, `origin/${branch}`);
  await edit();
  await git('add', '--all', 'stacks', 'exemptions.yaml');
  await git('commit', '--quiet', '--message', message);
  await git('push', '--quiet', 'origin', branch);
  await git('switch', '--quiet', 'main');
  heading(company, `a reviewer: ${message}`);
}

/** The merge commit is what the time in a stage counts from. */
export async function merge(company: Company): Promise<void> {
  const { git, today } = company;
  await git('fetch', '--quiet', 'origin');
  await git(
    'merge',
    '--quiet',
    '--no-ff',
    '--message',
    `Merge the proposal of ${today()}`,
    `origin/dormant/${stack}`,
  );
  await git('push', '--quiet', 'origin', 'main', `:dormant/${stack}`);
  heading(company, 'merged');
  console.log(indent(await git('diff', '--shortstat', 'HEAD^1', 'HEAD')));
}

/** What `git revert` of each merge does to one file of it: the other people of those merges are not meant. Latest first. */
export async function revert({ git }: Company, path: string, merges: readonly string[]): Promise<void> {
  const commits = await Promise.all(merges.map((name) => git('rev-parse', name)));
  for (const commit of commits) {
    const patch = join(await git('rev-parse', '--absolute-git-dir'), 'revert.patch');
    await git('diff', `--output=${patch}`, commit, `${commit}^1`, '--', path);
    await git('apply', '--index', patch);
    await git('commit', '--quiet', '--message', `Revert ${commit.slice(0, 8)} for ${path.split('/').at(-1)}`);
  }
  await git('push', '--quiet', 'origin', 'main');
}

export async function apply(company: Company): Promise<void> {
  heading(company, 'the apply');
  console.log(indent(await company.dormant('apply', stack)));
}

export function heading({ today }: Company, text: string): void {
  console.log(`\n${pc.cyan('●')} ${pc.bold(`${today()}: ${text}`)}`);
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, '  ');
}
