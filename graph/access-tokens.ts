// The bearer token of one identity for one API: kept while it lasts, replaced when the API refuses it.
import type { AccessToken, TokenCredential } from '@azure/identity';
import { DormantError } from '../policy/errors.ts';
import { sleep } from './sleep.ts';

export interface AccessTokens {
  /** A token that is valid for two more minutes. Throws `sign-in-failed`. */
  acquire(): Promise<string>;
  /** Changes whenever a token is replaced, so that `renew` knows which token was refused. */
  getGeneration(): number;
  /** Forgets the token of that generation. Does nothing if it was replaced already, so that parallel 401s renew once. */
  renew(generation: number): void;
}

const marginMs = 120_000;

/**
 * `makeCredential` is called again on each renewal: a credential of @azure/identity caches its token and would return the
 * refused one until it expires.
 */
export function createAccessTokens(makeCredential: () => TokenCredential, scope: string): AccessTokens {
  let generation = 0;
  let credential: TokenCredential | null = null;
  let pendingToken: Promise<AccessToken> | null = null;
  let expiresAt = 0;

  const fetchToken = async (): Promise<AccessToken> => {
    credential ??= makeCredential();
    const token = await obtainToken(credential, scope);
    expiresAt = token.expiresOnTimestamp;
    return token;
  };
  return {
    getGeneration: () => generation,
    async acquire() {
      if (pendingToken === null || expiresAt - Date.now() < marginMs) {
        expiresAt = Number.POSITIVE_INFINITY;
        pendingToken = fetchToken();
        pendingToken.catch(() => {
          pendingToken = null;
        });
      }
      return (await pendingToken).token;
    },
    renew(refused) {
      if (refused !== generation) return;
      generation++;
      credential = null;
      pendingToken = null;
    },
  };
}

/** @azure/identity repeats what the server has failed at, but not what is lost on the way or comes in pieces: that is done here. */
async function obtainToken(credential: TokenCredential, scope: string): Promise<AccessToken> {
  for (let attempt = 1; ; attempt++) {
    try {
      const token = await credential.getToken(scope);
      if (token !== null) return token;
    } catch (cause) {
      if (attempt === mostTries || !isLost(cause)) throw createSignInError(scope, cause);
      await sleep(firstWaitMs * 2 ** attempt);
      continue;
    }
    throw createSignInError(scope, undefined);
  }
}

const mostTries = 3;
const firstWaitMs = 100;

/** By MSAL's codes for no answer, or one that is no JSON; a refusal of Entra's has another. */
function isLost(cause: unknown): boolean {
  const { cause: inner } = cause instanceof Error ? cause : {};
  const code = inner instanceof Error && 'errorCode' in inner ? inner.errorCode : null;
  return code === 'network_error' || code === 'post_request_failed';
}

/** Entra's own message (AADSTS…) explains best what is wrong; only its first line is meant for people. */
function createSignInError(scope: string, cause: unknown): DormantError {
  if (cause instanceof DormantError) return cause;
  const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'no token came back';
  return new DormantError('sign-in-failed', `Signing in for ${scope} failed: ${reason}`, {
    where: scope,
    remedy:
      'Check the client id in tenant.yaml, its secret, certificate or federated credential, the tenant id and the cloud.',
    cause,
  });
}
