// Rules that are read from the working tree and are not main's: an audit goes by what is checked out, the check by main.
import type { Git } from '../forge/git/git.ts';
import { listChangedSince } from '../forge/git/main-tip.ts';
import { getTenantPath } from '../policy/files/stack-files.ts';
/** A sentence for the reader of the audit; none where policy, prices, exemptions and tenant.yaml are as on `main`, a commit. */
export async function describeUnmergedInputs(git: Git, stack: string, main: string): Promise<string[]> {
  const inputs = ['policy/*.yaml', 'policy/*.ics', 'exemptions.yaml', getTenantPath(stack)];
  const paths = await listChangedSince(git, main, inputs);
  if (paths.length === 0) return [];
  return [
    `This audit judged by ${paths.join(', ')} as checked out, which is not as main has it (${main.slice(0, 12)}). The check judges by main’s: bring the clone up to date, or merge that change first.`,
  ];
}
