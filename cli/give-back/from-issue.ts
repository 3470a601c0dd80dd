// A request by the issue form: its pull request, and an answer in the issue either way.
import { parseGiveBackIssue } from '../../audit/proposal/give-back-issue.ts';
import { renderGiveBackRefusal } from '../../audit/proposal/markdown/give-back.ts';
import { proposeGiveBack } from '../../audit/proposal/propose-give-back.ts';
import { readGitAccess } from '../../forge/git/access.ts';
import { createGit } from '../../forge/git/git.ts';
import { askMainName, requireBase } from '../../forge/git/known-main.ts';
import { requireAnswerText } from '../../forge/github/answer-fields.ts';
import { upsertComment } from '../../forge/github/comment.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { requirePrivateRepository } from '../../forge/github/require-private.ts';
import { errorCodes } from '../../policy/error-codes.ts';
import { DormantError } from '../../policy/errors.ts';
import { formatCount } from '../../policy/words/labels.ts';
import { redactNames } from '../../policy/words/redact-names.ts';
import { listStacks } from '../../stacks/working-tree.ts';
import { isOnActions } from '../github-actions.ts';
import { printJson } from '../globals.ts';
import { readHidingStyle } from '../read-hiding-style.ts';
import { resolveToday } from '../today.ts';
import { prepareGiveBack } from './prepare-give-back.ts';

interface IssueOrder {
  repo: string;
  json: boolean;
  /** The issue's number; its content is read from GitHub, never from the command line. */
  issue: number;
  main: string | undefined;
  today: string | undefined;
}

interface IssueOutcome {
  issue: number;
  kind: 'proposed' | 'refused';
  pull: { number: number; url: string } | null;
  problems: readonly string[];
}

/** A request for something impossible gets an answer there, which is a success of the run. May be run again after an edit. */
export async function proposeFromIssue(github: GitHub, order: IssueOrder): Promise<void> {
  await requirePrivateRepository(github);
  const outcome = await answerIssue(github, order);
  if (order.json) printJson(outcome);
  else console.log(`Issue #${outcome.issue}: ${describeOutcome(outcome)}`);
}

/** What is wrong with a form may quote it; on Actions the issue alone has the answer. */
function describeOutcome({ pull, problems }: IssueOutcome): string {
  if (pull !== null) return `proposed in ${pull.url}`;
  return `answered: ${isOnActions() ? formatCount(problems.length, 'problem') : problems.join(' ')}`;
}

async function answerIssue(github: GitHub, order: IssueOrder): Promise<IssueOutcome> {
  const { issue } = order;
  const reply = (text: string) => upsertComment(github, { number: issue, key: 'give-back', render: () => text });
  try {
    const pull = await proposeIssue(github, order);
    await reply(
      `Pull request #${pull.number} asks who approves give-backs to decide; who asked cannot approve. Nothing changes until it is merged, and sign-in comes back minutes after that.`,
    );
    return { issue, kind: 'proposed', pull, problems: [] };
  } catch (error) {
    if (!(error instanceof DormantError) || error.exitCode !== 2) throw error;
    const problems = error instanceof FormRefused ? error.problems : [`${error.message} ${error.remedy}`.trim()];
    const isHidden = (await readHidingStyle(order.repo)) !== null;
    await reply(renderGiveBackRefusal(isHidden ? hideProblems(error, problems) : problems));
    return { issue, kind: 'refused', pull: null, problems };
  }
}

/** What is wrong with a person's name has the nearest names in it. */
function hideProblems(error: DormantError, problems: readonly string[]): string[] {
  return error instanceof FormRefused ? problems.map(redactNames) : [errorCodes[error.code].when];
}

/** The form itself cannot be read as a request. */
class FormRefused extends DormantError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super('give-back-whom', problems.join(' '), { exitCode: 2 });
    this.problems = problems;
  }
}

async function proposeIssue(github: GitHub, { repo, issue, main, today }: IssueOrder) {
  const { data } = await github.request('GET /repos/{owner}/{repo}/issues/{issue_number}', { issue_number: issue });
  const stacks = await listStacks(repo);
  const { problems, person, stack, reason } = parseGiveBackIssue(data.body ?? '', { stacks });
  if (problems.length > 0) throw new FormRefused(problems);
  const git = createGit(repo, readGitAccess(process.env));
  const prepared = await prepareGiveBack(repo, {
    ref: await requireBase(git),
    stacks: stack === null ? stacks : [stack],
    ...{ person, reason, askedBy: `@${requireAnswerText(data, 'user', 'login')}` },
    findToday: ({ tenant }) => resolveToday(tenant.value.cloud, today),
  });
  return proposeGiveBack(git, github, { ...prepared, main: main ?? (await askMainName(git)), issue });
}
