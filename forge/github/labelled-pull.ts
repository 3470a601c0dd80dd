// Whether a pull request carries a label: asked again and again while a run writes, and so as cheaply as GitHub allows.
//
// The list of issues is the only one that GitHub filters by label. Without the right to read pull requests it silently lacks them
// (github.com/lemonade-sdk/lemonade/pull/2210), so that right is asked about first. A list that has not changed is 304, which
// does not count: a workflow's token has 1,000 requests an hour for all runs of a repository together.
// https://docs.github.com/rest/issues/issues#list-repository-issues
// https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
import { DormantError } from '../../policy/errors.ts';
import type { GitHub, GitHubData, GitHubItem } from './github.ts';

export interface LabelledPull {
  number: number;
  /** Of this repository; null: it comes from a fork. */
  branch: string | null;
  /** The commit of the default branch that has it; null: it is open. */
  mergedAs: string | null;
  /** The login of who put the label on it, and when; null: GitHub does not say. */
  by: string | null;
  at: string | null;
}

export interface LabelQuestion {
  label: string;
  /** Whether it is one that is looked for, by its branch alone. */
  isWantedBranch(branch: string): boolean;
  /** The same by a path that it changes, which is asked where the branch does not say it. */
  isWantedPath(path: string): boolean;
  /** Whether a merged one is over, because its commit was gone through. */
  isOver(mergedAs: string): Promise<boolean>;
}

const pageSize = 100;

/**
 * Asks at each call, and gives the first that is looked for; null: there is none. While GitHub says that nothing has changed, the
 * last answer stands. Throws `github-refused` and what a broken connection throws.
 */
export function createLabelQuestion(github: GitHub, question: LabelQuestion): () => Promise<LabelledPull | null> {
  let known: { etag: string; found: LabelledPull | null } | null = null;
  let mayReadPulls = false;
  return async () => {
    if (!mayReadPulls) await github.request('GET /repos/{owner}/{repo}/pulls', { state: 'all', per_page: 1 });
    mayReadPulls = true;
    const answer = await github.attempt(
      'GET /repos/{owner}/{repo}/issues',
      { ...listed(question), ...(known === null ? {} : { headers: { 'if-none-match': known.etag } }) },
      [304],
    );
    if ('refused' in answer) return known?.found ?? null;
    const { data, etag } = answer;
    // Of a longer list only the first page's ETag is known.
    const all =
      data.length < pageSize ? data : await github.listAll('GET /repos/{owner}/{repo}/issues', listed(question));
    const found = await findWanted(github, question, all);
    known = etag === null || data.length === pageSize ? null : { etag, found };
    return found;
  };
}

function listed({ label }: LabelQuestion) {
  return { labels: label, state: 'all', sort: 'updated', direction: 'desc', per_page: pageSize } as const;
}

type ListedIssue = GitHubItem<'GET /repos/{owner}/{repo}/issues'>;

async function findWanted(
  github: GitHub,
  question: LabelQuestion,
  issues: readonly ListedIssue[],
): Promise<LabelledPull | null> {
  for (const { number, pull_request: pull, state } of issues) {
    if (pull === undefined || (state === 'closed' && !pull.merged_at)) continue;
    const { data } = await github.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: number });
    if (await isWanted(github, question, data))
      return { ...toLabelled(github, data), ...(await findLabeller(github, question, number)) };
  }
  return null;
}

type Pull = GitHubData<'GET /repos/{owner}/{repo}/pulls/{pull_number}'>;

async function isWanted(github: GitHub, question: LabelQuestion, pull: Pull): Promise<boolean> {
  const { branch, mergedAs } = toLabelled(github, pull);
  if (pull.state === 'closed') {
    const isOfMain = pull.base.ref === pull.base.repo.default_branch;
    if (mergedAs === null || !isOfMain || (await question.isOver(mergedAs))) return false;
  }
  if (branch !== null && question.isWantedBranch(branch)) return true;
  const parameters = { pull_number: pull.number };
  for await (const { filename } of github.iterate('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', parameters))
    if (question.isWantedPath(filename)) return true;
  return false;
}

function toLabelled({ owner, repo }: GitHub, { number, head, merged_at, merge_commit_sha }: Pull) {
  const isFromHere = head.repo?.full_name === `${owner}/${repo}`;
  // An open one has a commit there, too: of its trial merge.
  return { number, branch: isFromHere ? head.ref : null, mergedAs: merged_at === null ? null : merge_commit_sha };
}

/** The last one to put it on; that GitHub does not say it is no reason to go on. */
async function findLabeller(
  github: GitHub,
  question: LabelQuestion,
  number: number,
): Promise<Pick<LabelledPull, 'by' | 'at'>> {
  try {
    return await readLabeller(github, question, number);
  } catch (error) {
    if (error instanceof DormantError) return { by: null, at: null };
    throw error;
  }
}

/** https://docs.github.com/rest/using-the-rest-api/issue-event-types#labeled */
async function readLabeller(github: GitHub, question: LabelQuestion, number: number) {
  const parameters = { issue_number: number };
  const events = await github.listAll('GET /repos/{owner}/{repo}/issues/{issue_number}/events', parameters);
  const isOurs = (event: (typeof events)[number]) =>
    event.event === 'labeled' && 'label' in event && event.label?.name?.toLowerCase() === question.label.toLowerCase();
  const last = events.findLast(isOurs);
  return { by: last?.actor?.login ?? null, at: last?.created_at ?? null };
}
