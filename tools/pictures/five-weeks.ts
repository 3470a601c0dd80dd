// The documentation's pictures show five weeks of a company on the embedded tenant, with the real engine and git.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Company, createCompany, stack } from '../../demo/company.ts';
import { type Character, returnToWork } from '../../demo/people.ts';
import { apply, merge, runScheduledAudit } from '../../demo/week.ts';
import { parseAccountFile } from '../../policy/files/account-file.ts';
import type { Stage } from '../../policy/schemas/account.ts';

/** Written by `dormant` in the fifth week. */
export interface StoryOutput {
  stack: string;
  /** Path of report.html. */
  report: string;
  /** Markdown; its first line is the title. */
  pullRequest: string;
  /** Markdown of the preview. */
  comment: string;
}

/** Recreates everything below `folder`. Takes minutes: four merges are applied. */
export async function produceFiveWeeks(folder: string): Promise<StoryOutput> {
  const company = await createCompany(folder);
  try {
    for (let week = 1; week <= 4; week++) {
      await runScheduledAudit(company);
      await merge(company);
      await apply(company);
      company.tenant.tenant.clock.advance({ days: 7 });
    }
    // Somebody in review is at work again: the exception that a reviewer has to see first.
    returnToWork(company, await findPersonInStage(company, 'review', 'main'));
    await runScheduledAudit(company);
    await previewAfterSomeoneIsBack(company);
    const out = join(company.repository, 'out', stack);
    const read = (name: string) => readFile(join(out, name), 'utf8');
    return {
      stack,
      report: join(out, 'report.html'),
      pullRequest: await read('pull-request.md'),
      comment: await read('preview.md'),
    };
  } finally {
    await company.close();
  }
}

/** Somebody who would be disabled signs in while the pull request is open: the preview has to refuse that account. */
async function previewAfterSomeoneIsBack(company: Company): Promise<void> {
  const { git, dormant } = company;
  await git('fetch', '--quiet', 'origin');
  await git('switch', '--quiet', '--force-create', 'proposal', `origin/dormant/${stack}`);
  returnToWork(company, await findPersonInStage(company, 'disable', 'main', 'HEAD'));
  // A preview that refuses an account exits with 1.
  await dormant('preview', stack).catch(() => {});
}

/** The first person in the stage whose sign-in was allowed; with two commits, among the files that differ between them. */
async function findPersonInStage({ git, repository }: Company, stage: Stage, ...commits: string[]): Promise<Character> {
  const folder = `stacks/${stack}/accounts`;
  const listing = commits.length > 1 ? ['diff', '--name-only', '--diff-filter=d'] : ['ls-tree', '-r', '--name-only'];
  const paths = await git(...listing, ...commits, '--', folder);
  for (const path of paths.split('\n')) {
    const file = parseAccountFile(path, await readFile(join(repository, path), 'utf8'));
    if (file.stage === stage && file.restore.accountEnabled) return { ...file.account, path };
  }
  throw new Error(`Nobody is in ${stage}.`);
}
