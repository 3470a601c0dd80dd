// dormant propose: publishes what the last audit found, as a pull request on GitHub or as a branch on any forge.
import { join } from 'node:path';
import { Command } from 'commander';
import { getOutFolder } from '../../audit/out-folder.ts';
import type { ProposalOutcome } from '../../audit/proposal/proposal.ts';
import { readProposal } from '../../audit/proposal/proposal-file.ts';
import { proposeOnGitHub, proposeWithGit } from '../../audit/proposal/propose.ts';
import { readGitAccess } from '../../forge/git/access.ts';
import { createGit } from '../../forge/git/git.ts';
import { requireStackName } from '../../policy/files/stack-files.ts';
import { locatePage } from '../../policy/words/locate-page.ts';
import { pc } from '../colors.ts';
import { isOnActions, sanitiseLog } from '../github-actions.ts';
import { findGitHub } from '../github-remote.ts';
import { getGlobals, printJson } from '../globals.ts';

export function createProposeCommand(): Command {
  return new Command('propose')
    .description(
      'Open or update the pull request of the last audit; without GitHub push its branch, without a remote make it here.',
    )
    .argument('<stack>', 'a folder of stacks/')
    .option('--label <name...>', 'labels of the pull request', ['dormant'])
    .action(propose);
}

async function propose(stack: string, { label }: { label: string[] }, command: Command): Promise<void> {
  const { repo, json, verbose } = getGlobals(command);
  requireStackName(stack);
  const proposal = await readProposal(join(getOutFolder(repo, stack), 'proposal.json'));
  if (!proposal.isSigned) {
    if (json) printJson({ stack, outcomes: [], note: withoutKey });
    else console.log(`${pc.yellow('note')} ${withoutKey}`);
    return;
  }
  const github = findGitHub(process.env, { verbose });
  const git = createGit(repo, readGitAccess(process.env));
  const outcomes = github
    ? await proposeOnGitHub(proposal, git, github, { labels: label })
    : await proposeWithGit(proposal, git, await readAuthor(git));
  if (json) printJson({ stack, outcomes });
  else outcomes.forEach(printOutcome);
  if (outcomes.some(needsPerson)) process.exitCode = 1;
}

/** What is undecided has a comment on its pull request; without one only the exit code tells. */
function needsPerson({ kind, undecided, pull }: ProposalOutcome): boolean {
  return kind === 'conflict' || (pull === null && undecided.length > 0);
}

const withoutKey = `The last audit had no key for the facts, so it proposes nothing; open proposals stay as they are (${locatePage('guides/keys.md')}).`;

/** The person who runs it, as configured in git; the trailer, not the author, marks the pipeline's commits. */
async function readAuthor(git: ReturnType<typeof createGit>) {
  const [name, email] = await Promise.all([
    git.runOrNull(['config', 'user.name']),
    git.runOrNull(['config', 'user.email']),
  ]);
  return { name: name ?? 'Dormant', email: email ?? 'dormant@users.noreply.github.com' };
}

function printOutcome({ branch, kind, pull, changedFiles, notes, ...files }: ProposalOutcome): void {
  const { kept, overtaken, conflicts, undecided } = files;
  console.log(`${pc.bold(branch)}: ${kind}, ${changedFiles} files${pull ? `, ${pull.url}` : ''}`);
  const lists = {
    'kept as a person made it': kept,
    'left to main, which is newer': overtaken,
    'in conflict with main': conflicts,
    'said differently by people on main and on the branch': undecided.map(
      ({ path, main, branch: theirs }) => `${path}: main has ${main}, the branch had ${theirs}`,
    ),
  };
  for (const [what, paths] of Object.entries(lists)) {
    // A file's name contains a person's, so a workflow's log gets the counts.
    if (isOnActions() && paths.length > 0) console.log(`  ${paths.length} ${what}`);
    else for (const path of paths) console.log(`  ${path}: ${what}`);
  }
  for (const note of notes) console.log(`${pc.yellow('note')} ${sanitiseLog(note)}`);
}
