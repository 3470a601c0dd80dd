// The proposal's pull request: opened, updated in its own block of the body, made a draft or ready, closed when empty.
import { DormantError } from '../../policy/errors.ts';
import { computeTitleDigest, parseBlockMarks, replaceOwnedBlock } from '../markdown/owned-block.ts';
import { bodyLimit, truncateMarkdown } from '../markdown/truncate.ts';
import { findAnswer } from './answer-fields.ts';
import type { GitHub, GitHubItem } from './github.ts';
import { GraphqlRefusal } from './github-errors.ts';

export interface PullRequestWish {
  branch: string;
  /** The branch to merge into. */
  main: string;
  title: string;
  /** Markdown of the pipeline's own block. */
  body: string;
  /** Where the rest is if the block has to be cut. */
  artifactUrl?: string;
  isDraft: boolean;
  labels: readonly string[];
  reviewers: { users: readonly string[]; teams: readonly string[] };
}

export interface PullRequest {
  number: number;
  url: string;
  nodeId: string;
  title: string;
  body: string | null;
  isDraft: boolean;
  branch: string;
}

interface PullRequestResult {
  pull: PullRequest;
  outcome: 'opened' | 'updated' | 'unchanged';
  /** What GitHub refused to do, as sentences. */
  notes: string[];
}

export async function findOpenPull(github: GitHub, branch: string): Promise<PullRequest | null> {
  const parameters = { state: 'open', head: `${github.owner}:${branch}` } as const;
  const [first] = await github.listAll('GET /repos/{owner}/{repo}/pulls', parameters);
  return first === undefined ? null : toPullRequest(first);
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

/** Heads of the branch's latest closed pull requests: commits up to them are merged or declined. */
export async function listClosedHeads(github: GitHub, branch: string): Promise<string[]> {
  const { data } = await github.request('GET /repos/{owner}/{repo}/pulls', {
    state: 'closed',
    head: `${github.owner}:${branch}`,
    sort: 'updated',
    direction: 'desc',
    per_page: 100,
  });
  return data.map(({ head }) => head.sha);
}

/** Labels and review requests are made only on opening: what people remove stays removed. */
export async function openPull(github: GitHub, wish: PullRequestWish): Promise<PullRequestResult> {
  const notes: string[] = [];
  const body = buildBody(null, wish, { title: computeTitleDigest(wish.title), isDraft: wish.isDraft });
  const request = { title: wish.title, body, head: wish.branch, base: wish.main };
  const create = (draft: boolean) =>
    github.attempt('POST /repos/{owner}/{repo}/pulls', { ...request, draft }, [403, 422]);
  let answer = await create(wish.isDraft);
  if ('refused' in answer && wish.isDraft && /draft/i.test(answer.message)) {
    notes.push('This repository has no drafts, so the pull request is open although its data quality is poor.');
    answer = await create(false);
  }
  if ('refused' in answer) {
    // Another run has opened it meanwhile.
    const present = await findOpenPull(github, wish.branch);
    if (present) return updatePull(github, present, wish);
    throw createNotOpenedError(wish.branch, answer.message);
  }
  const pull = toPullRequest(answer.data);
  await addLabels(github, pull, wish);
  notes.push(...(await requestReviews(github, pull, wish)));
  return { pull, outcome: 'opened', notes };
}

/** Changes the title and the draft state only if no person has changed them. */
export async function updatePull(github: GitHub, pull: PullRequest, wish: PullRequestWish): Promise<PullRequestResult> {
  const marks = parseBlockMarks(pull.body);
  const isOurTitle = marks !== null && marks.title === computeTitleDigest(pull.title);
  const title = isOurTitle ? wish.title : pull.title;
  const turnsDraft = wish.isDraft && !pull.isDraft && marks?.isDraft === false;
  const turnsReady = !wish.isDraft && pull.isDraft && marks?.isDraft === true;
  const body = buildBody(pull.body, wish, {
    title: isOurTitle ? computeTitleDigest(title) : (marks?.title ?? ''),
    isDraft: wish.isDraft && (turnsDraft || (marks?.isDraft ?? pull.isDraft)),
  });
  const notes = turnsDraft || turnsReady ? await setDraft(github, pull, turnsDraft) : [];
  const isSame = title === pull.title && body === (pull.body ?? '').replaceAll('\r\n', '\n');
  if (!isSame) {
    const parameters = { pull_number: pull.number, title, body };
    await github.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', parameters);
  }
  const changed = !isSame || turnsDraft || turnsReady;
  return { pull, outcome: changed ? 'updated' : 'unchanged', notes };
}

/** For a proposal with nothing left in it. */
export async function closePull(github: GitHub, pull: PullRequest, because: string): Promise<void> {
  const { number } = pull;
  const comments = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
  await github.request(comments, { issue_number: number, body: because });
  await github.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
    pull_number: number,
    state: 'closed',
  });
}

