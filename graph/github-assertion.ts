// GitHub's OIDC token as a client assertion: how a workflow signs in to Entra without any secret.
import { setTimeout as sleep } from 'node:timers/promises';
import { DormantError } from '../policy/errors.ts';

/**
 * A function that fetches a new token from the job's token service; null outside of a job that may ask for one. GitHub's
 * tokens live for minutes, so each sign-in fetches its own.
 */
export function createGitHubAssertion(audience: string, env: NodeJS.ProcessEnv): (() => Promise<string>) | null {
  const url = env.ACTIONS_ID_TOKEN_REQUEST_URL;
  const token = env.ACTIONS_ID_TOKEN_REQUEST_TOKEN;
  if (!url || !token) return null;
  const target = new URL(url);
  target.searchParams.set('audience', audience);
  return () => fetchAssertion(target, token);
}

const attempts = 4;

async function fetchAssertion(url: URL, token: string): Promise<string> {
  let last = '';
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (attempt > 0) await sleep(250 * 2 ** attempt);
    const answer = await fetch(url, { headers: { Authorization: `bearer ${token}` } }).catch(String);
    if (typeof answer === 'string') last = answer;
    else if (answer.ok) return parseToken(await answer.json());
    else {
      last = `HTTP ${answer.status}`;
      if (answer.status < 500) break;
    }
  }
  throw createOidcError(last);
}

function parseToken(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'value' in body && typeof body.value === 'string') return body.value;
  throw createOidcError('an answer without a token');
}

function createOidcError(found: string): DormantError {
  return new DormantError('github-oidc', `GitHub's token service gave no token: ${found}.`, {
    where: 'ACTIONS_ID_TOKEN_REQUEST_URL',
    remedy: 'Give the job `permissions: id-token: write` and start it again.',
  });
}
