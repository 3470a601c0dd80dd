// What the checks look at: the stack's files, one identity's connection to the tenant, and GitHub where there is a token.
import { gitIn } from '../../audit/git/git.ts';
import { connectGitHub, type GitHub } from '../../audit/proposal/github/github.ts';
import { accessTokens } from '../../graph/access-tokens.ts';
import { type Connection, connect } from '../../graph/connect.ts';
import { credentialFor, type Identity } from '../../graph/credential.ts';
import { briefPatience } from '../../graph/patience.ts';
import { requestLog, type SentRequest } from '../../graph/requests.ts';
import type { Day } from '../../policy/evidence.ts';
import { loadStack, type StackFiles } from '../../policy/repository.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { todayFor } from '../today.ts';
import { claimsIn } from './claims.ts';

export interface Scene {
  root: string;
  stack: string;
  /** The identity that is signed in. */
  identity: Identity;
  env: NodeJS.ProcessEnv;
  files: StackFiles;
  today: Day;
  connection: Connection;
  signIn: SignIn;
  github: GitHubAccess;
}

export type SignIn =
  | { ok: true; who: 'the application' | 'a person'; appRoles: readonly string[] }
  | { ok: false; error: unknown };

export type GitHubAccess = { ok: true; api: GitHub; repository: string } | { ok: false; why: string };

export interface SceneOptions {
  root: string;
  stack: string;
  identity: Identity;
  env?: NodeJS.ProcessEnv;
  /** Told of every request to the tenant, for --verbose. */
  onRequest?: (sent: SentRequest) => void;
}

/** Throws what `loadStack` throws: without its files there is no stack to examine. */
export async function sceneOf(options: SceneOptions): Promise<Scene> {
  const { root, stack, identity, env = process.env } = options;
  const files = await loadStack(openWorkingTree(root), stack);
  const tenant = files.tenant.value;
  const connection = connect(tenant, identity, {
    env,
    patience: briefPatience,
    log: requestLog(options.onRequest),
  });
  const [today, signIn, github] = await Promise.all([
    todayFor(tenant.cloud, undefined),
    signInTo(files, identity, connection, env),
    gitHubFor(root, env),
  ]);
  return { root, stack, identity, env, files, today, connection, signIn, github };
}

/** Graph's token names the roles on Graph only; those on Exchange stand in Exchange's own token. */
async function signInTo(
  files: StackFiles,
  identity: Identity,
  { endpoints, exchangeRoles }: Connection,
  env: NodeJS.ProcessEnv,
): Promise<SignIn> {
  try {
    const tokens = accessTokens(() => credentialFor(files.tenant.value, identity, env), endpoints.graphScope);
    const { roles, isApplication } = claimsIn(await tokens.current());
    if (!isApplication) return { ok: true, who: 'a person', appRoles: [] };
    const onExchange = await exchangeRoles().catch(() => []);
    return { ok: true, who: 'the application', appRoles: [...roles, ...onExchange] };
  } catch (error) {
    return { ok: false, error };
  }
}

async function gitHubFor(root: string, env: NodeJS.ProcessEnv): Promise<GitHubAccess> {
  const token = env.GITHUB_TOKEN;
  const repository = env.GITHUB_REPOSITORY ?? (await originOf(root));
  if (!token) return { ok: false, why: 'there is no GITHUB_TOKEN' };
  if (!repository)
    return { ok: false, why: 'neither GITHUB_REPOSITORY nor the remote origin names a repository' };
  const apiUrl = env.GITHUB_API_URL;
  return { ok: true, repository, api: connectGitHub({ token, repository, ...(apiUrl ? { apiUrl } : {}) }) };
}

/** `owner/name` of the remote, from its https or ssh form; null for a remote that is not on a forge. */
async function originOf(root: string): Promise<string | null> {
  const url = (await gitIn(root).maybe(['config', '--get', 'remote.origin.url'])) ?? '';
  const forge = /^(?:https:\/\/[^/]+\/|(?:ssh:\/\/)?git@[^/:]+[/:])([^/]+\/[^/]+?)(?:\.git)?\/?$/;
  return forge.exec(url.trim())?.[1] ?? null;
}
