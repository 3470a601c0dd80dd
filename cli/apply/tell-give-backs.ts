// What became of each account that a file of give-back/ gives back, said to the owners where it was asked for: in the issue, or in
// the pull request that brought the file.
import { findIssueOfBranch } from '../../audit/proposal/propose-give-back.ts';
import { createGit } from '../../forge/git/git.ts';
import { upsertComment } from '../../forge/github/comment.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { isFromHere } from '../../forge/github/pull-request.ts';
import { escapeMarkdown } from '../../forge/markdown/escape.ts';
import { foldId } from '../../policy/identifiers.ts';
import type { StackOutcome } from '../../stacks/run-stack.ts';
import { mentionOwners } from '../read-owners.ts';

export interface GiveBackNews {
  /** The file of give-back/. */
  path: string;
  isSignInAllowed: boolean;
  /** Why the rest is not there yet, as sentences; empty: all is given back. */
  open: readonly string[];
}

/** Of those that this run has come to: one that only gave way is the next run's to tell. */
export function listGiveBackNews({ files, accounts }: Pick<StackOutcome, 'files' | 'accounts'>): GiveBackNews[] {
  const byId = new Map(accounts.map((account) => [foldId(account.inputs.account.id), account]));
  return files.giveBacks.files.flatMap(({ path, value }) => {
    const account = byId.get(foldId(value.account.id));
    if (account === undefined || account.inputs.stage !== 'restore') return [];
    const { reached, refused, waits, failure } = account.report;
    const isSignInAllowed = reached.accountEnabled;
    const open = [
      ...[...refused, ...waits].map(({ because }) => because),
      ...(failure === null ? [] : [`${failure.message} ${failure.remedy}`.trim()]),
    ];
    const isOnlyLeft = waits.length > 0 && waits.every((wait) => wait.for === 'newer-main');
    return isOnlyLeft && !isSignInAllowed ? [] : [{ path, isSignInAllowed, open }];
  });
}

interface Place {
  number: number;
  isIssue: boolean;
}

/** Names nobody: comments are mailed. Closes the issue once all is given back. */
export async function tellGiveBacks(
  github: GitHub,
  { repo, news }: { repo: string; news: readonly GiveBackNews[] },
): Promise<void> {
  for (const each of news) {
    const place = await findPlace(github, repo, each.path);
    if (place === null) continue;
    const text = `${await mentionOwners(repo, each.path, github)}${describe(each)}`;
    await upsertComment(github, { number: place.number, key: 'given back', render: () => text });
    if (place.isIssue && each.isSignInAllowed && each.open.length === 0)
      await github.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
        ...{ issue_number: place.number, state: 'closed', state_reason: 'completed' },
      });
  }
}

function describe({ isSignInAllowed, open }: GiveBackNews): string {
  const list = open.map((because) => `- ${escapeMarkdown(because, 600)}`).join('\n');
  if (!isSignInAllowed) return `this account is not given back:\n\n${list}`;
  if (open.length === 0)
    return 'this account is given back: sign-in is allowed, licences and mailbox are as they were.';
  return `sign-in is allowed again. Still open:\n\n${list}\n\nThe next apply tries again.`;
}

/** null: a push has brought it, which nobody asked for here. */
async function findPlace(github: GitHub, repo: string, path: string): Promise<Place | null> {
  const options = [
    '--first-parent',
    '--diff-merges=first-parent',
    '--diff-filter=A',
    '--no-patch',
    '--format=%H',
    '-1',
  ];
  const commit = await createGit(repo).run(['log', ...options, 'HEAD', '--', path]);
  if (commit === '') return null;
  const route = 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls';
  const answer = await github.attempt(route, { commit_sha: commit }, [404, 409, 422]);
  const pulls = 'refused' in answer ? [] : answer.data;
  const pull = pulls.find(({ merged_at: mergedAt }) => mergedAt !== null);
  if (pull === undefined) return null;
  const issue = isFromHere(github, pull) ? findIssueOfBranch(pull.head.ref) : null;
  return issue === null ? { number: pull.number, isIssue: false } : { number: issue, isIssue: true };
}
