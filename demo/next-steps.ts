// What to do after the story: look at the own tenant, adopt, read on.
import { join, relative } from 'node:path';
import { pc } from '../cli/colors.ts';
import { type Company, stack } from './company.ts';

/** Paths are relative to where the story was started. */
export function printNextSteps({ repository }: Company): void {
  const report = relative(process.cwd(), join(repository, 'out', stack, 'report.html'));
  const steps: [string, string][] = [
    ['npx dormant look', 'your own tenant, by your own sign-in, before anything is set up'],
    ['docs/guides/adopt.md', 'adopt it: an afternoon, and nothing changes before somebody merges'],
    [report, 'the report of the last audit above; docs/guides/review.md says how one is reviewed'],
  ];
  console.log(`\n${pc.bold('What to do next')}`);
  for (const [what, why] of steps) console.log(`  ${pc.bold(what)}\n    ${why}`);
}
