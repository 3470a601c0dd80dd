// A JWT instead of a secret: one that the application's certificate signed, or the token of an issuer that one of its
// federated credentials trusts.
import { createPublicKey, X509Certificate } from 'node:crypto';
import { compactVerify, decodeJwt, decodeProtectedHeader } from 'jose';
import { CLOUDS } from '../clouds.ts';
import { isRecord } from '../odata/filter-match.ts';
import type { Site } from '../site.ts';
import type { Application } from '../tenant/directory.ts';
import { SignInError } from './sign-in-error.ts';

/** Clients round their clock up, so an assertion may begin a moment from now; Entra allows five minutes. */
const SKEW_MS = 300_000;

type Claims = Record<string, unknown>;

/** Throws SignInError. Assertions are held against real time. */
export async function requireValidAssertion(site: Site, application: Application, assertion: string): Promise<void> {
  const claims = decodeClaims(assertion);
  if (await site.bearers.isSigned(assertion)) {
    requireTime(claims);
    return requireTrustedFederation(site, application, claims);
  }
  const keys = application.properties.keyCredentials;
  const certificates = Array.isArray(keys) ? keys.filter(isRecord) : [];
  const signatures = certificates.map(({ key }) => typeof key === 'string' && isSignedBy(key, assertion));
  if (!(await Promise.all(signatures)).includes(true)) {
    throw createError(
      700027,
      'The certificate with identifier used to sign the client assertion is not registered on application.',
    );
  }
  requireTime(claims);
  requireClient(application.appId, claims);
}

function decodeClaims(assertion: string): Claims {
  let claims: Claims = {};
  try {
    claims = decodeJwt(assertion);
  } catch {
    // It has no audience, either.
  }
  // A list of audiences is refused in the same words (panva/openid-client 348).
  if (typeof claims.aud === 'string') return claims;
  throw createError(50027, 'JWT token is invalid or malformed.');
}

/** In the words of AzureAD/microsoft-authentication-library-for-dotnet 4951. */
function requireTime({ nbf, exp }: Claims): void {
  const begins = typeof nbf === 'number' ? nbf * 1000 : 0;
  const ends = typeof exp === 'number' ? exp * 1000 : 0;
  const now = Date.now();
  if (begins <= now + SKEW_MS && ends > now - SKEW_MS) return;
  const [current, from, to] = [now, begins, ends].map((time) => new Date(time).toISOString());
  throw createError(
    700024,
    `Client assertion is not within its valid time range. Current time: ${current}, assertion valid from ${from}, expiry time of assertion ${to}.`,
  );
}

/** The first is AzureAD/microsoft-authentication-library-for-java 430; number and words of the second are unverified. */
function requireClient(appId: string, { iss, sub }: Claims): void {
  if (iss !== sub) throw createError(50048, 'Subject must match the issuer claim in the client assertion.');
  if (String(sub).toLowerCase() === appId.toLowerCase()) return;
  throw createError(700021, "Client assertion application identifier doesn't match 'client_id' parameter.");
}

function requireTrustedFederation({ tenant }: Site, application: Application, claims: Claims): void {
  const foreign = Object.values(CLOUDS)
    .map(({ tokenExchange }) => tokenExchange)
    .filter((audience) => audience !== CLOUDS[tenant.cloud].tokenExchange);
  const isForeign = foreign.some((audience) => audience === claims.aud);
  const fitting = [...application.federatedIdentityCredentials.values()].filter(
    ({ issuer, subject }) => issuer === claims.iss && subject === claims.sub,
  );
  if (fitting.length === 0) throw createMismatchError(700213, 'subject', claims.sub);
  const isTrusted = fitting.some(({ audiences }) => Array.isArray(audiences) && audiences.includes(claims.aud));
  if (isForeign || !isTrusted) throw createMismatchError(700212, 'audience', claims.aud);
}

function createMismatchError(number: number, what: string, found: unknown): SignInError {
  return createError(
    number,
    `No matching federated identity record found for presented assertion ${what} '${String(found)}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion.`,
  );
}

async function isSignedBy(der: string, assertion: string): Promise<boolean> {
  try {
    const { publicKey } = new X509Certificate(Buffer.from(der, 'base64'));
    const { alg = '' } = decodeProtectedHeader(assertion);
    const key = createPublicKey(publicKey.export({ format: 'pem', type: 'spki' }));
    await compactVerify(assertion, key, { algorithms: [alg] });
    return true;
  } catch {
    return false;
  }
}

function createError(number: number, sentence: string): SignInError {
  return new SignInError(401, 'invalid_client', number, sentence);
}