/** GitHub's default forbids workflows to open pull requests, and answers 403. */
function createNotOpenedError(branch: string, message: string): DormantError {
  const remedy = /not permitted to create/i.test(message)
    ? 'In Settings, Actions, General, allow GitHub Actions to create pull requests; or set up a GitHub App.'
    : 'Give the token the permission to write pull requests.';
  const sentence = `GitHub did not open a pull request from ${branch}: ${message}`;
  return new DormantError('github-refused', sentence, { remedy });
}

function buildBody(
  body: string | null,
  { body: content, artifactUrl }: PullRequestWish,
  marks: { title: string; isDraft: boolean },
): string {
  const where = artifactUrl === undefined ? 'the files of the audit' : `[the audit](${encodeURI(artifactUrl)})`;
  const notice = `_Cut at GitHub’s limit: the rest is in ${where}._`;
  return replaceOwnedBlock(body, {
    content,
    marks,
    limit: bodyLimit,
    shorten: (text, maxLength) => truncateMarkdown(text, maxLength, notice),
  });
}

async function addLabels(github: GitHub, { number }: PullRequest, { labels }: PullRequestWish): Promise<void> {
  if (labels.length === 0) return;
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels';
  await github.request(route, { issue_number: number, labels: [...labels] });
}

/** No reviews for a draft: GitHub requests them from the code owners when it is made ready. */
async function requestReviews(
  github: GitHub,
  { number }: PullRequest,
  { reviewers: { users, teams }, isDraft }: PullRequestWish,
): Promise<string[]> {
  if (isDraft || users.length + teams.length === 0) return [];
  const route = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers';
  const parameters = { pull_number: number, reviewers: [...users], team_reviewers: [...teams] };
  const answer = await github.attempt(route, parameters, [403, 404, 422]);
  return 'refused' in answer ? [`GitHub did not ask the code owners for a review: ${answer.message}`] : [];
}

/** Only GraphQL can change it. A GitHub plan without drafts refuses, which is no reason to fail. */
async function setDraft(github: GitHub, { nodeId }: PullRequest, isDraft: boolean): Promise<string[]> {
  const name = isDraft ? 'convertPullRequestToDraft' : 'markPullRequestReadyForReview';
  const type = isDraft ? 'ConvertPullRequestToDraftInput' : 'MarkPullRequestReadyForReviewInput';
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { pullRequest { isDraft } } }`;
  try {
    await github.graphql(query, { input: { pullRequestId: nodeId } });
    return [];
  } catch (error) {
    return [`GitHub did not ${isDraft ? 'make the pull request a draft' : 'mark it as ready'}: ${String(error)}`];
  }
}

type ListedPull = GitHubItem<'GET /repos/{owner}/{repo}/pulls'>;

function toPullRequest({
  number,
  html_url: url,
  node_id: nodeId,
  title,
  body,
  draft: isDraft = false,
  head,
}: Pick<ListedPull, 'number' | 'html_url' | 'node_id' | 'title' | 'body' | 'draft'> & {
  head: Pick<ListedPull['head'], 'ref'>;
}): PullRequest {
  return { number, url, nodeId, title, body, isDraft, branch: head.ref };
}
