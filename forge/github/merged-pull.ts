// The pull request that brought a commit to the default branch, and who opened, approved and merged it. All of it by
// "Pull requests: read" (docs.github.com/rest/commits/commits, docs.github.com/rest/pulls/reviews).
import type { GitHub, GitHubItem } from './github.ts';

export interface MergedPull {
  number: number;
  url: string;
  openedBy: string;
  /** ISO 8601, as the other times. */
  openedAt: string;
  mergedBy: string | null;
  mergedAt: string | null;
  /** Approvals that were neither dismissed nor taken back by the same person's later review, the earliest first. */
  approvals: readonly { by: string; at: string }[];
}

/** GitHub's own word, whatever the commit's subject says. null: none did, or GitHub does not know the commit. */
export async function findMergedPull(github: GitHub, commit: string): Promise<MergedPull | null> {
  // 422: not a commit of this repository.
  const listed = await github.attempt(
    'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
    { commit_sha: commit, per_page: 100 },
    [404, 409, 422],
  );
  if ('refused' in listed) return null;
  const merged = listed.data.filter(({ merged_at: at }) => at !== null);
  const found = merged.find(({ merge_commit_sha: sha }) => sha === commit) ?? merged[0];
  if (found === undefined) return null;
  const { number } = found;
  const { data } = await github.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: number });
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews';
  return {
    ...{ number, url: data.html_url, openedBy: data.user.login, openedAt: data.created_at },
    ...{ mergedBy: data.merged_by?.login ?? null, mergedAt: data.merged_at },
    approvals: selectApprovals(await github.listAll(route, { pull_number: number })),
  };
}

type Review = GitHubItem<'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews'>;

/** The last word of each; a comment takes nothing back. */
function selectApprovals(reviews: readonly Review[]): MergedPull['approvals'] {
  const last = new Map<string, Review>();
  for (const review of reviews) {
    const by = review.user?.login ?? 'ghost';
    if (review.state !== 'COMMENTED' && review.state !== 'PENDING') last.set(by, review);
  }
  return [...last]
    .filter(([, { state }]) => state === 'APPROVED')
    .map(([by, { submitted_at: at = '' }]) => ({ by, at }))
    .sort((a, b) => a.at.localeCompare(b.at));
}
