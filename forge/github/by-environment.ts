// GitHub as a workflow's environment names it: for the commands, and for a run that looks there between two accounts.
import { connectGitHub, type GitHub, type GitHubOptions } from './github.ts';

/** null without `GITHUB_TOKEN` or `GITHUB_REPOSITORY`. */
export function connectByEnvironment(
  { GITHUB_TOKEN: token, GITHUB_REPOSITORY: repository, GITHUB_API_URL: apiUrl }: NodeJS.ProcessEnv,
  options: Pick<GitHubOptions, 'onRequest' | 'throttled' | 'timeoutMs'> = {},
): GitHub | null {
  if (!token || !repository) return null;
  return connectGitHub({ token, repository, ...(apiUrl ? { apiUrl } : {}), ...options });
}
