// Accounts whose pull request was closed unmerged, found by the files of its head in git, never by its text. Only what this
// identity has opened counts.
import { diffCommits } from '../../forge/git/branch.ts';
import type { Git } from '../../forge/git/git.ts';
import { toTrackingRef } from '../../forge/git/remote.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { isFromHere } from '../../forge/github/pull-request.ts';
import { isWrittenBy } from '../../forge/github/viewer.ts';
import { InvalidInput } from '../../policy/errors.ts';
import { addDays, type Day } from '../../policy/evidence.ts';
import { getAccountsFolder, getArchiveFolder, parseAccountFile } from '../../policy/files/account-file.ts';
import { getEscalationsPath, tryParseEscalations } from '../../policy/files/escalations-file.ts';
import { foldId } from '../../policy/identifiers.ts';
import type { DeclinedAccount } from '../../policy/plan/input.ts';
import { readTree } from './branch-state.ts';
import { isProposalBranch } from './group-plan.ts';

interface DeclinedQuery {
  stack: string;
  today: Day;
  /** proposal.retryAfterDays of the policy. */
  retryAfterDays: number;
  /** The remote's name in the clone. */
  remote: string;
  main: string;
}

/** One entry per account, with the latest day; without accounts whose file was merged into main since. */
export async function readDeclined(git: Git, github: GitHub, query: DeclinedQuery): Promise<DeclinedAccount[]> {
  const untilByAccount = new Map<string, Day>();
  for (const pull of await listClosedUnmerged(github, query)) {
    for (const accountId of await listDeclinedAccounts(git, pull, query)) {
      const until = untilByAccount.get(accountId);
      if (until === undefined || until < pull.until) untilByAccount.set(accountId, pull.until);
    }
  }
  return [...untilByAccount].map(([accountId, until]) => ({ accountId, until }));
}

interface ClosedPull {
  number: number;
  closedAt: string;
  until: Day;
}

async function listClosedUnmerged(
  github: GitHub,
  { stack, today, retryAfterDays, main }: DeclinedQuery,
): Promise<ClosedPull[]> {
  const viewer = await github.readViewer();
  const found: ClosedPull[] = [];
  const since = addDays(today, -retryAfterDays);
  const parameters = { state: 'closed', sort: 'updated', direction: 'desc' } as const;
  for await (const pull of github.iterate('GET /repos/{owner}/{repo}/pulls', parameters)) {
    // No pull request is closed later than it was last updated, so the rest was closed even earlier.
    const { number, head, base, user, updated_at: updatedAt, closed_at: closedAt, merged_at: mergedAt } = pull;
    if (updatedAt.slice(0, 10) < since) break;
    // Whoever may read the repository can open one from our branch, and close what they have opened: that declines nothing.
    if (!isFromHere(github, pull) || base.ref !== main || !isWrittenBy(viewer, user)) continue;
    if (!isProposalBranch(stack, head.ref)) continue;
    if (closedAt === null || mergedAt !== null) continue;
    const until = addDays(closedAt.slice(0, 10), retryAfterDays);
    if (today < until) found.push({ number, closedAt, until });
  }
  return found;
}

/** GitHub keeps the head of every pull request, even when its branch is deleted. */
async function listDeclinedAccounts(
  git: Git,
  { number, closedAt }: ClosedPull,
  query: DeclinedQuery,
): Promise<string[]> {
  const { stack, remote, main } = query;
  const ref = `refs/dormant/pull/${number}`;
  await git.run(['fetch', '--quiet', '--no-tags', remote, `+refs/pull/${number}/head:${ref}`]);
  const base = (await git.runOrNull(['merge-base', toTrackingRef(remote, main), ref])) ?? ref;
  const before = await readTree(git, base);
  const decidedSince = await findChangedOnMain(git, query, closedAt);
  const folders = [getAccountsFolder(stack), getArchiveFolder(stack)].map((folder) => `${folder}/`);
  const ids: string[] = [];
  for (const [path, blob] of await diffCommits(git, base, ref)) {
    if (path === getEscalationsPath(stack))
      ids.push(...(await listChangedEscalations(git, path, [before.get(path), blob])));
    if (!folders.some((folder) => path.startsWith(folder)) || decidedSince.has(path)) continue;
    const known = blob ?? before.get(path);
    const id = known === undefined ? null : findAccountId(path, await git.readBlob(known));
    if (id !== null) ids.push(id);
  }
  return ids;
}

/** Accounts that the pull request would have put on the list or taken off it; the plan knows main's list. */
async function listChangedEscalations(
  git: Git,
  path: string,
  blobs: readonly [before: string | undefined, after: string | null],
): Promise<string[]> {
  const [old, proposed] = await Promise.all(
    blobs.map(async (blob) => {
      const list = blob == null ? null : tryParseEscalations(path, await git.readBlob(blob));
      return new Set(list?.value.escalations.map(({ id }) => foldId(id)));
    }),
  );
  const all = new Set([...(old ?? []), ...(proposed ?? [])]);
  return [...all].filter((id) => !(old?.has(id) && proposed?.has(id)));
}

/** A decision on main after the pull request was closed replaces it. */
async function findChangedOnMain(
  git: Git,
  { stack, remote, main }: DeclinedQuery,
  closedAt: string,
): Promise<Set<string>> {
  // Both clocks count in seconds and `--since` is inclusive: within the same second, the closing wins.
  const since = new Date(Date.parse(closedAt) + 1000).toISOString();
  const log = await git.run([
    ...['log', '--first-parent', '--diff-merges=first-parent', '--name-only', '--format=', '-z'],
    ...[`--since=${since}`, toTrackingRef(remote, main), '--', getAccountsFolder(stack), getArchiveFolder(stack)],
  ]);
  return new Set(log.split('\0').map((path) => path.trim()));
}

/** An invalid file may still name its account. */
function findAccountId(path: string, text: string): string | null {
  try {
    return parseAccountFile(path, text).account.id;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return /^\s+id:\s*["']?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/im.exec(text)?.[1] ?? null;
  }
}
