// How git reaches the forge, from the environment of a workflow or of a person.
import type { GitAccess } from './git.ts';

/** Empty without `GITHUB_TOKEN`: git then uses the clone's own configuration. */
export function readGitAccess({ GITHUB_TOKEN: token, GITHUB_SERVER_URL: serverUrl }: NodeJS.ProcessEnv): GitAccess {
  return token ? { token, ...(serverUrl ? { serverUrl } : {}) } : {};
}
