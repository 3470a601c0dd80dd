// What an access token says about its owner, read without checking the signature: it decides what to ask or show, not what
// to trust.
import { decodeJwt, type JWTPayload } from 'jose';

interface TokenClaims {
  roles: readonly string[];
  /** false: a person signed in, and the token does not say what the application was granted. */
  isApplication: boolean;
}

/** Without roles if it is no JSON Web Token. */
export function parseTokenClaims(token: string): TokenClaims {
  const claims = decodeClaims(token);
  const roles = Array.isArray(claims.roles) ? claims.roles.filter((role) => typeof role === 'string') : [];
  // A person's token has the delegated scopes.
  return { roles, isApplication: typeof claims.scp !== 'string' };
}

function decodeClaims(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    return {};
  }
}
