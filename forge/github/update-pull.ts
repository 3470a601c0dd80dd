// Brings an open pull request up to date: the pipeline's own block of the text, or a comment where somebody else has opened it.
import { resolveFileLinks } from '../markdown/file-link.ts';
import { computeTitleDigest, parseBlockMarks, replaceOwnedBlock } from '../markdown/owned-block.ts';
import { bodyLimit, truncateMarkdown } from '../markdown/truncate.ts';
import { upsertComment } from './comment.ts';
import type { GitHub } from './github.ts';
import type { Branches, PullRequest } from './pull-request.ts';

export interface PullRequestWish extends Branches {
  title: string;
  /** Markdown of the pipeline's own block. */
  body: string;
  /** Where the rest is if the block has to be cut. */
  artifactUrl?: string;
  isDraft: boolean;
  labels: readonly string[];
  reviewers: { users: readonly string[]; teams: readonly string[] };
}

export interface PullRequestResult {
  pull: PullRequest;
  outcome: 'opened' | 'updated' | 'unchanged';
  /** What GitHub refused to do, as sentences. */
  notes: string[];
}

/** Changes the title and the draft state only if no person has changed them, and only of a pull request that this identity opened. */
export async function updatePull(
  github: GitHub,
  pull: PullRequest,
  unlinked: PullRequestWish,
): Promise<PullRequestResult> {
  const wish = { ...unlinked, body: resolveFileLinks(unlinked.body, pull.url) };
  if (!pull.isOurs) return commentOnPull(github, pull, wish);
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

/**
 * What somebody else has opened keeps its title and text, and nobody speaks there in their name. It becomes a draft with the
 * news that it should be one; whether it is ready again, only people say, as it does not tell who made it a draft.
 */
async function commentOnPull(github: GitHub, pull: PullRequest, wish: PullRequestWish): Promise<PullRequestResult> {
  const { number } = pull;
  const { title, body, artifactUrl } = wish;
  const { outcome } = await upsertComment(github, {
    ...{ number, key: 'proposal', render: () => `### ${title}\n\n${body}` },
    ...(artifactUrl === undefined ? {} : { artifactUrl }),
  });
  const isNews = outcome !== 'unchanged';
  const notes = wish.isDraft && !pull.isDraft && isNews ? await setDraft(github, pull, true) : [];
  // Without their login: logs hold no names.
  notes.push(
    `Pull request #${number} was opened by somebody else, so its text stayed: a comment there has the proposal.`,
  );
  return { pull, outcome: isNews ? 'updated' : 'unchanged', notes };
}

export function buildBody(
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
