// dormant why: one page about one person, from main, the state, the applies' records, GitHub and the last audit. Reads no tenant.
import { Command } from 'commander';
import { DormantError } from '../../policy/errors.ts';
import { requireStackName } from '../../policy/files/stack-files.ts';
import { listStacks } from '../../stacks/working-tree.ts';
import { sanitiseLog } from '../github-actions.ts';
import { findGitHub } from '../github-remote.ts';
import { getGlobals, printJson } from '../globals.ts';
import { nameProgram } from '../installed-folder.ts';
import { findPerson } from '../why/find-person.ts';
import { readStanding } from '../why/person-standing.ts';
import { renderPage } from '../why/render-page.ts';
import { readStackSources } from '../why/stack-sources.ts';
import { createReading } from '../why/unread.ts';

export function createWhyCommand(): Command {
  return new Command('why')
    .description(
      'Say on one page where one person stands: since when, on what evidence, who decided, what was done, what can be given back, what to type next. Only reads, and nothing of the tenant.',
    )
    .usage('[options] [stack] <person>')
    .argument('[stack]', 'a folder of stacks/; without one, all of them')
    .argument('[person]', 'a userPrincipalName, object id, display name, mail address or file')
    .option('--today <day>', 'the day it is (embedded tenant only)')
    .action(explain);
}

async function explain(
  first: string | undefined,
  second: string | undefined,
  { today }: { today?: string },
  command: Command,
): Promise<void> {
  const { repo, json, verbose } = getGlobals(command);
  const [stack, name] = second === undefined ? [undefined, first] : [first, second];
  if (name === undefined || name.trim() === '') {
    throw new DormantError('no-such-account', 'A person has to be named.', {
      exitCode: 2,
      remedy: `${nameProgram()} why [stack] <userPrincipalName, object id, name, mail address or file>`,
    });
  }
  const reading = createReading();
  const stacks = await selectStacks(repo, stack);
  const sources = await Promise.all(stacks.map((each) => readStackSources({ repo, stack: each, today }, reading)));
  const person = findPerson(name, sources, reading.unread);
  const standing = await readStanding(person, { repo, github: findGitHub(process.env, { verbose }) }, reading);
  if (json) printJson(standing);
  else console.log(sanitiseLog(renderPage(standing).join('\n')));
}

async function selectStacks(repo: string, stack: string | undefined): Promise<string[]> {
  const stacks = await listStacks(repo);
  if (stack === undefined && stacks.length > 0) return stacks;
  if (stack !== undefined) requireStackName(stack);
  if (stack !== undefined && stacks.includes(stack)) return [stack];
  throw new DormantError(
    'missing-file',
    stack === undefined ? 'There is no stack here.' : `There is no stack ${stack} here.`,
    {
      exitCode: 2,
      where: 'stacks/',
      remedy: 'Run this in the root of the repository, or name the root with --repo.',
    },
  );
}
