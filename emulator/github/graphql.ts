// The three mutations and the question about a merge queue that REST does not have, and what `gh` asks of a repository, checked
// against their part of GitHub's schema.
import { buildSchema, GraphQLError, graphql } from 'graphql';
import type { Context } from 'hono';
import type { CallerEnv } from './authentication.ts';
import { requirePermission } from './authentication.ts';
import { listPulls } from './open-pull.ts';
import { formatNodeId } from './pull-routes.ts';
import { findRule, isQueued } from './refused-branches.ts';
import { formatNow, type GitHubIdentity, type GitHubState, type Pull, repositoryId } from './state.ts';
import { getUserId } from './users.ts';

const schema = buildSchema(`
  scalar GitObjectID
  scalar Base64String
  scalar URI
  type Query { viewer: User!, node(id: ID!): Node, repository(owner: String!, name: String!): Repository }
  type Repository {
    id: ID!
    databaseId: Int
    name: String!
    owner: User!
    description: String
    hasIssuesEnabled: Boolean!
    hasWikiEnabled: Boolean!
    viewerPermission: String
    defaultBranchRef: Ref
    parent: Repository
    mergeCommitAllowed: Boolean!
    rebaseMergeAllowed: Boolean!
    squashMergeAllowed: Boolean!
  }
  type Ref { name: String! }
  interface Node { id: ID! }
  type User { login: String!, databaseId: Int }
  type Mutation {
    createCommitOnBranch(input: CreateCommitOnBranchInput!): CreateCommitOnBranchPayload
    convertPullRequestToDraft(input: ConvertPullRequestToDraftInput!): PullRequestPayload
    markPullRequestReadyForReview(input: MarkPullRequestReadyForReviewInput!): PullRequestPayload
  }
  input CreateCommitOnBranchInput {
    clientMutationId: String
    branch: CommittableBranch!
    expectedHeadOid: GitObjectID!
    fileChanges: FileChanges
    message: CommitMessage!
  }
  input CommittableBranch { id: ID, repositoryNameWithOwner: String, branchName: String }
  input FileChanges { additions: [FileAddition!], deletions: [FileDeletion!] }
  input FileAddition { path: String!, contents: Base64String! }
  input FileDeletion { path: String! }
  input CommitMessage { headline: String!, body: String }
  type CreateCommitOnBranchPayload { clientMutationId: String, commit: Commit }
  type Commit { oid: GitObjectID!, url: URI!, signature: GitSignature }
  type GitSignature { isValid: Boolean! }
  input ConvertPullRequestToDraftInput { clientMutationId: String, pullRequestId: ID! }
  input MarkPullRequestReadyForReviewInput { clientMutationId: String, pullRequestId: ID! }
  type PullRequestPayload { pullRequest: PullRequest }
  type PullRequest implements Node { id: ID!, number: Int!, isDraft: Boolean!, isInMergeQueue: Boolean! }
`);

interface CommitInput {
  branch: { repositoryNameWithOwner?: string; branchName?: string };
  expectedHeadOid: string;
  fileChanges?: {
    additions?: { path: string; contents: string }[];
    deletions?: { path: string }[];
  };
  message: { headline: string; body?: string };
}

