// Checks an application's credential at the token endpoint: a secret, a certificate's assertion, or the token of an issuer
// that one of its federated credentials trusts. Failures carry Entra's AADSTS numbers.
import { createPublicKey, X509Certificate } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { CLOUDS } from '../clouds.ts';
import { isRecord } from '../odata/filter-match.ts';
import type { Site } from '../site.ts';
import type { Application } from '../tenant/directory.ts';
import { SignInError } from './sign-in-error.ts';

interface Proof {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly assertion: string | undefined;
}

/** Clients round their clock up, so an assertion may begin a moment from now; Entra allows five minutes. */
const SKEW_SECONDS = 300;

/** The application that a credential belongs to; throws SignInError. */
export async function signIn(site: Site, proof: Proof): Promise<Application> {
  const application = [...site.tenant.directory.applications.values()].find(({ appId }) => appId === proof.clientId);
  if (!application) {
    const sentence = `Application with identifier '${proof.clientId}' was not found in the directory '${site.tenant.displayName}'.`;
    throw new SignInError(400, 'unauthorized_client', 700016, sentence);
  }
  if (proof.assertion !== undefined) await requireValidAssertion(site, application, proof.assertion);
  else if (![...application.secrets.values()].includes(proof.clientSecret ?? '')) {
    throw new SignInError(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
  }
  return application;
}

async function requireValidAssertion(site: Site, application: Application, assertion: string): Promise<void> {
  const outside = await site.bearers.readClaims(assertion);
  if (outside) return requireTrustedFederation(site, application, outside);
  const keys = application.properties.keyCredentials;
  const certificates = Array.isArray(keys) ? keys.filter(isRecord) : [];
  for (const { key } of certificates) {
    if (typeof key === 'string' && (await isSignedBy(key, assertion))) return;
  }
  throw new SignInError(
    401,
    'invalid_client',
    700027,
    'The certificate with identifier used to sign the client assertion is not registered on application.',
  );
}

function requireTrustedFederation({ tenant }: Site, application: Application, claims: Record<string, unknown>): void {
  const audiences = [claims.aud].flat();
  const foreign = Object.values(CLOUDS)
    .map(({ tokenExchange }) => tokenExchange)
    .filter((audience) => audience !== CLOUDS[tenant.cloud].tokenExchange);
  const mine = audiences.filter((audience) => !foreign.some((other) => other === audience));
  const fitting = [...application.federatedIdentityCredentials.values()].filter(
    ({ issuer, subject }) => issuer === claims.iss && subject === claims.sub,
  );
  if (fitting.length === 0) throw createMismatchError(700213, 'subject', claims.sub);
  const isTrusted = fitting.some(
    ({ audiences: trusted }) => Array.isArray(trusted) && trusted.some((audience) => mine.includes(audience)),
  );
  if (!isTrusted) throw createMismatchError(700212, 'audience', claims.aud);
}

function createMismatchError(number: number, what: string, found: unknown): SignInError {
  const sentence = `No matching federated identity record found for presented assertion ${what} '${String(found)}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion.`;
  return new SignInError(401, 'invalid_client', number, sentence);
}

async function isSignedBy(der: string, assertion: string): Promise<boolean> {
  try {
    const { publicKey } = new X509Certificate(Buffer.from(der, 'base64'));
    const { alg = '' } = decodeProtectedHeader(assertion);
    await jwtVerify(assertion, createPublicKey(publicKey.export({ format: 'pem', type: 'spki' })), {
      algorithms: [alg],
      clockTolerance: SKEW_SECONDS,
    });
    return true;
  } catch {
    return false;
  }
}
