// What the checks look at: the stack's files, one identity's connection to the tenant, and GitHub if there is a token.
import type { TokenCredential } from '@azure/identity';
import { createGit } from '../../forge/git/git.ts';
import { findRemote } from '../../forge/git/remote.ts';
import { connectGitHub, type GitHub } from '../../forge/github/github.ts';
import { createAccessTokens } from '../../graph/access-tokens.ts';
import { type Connection, connect } from '../../graph/connect.ts';
import { createCredential, type Identity } from '../../graph/credential.ts';
import { createRequestLog, type SentRequest } from '../../graph/request-log.ts';
import { interactiveRetryPolicy } from '../../graph/retry.ts';
import { parseTokenClaims } from '../../graph/token-claims.ts';
import type { Day } from '../../policy/evidence.ts';
import { loadStack, type StackFiles } from '../../policy/files/stack-files.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { resolveToday } from '../today.ts';

export interface DoctorContext {
  root: string;
  stack: string;
  /** The identity that is signed in. */
  identity: Identity;
  env: NodeJS.ProcessEnv;
  files: StackFiles;
  today: Day;
  connection: Connection;
  signIn: SignInResult;
  github: GitHubAccess;
}

type SignInResult =
  | { ok: true; who: 'the application' | 'a person'; appRoles: readonly string[] }
  | { ok: false; error: unknown };

export type GitHubAccess = { ok: true; api: GitHub; repository: string } | { ok: false; why: string };

interface ContextOptions {
  root: string;
  stack: string;
  identity: Identity;
  env?: NodeJS.ProcessEnv;
  /** Called with every request to the tenant, for --verbose. */
  onRequest?: (sent: SentRequest) => void;
}

/** Throws what `loadStack` throws: without its files there is no stack to examine. */
export async function createContext(options: ContextOptions): Promise<DoctorContext> {
  const { root, stack, identity, env = process.env } = options;
  const files = await loadStack(openWorkingTree(root), stack);
  const tenant = files.tenant.value;
  const connection = connect(tenant, identity, {
    env,
    retryPolicy: interactiveRetryPolicy,
    log: createRequestLog(options.onRequest),
  });
  const [today, signIn, github] = await Promise.all([
    resolveToday(tenant.cloud, undefined),
    testCredential(connection, () => createCredential(tenant, identity, env)),
    connectToGitHub(root, env),
  ]);
  return { root, stack, identity, env, files, today, connection, signIn, github };
}

/** Graph's token names only the roles on Graph; those on Exchange are in Exchange's own token. */
async function testCredential(
  { endpoints, readExchangeRoles }: Connection,
  makeCredential: () => TokenCredential,
): Promise<SignInResult> {
  try {
    const tokens = createAccessTokens(makeCredential, endpoints.graphScope);
    const { roles, isApplication } = parseTokenClaims(await tokens.acquire());
    if (!isApplication) return { ok: true, who: 'a person', appRoles: [] };
    const onExchange = await readExchangeRoles().catch(() => []);
    return { ok: true, who: 'the application', appRoles: [...roles, ...onExchange] };
  } catch (error) {
    return { ok: false, error };
  }
}

async function connectToGitHub(root: string, env: NodeJS.ProcessEnv): Promise<GitHubAccess> {
  const token = env.GITHUB_TOKEN;
  const repository = env.GITHUB_REPOSITORY ?? (await readRemoteRepository(root));
  if (!token) return { ok: false, why: 'there is no GITHUB_TOKEN' };
  if (!repository) return { ok: false, why: 'neither GITHUB_REPOSITORY nor the clone’s remote names a repository' };
  const apiUrl = env.GITHUB_API_URL;
  return { ok: true, repository, api: connectGitHub({ token, repository, ...(apiUrl ? { apiUrl } : {}) }) };
}

/** `owner/name` of the remote, from its https or ssh form; null for a remote that is not on a forge. */
async function readRemoteRepository(root: string): Promise<string | null> {
  const git = createGit(root);
  const remote = await findRemote(git);
  const url = remote === null ? null : await git.runOrNull(['config', '--get', `remote.${remote}.url`]);
  const forge = /^(?:https:\/\/[^/]+\/|(?:ssh:\/\/)?git@[^/:]+[/:])([^/]+\/[^/]+?)(?:\.git)?\/?$/;
  return forge.exec(url?.trim() ?? '')?.[1] ?? null;
}