/** Runs one query. GraphQL answers 200 even where it refuses; the errors carry a type. */
export async function runGraphql(
  state: GitHubState,
  context: Context<CallerEnv>,
  { query, variables }: { query: string; variables: Record<string, unknown> },
): Promise<Record<string, unknown>> {
  const requirePull = (id: string) => {
    const issue = listPulls(state).find(({ number }) => formatNodeId(number) === id);
    if (issue) return issue;
    throw createGraphqlError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'.`);
  };
  const setDraft = (id: string, draft: boolean) => {
    requirePermission(context, 'write', 'pull_requests');
    const issue = requirePull(id);
    issue.pull.draft = draft;
    issue.updated_at = formatNow(state);
    return { pullRequest: buildPullNode(state, issue) };
  };
  const { data, errors } = await graphql({
    schema,
    source: query,
    variableValues: variables,
    rootValue: {
      node: ({ id }: { id: string }) => {
        requirePermission(context, 'read', 'pull_requests');
        return buildPullNode(state, requirePull(id));
      },
      // With an installation's token, too, and there with `[bot]`: github.com/fullsend-ai/fullsend/pull/1953.
      viewer: () => {
        const { login } = context.get('caller');
        return { login, databaseId: getUserId(login) };
      },
      repository: ({ owner, name }: { owner: string; name: string }) => {
        requirePermission(context, 'read', 'metadata');
        if (owner === state.owner && name === state.name) return buildRepositoryNode(state);
        throw createGraphqlError('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
      },
      createCommitOnBranch: ({ input }: { input: CommitInput }) =>
        createCommit(state, requirePermission(context, 'write', 'contents'), input),
      convertPullRequestToDraft: ({ input }: { input: { pullRequestId: string } }) =>
        setDraft(input.pullRequestId, true),
      markPullRequestReadyForReview: ({ input }: { input: { pullRequestId: string } }) =>
        setDraft(input.pullRequestId, false),
    },
  });
  return { data: data ?? null, ...(errors === undefined ? {} : { errors: errors.map(buildErrorBody) }) };
}

function buildRepositoryNode({ owner, name, defaultBranch }: GitHubState) {
  return {
    ...{ id: `R_${repositoryId}`, databaseId: repositoryId, name, owner: { login: owner }, parent: null },
    ...{ description: null, hasIssuesEnabled: true, hasWikiEnabled: false, viewerPermission: 'ADMIN' },
    ...{ defaultBranchRef: { name: defaultBranch } },
    ...{ mergeCommitAllowed: true, rebaseMergeAllowed: true, squashMergeAllowed: true },
  };
}

function buildPullNode(state: GitHubState, issue: Pull) {
  const { number, pull } = issue;
  const isInMergeQueue = () => isQueued(state, issue);
  return { __typename: 'PullRequest', id: formatNodeId(number), number, isDraft: pull.draft, isInMergeQueue };
}

async function createCommit(state: GitHubState, caller: GitHubIdentity, input: CommitInput): Promise<unknown> {
  const { branch, expectedHeadOid, message } = input;
  const { additions = [], deletions = [] } = input.fileChanges ?? {};
  const head = await state.repository.findHead(branch.branchName ?? '');
  if (branch.repositoryNameWithOwner !== `${state.owner}/${state.name}` || head === null) {
    throw createGraphqlError('NOT_FOUND', 'Could not resolve to a branch.');
  }
  const rule = await findRule(state, branch.branchName ?? '');
  // github.com/Thinkmill/keystatic/issues/1598: a ruleset has another type than a protected branch.
  const isRuleset = rule?.startsWith('Repository rule violations');
  if (rule !== null) throw createGraphqlError(isRuleset ? 'UNPROCESSABLE' : 'BRANCH_PROTECTION_RULE_VIOLATION', rule);
  if (head !== expectedHeadOid) {
    throw createGraphqlError(
      'STALE_DATA',
      `Expected branch to point to "${expectedHeadOid}" but it did not.  Pull and try again.`,
    );
  }
  if (additions.length > state.settings.maxAdditions) {
    throw createGraphqlError('UNPROCESSABLE', `A commit may add at most ${state.settings.maxAdditions} files.`);
  }
  for (const { path } of deletions) {
    if (!(await state.repository.hasPath(head, path))) {
      throw createGraphqlError(
        'UNPROCESSABLE',
        `A path was requested for deletion which does not exist as of commit oid \`${head}\``,
      );
    }
  }
  const text = message.body ? `${message.headline}\n\n${message.body}` : message.headline;
  const files = additions.map(({ path, contents }) => ({ path, contents: Buffer.from(contents, 'base64') }));
  const oid = await state.repository.commit({
    branch: String(branch.branchName),
    from: head,
    additions: files,
    deletions,
    message: text,
    author: caller,
  });
  state.signed.add(oid);
  const url = `${state.serverUrl}/${state.owner}/${state.name}/commit/${oid}`;
  return { commit: { oid, url, signature: { isValid: true } } };
}

function createGraphqlError(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

function buildErrorBody({ message, path, locations, extensions }: GraphQLError): Record<string, unknown> {
  const type = extensions.type;
  return { ...(typeof type === 'string' ? { type } : {}), path, locations, message };
}
