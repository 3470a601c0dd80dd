// Access tokens: JWTs signed by this tenant. Their roles are the app role grants in the directory at that moment.
import { randomBytes } from 'node:crypto';
import { compactVerify, createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { CLOUDS, type CloudName } from '../clouds.ts';
import { isRecord } from '../odata/filter-match.ts';
import { EXCHANGE_APP_ID, GRAPH_APP_ID } from '../tenant/app-roles.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { TokenResource } from './token-resources.ts';

/** The application behind a request's token. */
export interface Caller extends Pick<TokenResource, 'audience'> {
  readonly appId: string;
  /** Object id of the service principal. */
  readonly objectId: string;
  /** What the token was asked for, such as `https://graph.microsoft.com`. */
  readonly resource: string;
  /** Names of the app roles in the token. */
  readonly roles: ReadonlySet<string>;
}

interface TokenOrder {
  readonly appId: string;
  /** Object id of the application's service principal. */
  readonly objectId: string;
  readonly resource: TokenResource;
  /** What the application showed. */
  readonly proof: 'secret' | 'assertion';
}

export interface BearerTokens {
  /** A token of an application for a resource, valid an hour of real time (clients compare it with their own clock). */
  issue(order: TokenOrder): Promise<string>;
  /** The caller of a token, or a sentence about what is wrong with it. */
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
    issue: ({ appId, objectId, resource: { audience, uri }, proof }) => {
      const issuer = `https://${CLOUDS[tenant.cloud].sts}/${tenant.id}/`;
      return buildToken({
        appid: appId,
        app_displayname: tenant.directory.servicePrincipals.get(objectId)?.properties.displayName,
        appidacr: proof === 'secret' ? '1' : '2',
        idp: issuer,
        oid: objectId,
        sub: objectId,
        tid: tenant.id,
        tenant_region_scope: 'EU',
        idtyp: 'app',
        ver: '1.0',
        // Opaque (entra-docs, docs/identity-platform/access-token-claims-reference.md, which also says that azp is v2's alone).
        aio: randomBytes(24).toString('base64'),
        rh: `1.${randomBytes(24).toString('base64url')}.`,
        uti: randomBytes(16).toString('base64url'),
        roles: listRoles(tenant, objectId, audience),
      })
        .setIssuer(issuer)
        .setAudience(uri)
        .setNotBefore('-5 minutes')
        .setExpirationTime(`${TOKEN_SECONDS} seconds`)
        .sign(privateKey);
    },
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

/** The names of the app roles granted on the resource of an audience. */
function listRoles({ directory }: Tenant, principalId: string, audience: Caller['audience']): string[] {
  const resourceAppId = audience === 'graph' ? GRAPH_APP_ID : EXCHANGE_APP_ID;
  const resource = [...directory.servicePrincipals.values()].find(({ appId }) => appId === resourceAppId);
  const offered = Array.isArray(resource?.properties.appRoles) ? resource.properties.appRoles.filter(isRecord) : [];
  const granted = [...directory.appRoleGrants.values()].filter(
    (grant) => grant.principalId === principalId && grant.resourceId === resource?.id,
  );
  return granted.flatMap((grant) => {
    const value = offered.find((role) => role.id === grant.appRoleId)?.value;
    return typeof value === 'string' ? [value] : [];
  });
}

function parseCaller(claims: Record<string, unknown>, cloud: CloudName): Caller | undefined {
  const { appid, oid, aud, roles } = claims;
  if (typeof appid !== 'string' || typeof oid !== 'string' || typeof aud !== 'string') return undefined;
  const named = Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
  const { graph, exchange } = CLOUDS[cloud];
  const audience = aud === graph ? 'graph' : exchange.includes(aud) ? 'exchange' : undefined;
  return audience && { appId: appid, objectId: oid, audience, resource: aud, roles: new Set(named) };
}
