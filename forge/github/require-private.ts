// The last check before personal data is written to a repository: everybody can read a public one and its logs.
import { DormantError } from '../../policy/errors.ts';
import type { GitHub, GitHubData } from './github.ts';

/** Throws `public-repository` unless GitHub says that the repository is private. */
export async function requirePrivateRepository(github: GitHub): Promise<void> {
  const { data } = await github.request('GET /repos/{owner}/{repo}');
  if (isPrivate(data)) return;
  throw new DormantError('public-repository', `${github.owner}/${github.repo} is public.`, {
    remedy:
      'Make it private (Settings, General, Danger Zone). What an audit finds about people must not be readable by everybody.',
  });
}

/** Any other answer than a clear yes means no. */
export function isPrivate({ private: isClosed, visibility }: GitHubData<'GET /repos/{owner}/{repo}'>): boolean {
  return isClosed === true && visibility !== 'public';
}
