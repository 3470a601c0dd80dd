// The tenant's key, and the JWTs that it signs: access tokens, id tokens, and those that stand for an outside issuer's.
import { compactVerify, createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { CLOUDS, type CloudName } from '../clouds.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Caller } from './caller.ts';

interface TokenOrder {
  readonly claims: Record<string, unknown>;
  readonly issuer: string;
  readonly audience: string;
}

export interface BearerTokens {
  /** A token valid an hour of real time (clients compare it with their own clock). */
  issue(order: TokenOrder): Promise<string>;
  /** The caller of an access token, or a sentence about what is wrong with it. */
  verify(token: string): Promise<Caller | string>;
  /** Signs any claims with the tenant's key: stands for an outside issuer such as GitHub's. */
  sign(claims: Record<string, unknown>, issuer: string, audience: string): Promise<string>;
  /** Whether a token was made by `sign`, however long ago. */
  isSigned(token: string): Promise<boolean>;
  /** The public key as a JWK set. */
  readonly keys: { keys: unknown[] };
}

export const TOKEN_SECONDS = 3599;
const ALGORITHM = 'ES256';
const MAX_CACHED = 500;

/** Makes the key pair and with it the tokens of a tenant. */
export async function createBearerTokens(tenant: Tenant): Promise<BearerTokens> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
  const jwk = { ...(await exportJWK(publicKey)), kid: 'emulator', use: 'sig', alg: ALGORITHM };
  const keySet = createLocalJWKSet({ keys: [jwk] });
  const verified = new Map<string, { caller: Caller; until: number }>();
  const buildToken = (claims: Record<string, unknown>) =>
    new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, kid: 'emulator', typ: 'JWT' }).setIssuedAt();

  const verify = async (token: string): Promise<Caller | string> => {
    const known = verified.get(token);
    if (known && known.until > Date.now()) return known.caller;
    try {
      const { payload } = await jwtVerify(token, keySet);
      const caller = parseCaller(payload, tenant.cloud);
      if (!caller) return 'Access token validation failure. Invalid audience.';
      if (verified.size >= MAX_CACHED) verified.clear();
      verified.set(token, { caller, until: (payload.exp ?? 0) * 1000 });
      return caller;
    } catch (error) {
      const isExpired = error instanceof Error && error.name === 'JWTExpired';
      return isExpired
        ? 'Lifetime validation failed, the token is expired.'
        : 'IDX14100: JWT is not well formed, or its signature does not verify.';
    }
  };

  return {
    keys: { keys: [jwk] },
    verify,
    issue: ({ claims, issuer, audience }) =>
      buildToken(claims)
        .setIssuer(issuer)
        .setAudience(audience)
        .setNotBefore('-5 minutes')
        .setExpirationTime(`${TOKEN_SECONDS} seconds`)
        .sign(privateKey),
    sign: (claims, issuer, audience) =>
      buildToken(claims).setIssuer(issuer).setAudience(audience).setExpirationTime('10 minutes').sign(privateKey),
    async isSigned(token) {
      try {
        await compactVerify(token, keySet);
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** A token with `scp` is a person's ("Only included for user tokens": access-token-claims-reference.md of entra-docs). */
function parseCaller(claims: Record<string, unknown>, cloud: CloudName): Caller | undefined {
  const { appid, oid, aud, roles, scp, wids, acct } = claims;
  if (typeof appid !== 'string' || typeof oid !== 'string' || typeof aud !== 'string') return undefined;
  const { graph, exchange } = CLOUDS[cloud];
  const audience = aud === graph ? 'graph' : exchange.includes(aud) ? 'exchange' : undefined;
  if (!audience) return undefined;
  const bearer = { appId: appid, objectId: oid, audience, resource: aud } as const;
  if (typeof scp !== 'string') return { ...bearer, kind: 'application', roles: new Set(listTexts(roles)) };
  const scopes = new Set(scp.split(' '));
  return { ...bearer, kind: 'person', scopes, roleIds: new Set(listTexts(wids)), isGuest: acct === 1 };
}

function listTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
