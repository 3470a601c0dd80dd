// What an access token says about its owner, read without checking the signature: it is shown, never trusted.
import { isFields } from '../../graph/json-fields.ts';

interface TokenClaims {
  roles: readonly string[];
  /** false: a person signed in, and the token does not say what the application was granted. */
  isApplication: boolean;
}

export function parseTokenClaims(token: string): TokenClaims {
  const claims = parsePayload(token);
  const roles = Array.isArray(claims.roles) ? claims.roles.filter((role) => typeof role === 'string') : [];
  // A person's token has the delegated scopes.
  return { roles, isApplication: typeof claims.scp !== 'string' };
}

function parsePayload(token: string): Readonly<Record<string, unknown>> {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return isFields(claims) ? claims : {};
  } catch {
    return {};
  }
}
