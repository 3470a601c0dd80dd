// What GitHub Actions says about itself, in one place. Outside of it there is no API, and git uses its own remotes.
import type { Remote } from '../audit/read-state.ts';
import { readGitAccess } from '../forge/git/access.ts';
import { connectByEnvironment } from '../forge/github/by-environment.ts';
import type { GitHub } from '../forge/github/github.ts';
import { DormantError } from '../policy/errors.ts';
import { printRequest } from './print-request.ts';

/** Whether each request to GitHub is printed with its id. */
export interface Verbosity {
  verbose?: boolean;
}

/** `GITHUB_TOKEN` with `GITHUB_REPOSITORY` make a GitHub remote; without one of them it is a plain git remote. */
export function createRemote(env: NodeJS.ProcessEnv, main: string, verbosity: Verbosity = {}): Remote {
  return { github: findGitHub(env, verbosity), main, ...readGitAccess(env) };
}

/** null without `GITHUB_TOKEN` or `GITHUB_REPOSITORY`. */
export function findGitHub(env: NodeJS.ProcessEnv, { verbose = false }: Verbosity = {}): GitHub | null {
  return connectByEnvironment(env, verbose ? { onRequest: printRequest } : {});
}

/** The same for an option that means nothing without GitHub. Throws `no-github` (exit code 2), which names it. */
export function requireGitHubFor(option: string, verbosity: Verbosity = {}): GitHub {
  const github = findGitHub(process.env, verbosity);
  if (github) return github;
  throw new DormantError('no-github', `${option} needs GITHUB_TOKEN and GITHUB_REPOSITORY.`, {
    exitCode: 2,
    remedy: `Set both, or leave ${option} out.`,
  });
}

/** The page of a pull request. */
export function findPullUrl(env: NodeJS.ProcessEnv, pull: number): { pullUrl?: string } {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env;
  return server && repository ? { pullUrl: `${server}/${repository}/pull/${pull}` } : {};
}

/** The page of the workflow run, where its artifacts are. */
export function findArtifactUrl(env: NodeJS.ProcessEnv): { artifactUrl?: string } {
  const [server, repository, run] = [env.GITHUB_SERVER_URL, env.GITHUB_REPOSITORY, env.GITHUB_RUN_ID];
  return server && repository && run ? { artifactUrl: `${server}/${repository}/actions/runs/${run}` } : {};
}
