// One week: the scheduled audit opens its pull request, a reviewer reads it, it is merged and applied.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pc } from '../cli/colors.ts';
import { type Company, stack } from './company.ts';
import type { Character } from './people.ts';
import { printHeading, say, sayMarkdown } from './print.ts';
import { parseRows, shortenLists } from './shorten.ts';

/** The scheduled job: audit, then propose. `isFirst`: also shows the notes and the files written. */
export async function runScheduledAudit(company: Company, { isFirst = false } = {}): Promise<void> {
  const { dormant } = company;
  printHeading(company, 'the scheduled audit');
  const output = await dormant('audit', stack);
  say(isFirst ? output : output.replace(/^(note | {2}out).*\n?/gm, ''));
  say(await dormant('propose', stack));
}

/** What a reviewer sees first: the pull request up to its first table. `isFirst`: with the ways to object. */
export async function read(company: Company, { isFirst = false } = {}): Promise<void> {
  const [head = ''] = (await readPullRequest(company)).split('\n### ');
  printHeading(company, 'what a reviewer reads');
  sayMarkdown(isFirst ? head : head.replace(/^- .*\n/gm, ''));
  if (isFirst) console.log(pc.dim(`  The whole text: ${getPullRequestPath(company)}`));
}

/** One section: its introduction and the rows of `who`, or else the first row. */
export async function readSection(company: Company, title: string, who: readonly Character[] = []): Promise<void> {
  const sections = (await readPullRequest(company)).split('\n### ');
  const section = sections.find((it) => it.startsWith(title));
  if (section === undefined) throw new Error(`The pull request has no section ${title}.`);
  const [lead = ''] = section.split('\n<details>');
  const isWanted = (row: string) => who.some(({ userPrincipalName }) => row.includes(userPrincipalName));
  const [first = '', ...others] = parseRows(section);
  printHeading(company, 'further down in the pull request');
  sayMarkdown(`### ${lead.replaceAll(/\n{2,}/g, '\n')}`);
  sayMarkdown((who.length === 0 ? [first] : [first, ...others].filter(isWanted)).join('\n'));
}

function readPullRequest(company: Company): Promise<string> {
  return readFile(getPullRequestPath(company), 'utf8');
}

function getPullRequestPath({ repository }: Company): string {
  return join(repository, 'out', stack, 'pull-request.md');
}

/** A reviewer's commit on the proposal's branch; prints what the edit returns. */
export async function commitReview(
  company: Company,
  message: string,
  edit: () => Promise<string | undefined>,
): Promise<void> {
  const { git } = company;
  const branch = `dormant/${stack}`;
  await git('fetch', '--quiet', 'origin');
  await git('switch', '--quiet', '--force-create', branch, `origin/${branch}`);
  const answer = await edit();
  await git('add', '--all', 'stacks', 'exemptions.yaml');
  await git('commit', '--quiet', '--message', message);
  await git('push', '--quiet', 'origin', branch);
  await git('switch', '--quiet', 'main');
  printHeading(company, `a reviewer: ${message}`);
  if (answer) say(answer);
}

/** The time in a stage counts from the merge commit, which is returned. */
export async function merge(company: Company): Promise<string> {
  const { git, today } = company;
  await git('fetch', '--quiet', 'origin');
  await git('merge', '--quiet', '--no-ff', '--message', `Merge the proposal of ${today()}`, `origin/dormant/${stack}`);
  await git('push', '--quiet', 'origin', 'main', `:dormant/${stack}`);
  printHeading(company, 'merged');
  say((await git('diff', '--shortstat', 'HEAD^1', 'HEAD')).trim());
  return git('rev-parse', 'HEAD');
}

/** Reverts the change of each merge to one file: the other people of those merges stay. Latest first. */
export async function revert({ git }: Company, path: string, merges: readonly string[]): Promise<void> {
  for (const commit of merges) {
    const patch = join(await git('rev-parse', '--absolute-git-dir'), 'revert.patch');
    await git('diff', `--output=${patch}`, commit, `${commit}^1`, '--', path);
    await git('apply', '--index', patch);
    await git('commit', '--quiet', '--message', `Revert ${commit.slice(0, 8)} for ${path.split('/').at(-1)}`);
  }
  await git('push', '--quiet', 'origin', 'main');
}

/** `who`: shown by name, if the apply lists them. */
export async function apply(company: Company, who: readonly Character[] = []): Promise<void> {
  printHeading(company, 'the apply');
  const names = who.map(({ userPrincipalName }) => userPrincipalName);
  say(shortenLists(await company.dormant('apply', stack), names));
}
