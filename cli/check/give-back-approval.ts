// Who asked for a give-back cannot approve it. GitHub refuses whoever opened the pull request; one that a GitHub App opened for
// somebody is not theirs there, so the check looks who has asked and who has approved.
import { findIssueOfBranch } from '../../audit/proposal/propose-give-back.ts';
import { createGit } from '../../forge/git/git.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { isFromHere } from '../../forge/github/pull-request.ts';
import { type Problem, readOrNull } from '../../policy/errors.ts';
import { isGiveBackFile } from '../../policy/files/people-file.ts';
import { foldText } from '../../policy/identifiers.ts';
import { GiveBack } from '../../policy/schemas/give-back.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';

export interface GiveBackApproval {
  problems: Problem[];
  /** For whom the merge has to wait, as a sentence; null: for nobody. */
  wait: string | null;
}

interface ApprovalQuery {
  repo: string;
  pull: number;
  base: string;
}

/** Of a pull request that adds files of give-back/; nothing is asked of others. */
export async function judgeGiveBackApproval(github: GitHub, query: ApprovalQuery): Promise<GiveBackApproval> {
  const added = await listAdded(query);
  const [first] = added;
  if (first === undefined) return { problems: [], wait: null };
  const { data } = await github.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: query.pull });
  const issue = isFromHere(github, data) ? findIssueOfBranch(data.head.ref) : null;
  const askers = new Set(
    [
      data.user?.login,
      ...(await readAskedBy(query.repo, added)),
      ...(await readCommitters(github, query.pull)),
      issue === null ? null : await readIssueAuthor(github, issue),
    ].flatMap((login) => (login == null ? [] : foldText(login))),
  );
  const approvers = await readApprovers(github, query.pull);
  const own = approvers.filter((login) => askers.has(foldText(login)));
  const isOthers = approvers.length > own.length;
  return {
    problems: own.map((login) => buildProblem(first, login)),
    wait:
      data.user?.type === 'Bot' && !isOthers ? 'Waits for the approval of an owner who has not asked for it.' : null,
  };
}

async function listAdded({ repo, base }: ApprovalQuery): Promise<string[]> {
  const listing = ['diff', '--name-only', '-z', '--no-renames', '--diff-filter=d', `${base}...HEAD`, '--', 'stacks'];
  return (await createGit(repo).run(listing)).split('\0').filter(isGiveBackFile);
}

/** Text that somebody may have edited: it adds an asker, and takes none away. */
async function readAskedBy(repo: string, paths: readonly string[]): Promise<string[]> {
  const files = openWorkingTree(repo);
  const texts = await Promise.all(paths.map(async (path) => ({ path, text: await files.read(path) })));
  return texts.flatMap(({ path, text }) => {
    const file = text === null ? null : readOrNull(() => parseYaml(GiveBack, path, text).value);
    return /^@([\w-]+)$/.exec(file?.askedBy ?? '')?.[1] ?? [];
  });
}

async function readIssueAuthor(github: GitHub, issue: number): Promise<string | null> {
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}';
  const answer = await github.attempt(route, { issue_number: issue }, [404, 410]);
  return 'refused' in answer ? null : (answer.data.user?.login ?? null);
}

/** By the mail address of their commits, which anybody may write: so it only adds. */
async function readCommitters(github: GitHub, pull: number): Promise<string[]> {
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits';
  const commits = await github.listAll(route, { pull_number: pull });
  return commits.flatMap(({ author }) => (author !== null && 'login' in author ? (author.login ?? []) : []));
}

/** People whose last word is an approval; a comment takes none back. No App’s counts. */
async function readApprovers(github: GitHub, pull: number): Promise<string[]> {
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews';
  const last = new Map<string, string>();
  for (const { user, state } of await github.listAll(route, { pull_number: pull })) {
    if (user === null || user.type === 'Bot' || state === 'COMMENTED' || state === 'PENDING') continue;
    last.set(user.login, state);
  }
  return [...last].flatMap(([login, state]) => (state === 'APPROVED' ? login : []));
}

function buildProblem(path: string, login: string): Problem {
  const message = `is approved by @${login}, who asked for it: have that approval dismissed; another owner has to approve`;
  return { path, line: 1, column: 1, code: 'approved-by-asker', message };
}
