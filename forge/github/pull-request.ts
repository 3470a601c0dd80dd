// Pull requests from the pipeline's branches. The branch and its commits are the pipeline's; who opened the pull request is another
// matter: who can read a repository can open one from a branch that is there already
// (docs.github.com/pull-requests/collaborating-with-pull-requests/proposing-changes-to-your-work-with-pull-requests/creating-a-pull-request).
import { findAnswer } from './answer-fields.ts';
import type { GitHub, GitHubItem } from './github.ts';
import { GraphqlRefusal } from './github-errors.ts';
import { isWrittenBy, type Viewer } from './viewer.ts';

/** GitHub has one open pull request at most from one branch into another: github.com/cli/cli/issues/718. */
export interface Branches {
  /** The branch that it is opened from. */
  branch: string;
  /** The branch to merge into. */
  main: string;
}

export interface PullRequest extends Branches {
  number: number;
  url: string;
  nodeId: string;
  title: string;
  body: string | null;
  isDraft: boolean;
  /** Opened by this identity. Only then its title and text are ours, and its closing is an answer to us. */
  isOurs: boolean;
}

/** Whoever has opened it: there cannot be another one. */
export async function findOpenPull(github: GitHub, { branch, main }: Branches): Promise<PullRequest | null> {
  const viewer = await github.readViewer();
  const parameters = { state: 'open', head: `${github.owner}:${branch}`, base: main } as const;
  const [first] = await github.listAll('GET /repos/{owner}/{repo}/pulls', parameters);
  return first === undefined ? null : toPullRequest(first, viewer);
}

/** From branches of this repository, into whichever; a fork may have one of the same name. */
export async function listOpenPulls(github: GitHub): Promise<PullRequest[]> {
  const viewer = await github.readViewer();
  const open = await github.listAll('GET /repos/{owner}/{repo}/pulls', { state: 'open' });
  return open.filter((pull) => isFromHere(github, pull)).map((pull) => toPullRequest(pull, viewer));
}

/** GitHub says it in GraphQL only. false as well where a server has no queues. */
export async function isInMergeQueue(github: GitHub, { nodeId }: Pick<PullRequest, 'nodeId'>): Promise<boolean> {
  const query = 'query ($id: ID!) { node(id: $id) { ... on PullRequest { isInMergeQueue } } }';
  try {
    const answer = await github.graphql(query, { id: nodeId });
    return findAnswer(answer, 'node', 'isInMergeQueue') === true;
  } catch (error) {
    if (error instanceof GraphqlRefusal) return false;
    throw error;
  }
}

/**
 * Heads of the latest pull requests that are over: commits up to them are merged or declined. What is merged is, whoever opened
 * it; but anybody may open one and close it again, and would so make reviewers' commits count no longer.
 */
export async function listClosedHeads(github: GitHub, { branch, main }: Branches): Promise<string[]> {
  const viewer = await github.readViewer();
  const { data } = await github.request('GET /repos/{owner}/{repo}/pulls', {
    state: 'closed',
    head: `${github.owner}:${branch}`,
    base: main,
    sort: 'updated',
    direction: 'desc',
    per_page: 100,
  });
  const over = data.filter(({ merged_at: mergedAt, user }) => mergedAt !== null || isWrittenBy(viewer, user));
  return over.map(({ head }) => head.sha);
}

/** For a proposal with nothing left in it, whoever has opened it: it would be in the way of the next one. */
export async function closePull(github: GitHub, pull: PullRequest, because: string): Promise<void> {
  const { number } = pull;
  const comments = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
  await github.request(comments, { issue_number: number, body: because });
  await github.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
    pull_number: number,
    state: 'closed',
  });
}

type ListedPull = GitHubItem<'GET /repos/{owner}/{repo}/pulls'>;

/** A fork that is gone has no repository. */
export function isFromHere({ owner, repo }: GitHub, { head }: Pick<ListedPull, 'head'>): boolean {
  return head.repo?.full_name === `${owner}/${repo}`;
}

export function toPullRequest(
  {
    number,
    html_url: url,
    node_id: nodeId,
    title,
    body,
    draft: isDraft = false,
    head: { ref: branch },
    base: { ref: main },
    user,
  }: Pick<ListedPull, 'number' | 'html_url' | 'node_id' | 'title' | 'body' | 'draft' | 'user'> & {
    head: Pick<ListedPull['head'], 'ref'>;
    base: Pick<ListedPull['base'], 'ref'>;
  },
  viewer: Viewer,
): PullRequest {
  return { number, url, nodeId, title, body, isDraft, branch, main, isOurs: isWrittenBy(viewer, user) };
}
