// dormant stacks: the stacks of the repository, for people and for the matrix of a workflow.
import { appendFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { locatePage } from '../../policy/words/locate-page.ts';
import { getGlobals, printJson } from '../globals.ts';
import { buildMatrix, findSharedApps, type Matrix } from '../stacks/matrix.ts';

export function createStacksCommand(): Command {
  return new Command('stacks')
    .description('List the stacks; on GitHub Actions also as the outputs `stacks` (JSON) and `more` of the step.')
    .option('--changed-since <commit>', 'only those that changed since; empty for all', '')
    .option('--only <stack>', 'only this one; empty for all', '')
    .option('--with-records', 'only those from whose records people are erased after a time')
    .option('--with-calendar', 'only those that policy.calendar or a pause can hold up')
    .option('--shard <number>', 'which 256 of them', parseWholeNumber, 1)
    .action(
      async (
        options: { changedSince: string; only: string; withCalendar?: boolean; withRecords?: boolean; shard: number },
        command: Command,
      ) => {
        const { repo, json } = getGlobals(command);
        const matrix = await buildMatrix(repo, options);
        await writeOutputs(matrix, process.env);
        for (const [app, stacks] of await findSharedApps(repo, matrix.stacks))
          console.error(describeSharedApp(app, stacks));
        if (json) printJson(matrix);
        else for (const stack of matrix.stacks) console.log(stack);
      },
    );
}

function describeSharedApp(app: string, stacks: readonly string[]): string {
  return `note: ${stacks.join(', ')} are read by one app (${app}), and Microsoft counts its reads of sign-ins over all its tenants. DORMANT_TENANTS_AT_ONCE lets them take turns (${locatePage('guides/many-tenants.md')}).`;
}

function parseWholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('It must be a whole number, 1 or more.');
}

/** Names of stacks have letters, digits, dot, _ and - only, so no name can start another output. */
async function writeOutputs({ stacks, more }: Matrix, env: NodeJS.ProcessEnv): Promise<void> {
  const file = env.GITHUB_OUTPUT;
  if (file) await appendFile(file, `stacks=${JSON.stringify(stacks)}\nmore=${more ?? ''}\n`);
}
