// Changes a branch by GitHub's API: GitHub signs every commit, and refuses one on a head that has moved.
import type { SignedMessage } from '../../forge/git/signature.ts';
import { requireAnswerText } from '../../forge/github/answer-fields.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { GraphqlRefusal } from '../../forge/github/github-errors.ts';
import { DormantError } from '../../policy/errors.ts';
import type { FileChange } from './branch-changes.ts';
import {
  BranchMoved,
  type BranchTip,
  type BranchWriter,
  createBranchInTheWayError,
  createPushRefusedError,
} from './branch-writer.ts';

export function createGitHubBranchWriter(github: GitHub): BranchWriter {
  return {
    async create(branch, at) {
      const parameters = { ref: `refs/heads/${branch}`, sha: at };
      const answer = await github.attempt('POST /repos/{owner}/{repo}/git/refs', parameters, [422]);
      if (!('refused' in answer)) return;
      if (/already exists/.test(answer.message)) throw new BranchMoved(branch, answer.message);
      // All that GitHub says of a branch in the way (github.com/googleapis/release-please/issues/1024), and, of some rules
      // against making branches, as well (github.com/actions/github-script/issues/455).
      if (/reference update failed/i.test(answer.message)) throw createBranchInTheWayError(branch, answer.message);
      throw createPushRefusedError(branch, answer.message);
    },
    forward: (branch, to) => forwardBranch(github, branch, to),
    append: (tip, changes, message) => createCommit(github, { ...tip, changes, message }),
    async merge({ branch }, main, message) {
      const parameters = { base: branch, head: main, commit_message: message };
      // docs.github.com/rest/branches/branches#merge-a-branch has 409 for a conflict, and 422 without saying for what. A rule
      // that is told by 409 is met once more by `mergeTree`, which the caller goes on with where git sees no conflict.
      const answer = await github.attempt('POST /repos/{owner}/{repo}/merges', parameters, [409, 422]);
      if ('refused' in answer) {
        if (answer.refused === 422) throw createPushRefusedError(branch, answer.message);
        return null;
      }
      return answer.status === 204 ? readBranchHead(github, branch) : answer.data.sha;
    },
    async mergeTree({ branch, head }, { main, files, message }) {
      const base = await readTreeId(github, main);
      // https://docs.github.com/en/rest/git/trees: `sha` null deletes, and entries replace what `base_tree` has at their path.
      const tree = files.map(({ path, mode, blob, text }) => ({
        ...{ path, mode, type: 'blob' as const },
        ...(text === null ? { sha: blob } : { content: text }),
      }));
      const made = await github.request('POST /repos/{owner}/{repo}/git/trees', { base_tree: base, tree });
      return commitMerge(github, { branch, tree: made.data.sha, parents: [head, main], message });
    },
    async restart({ branch, head }, main, message) {
      const tree = await readTreeId(github, main);
      return commitMerge(github, { branch, tree, parents: [head, main], message });
    },
  };
}

async function readTreeId(github: GitHub, commit: string): Promise<string> {
  const route = 'GET /repos/{owner}/{repo}/git/commits/{commit_sha}';
  const { data } = await github.request(route, { commit_sha: commit });
  return data.tree.sha;
}

/** GitHub signs it only without an author. */
async function commitMerge(
  github: GitHub,
  { branch, ...commit }: { branch: string; tree: string; parents: string[]; message: string },
): Promise<string> {
  const { data } = await github.request('POST /repos/{owner}/{repo}/git/commits', commit);
  await forwardBranch(github, branch, data.sha);
  return data.sha;
}

/** Not forced, so that GitHub refuses to lose a commit. It documents 409 and 422: docs.github.com/rest/git/refs. */
async function forwardBranch(github: GitHub, branch: string, to: string): Promise<void> {
  const parameters = { ref: `heads/${branch}`, sha: to, force: false };
  const answer = await github.attempt('PATCH /repos/{owner}/{repo}/git/refs/{ref}', parameters, [409, 422]);
  if (!('refused' in answer)) return;
  if (hasLostRace(answer.message)) throw new BranchMoved(branch, answer.message);
  throw createPushRefusedError(branch, answer.message);
}

/**
 * What GitHub says of a branch that was pushed to, deleted or merged meanwhile. Anything else is a rule, in more words than can
 * be listed: github.com/dependabot/dependabot-core has both, in common/lib/dependabot/pull_request_updater/github.rb.
 */
function hasLostRace(message: string): boolean {
  return /not a fast forward|does not exist|reference cannot be updated/i.test(message);
}

const mutation = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`;

interface NewCommit extends BranchTip {
  changes: readonly FileChange[];
  message: SignedMessage;
}

async function createCommit(github: GitHub, { branch, head, changes, message }: NewCommit): Promise<string> {
  const additions = changes.flatMap(({ path, text }) =>
    text === null ? [] : [{ path, contents: Buffer.from(text).toString('base64') }],
  );
  const deletions = changes.filter(({ text }) => text === null).map(({ path }) => ({ path }));
  const input = {
    branch: { repositoryNameWithOwner: `${github.owner}/${github.repo}`, branchName: branch },
    expectedHeadOid: head,
    message,
    fileChanges: { additions, deletions },
  };
  try {
    return requireAnswerText(await github.graphql(mutation, { input }), 'createCommitOnBranch', 'commit', 'oid');
  } catch (error) {
    if (!(error instanceof GraphqlRefusal)) throw error;
    if (isStale(error)) throw new BranchMoved(branch, error);
    if (isRule(error)) throw createPushRefusedError(branch, error.message);
    throw new DormantError('github-refused', `GitHub did not commit to ${branch}: ${error.message}`, {
      remedy: 'Check that the token may write contents and that no rule forbids this branch.',
      cause: error,
    });
  }
}

/** Protected branches have a type, rulesets only words: github.com/Thinkmill/keystatic/issues/1598. */
function isRule({ type, message }: GraphqlRefusal): boolean {
  return type === 'BRANCH_PROTECTION_RULE_VIOLATION' || /rule violations|protected branch/i.test(message);
}

/** GitHub's type for a head that is not the expected one; older servers only say it in words. */
function isStale({ type, message }: GraphqlRefusal): boolean {
  return type === 'STALE_DATA' || /expected branch to point to/i.test(message);
}

async function readBranchHead(github: GitHub, branch: string): Promise<string> {
  const { data } = await github.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ref: `heads/${branch}` });
  return data.object.sha;
}
