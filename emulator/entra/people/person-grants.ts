// The grants by which an application gets a person's token: a code from the page, a device code, a refresh token. The words of the
// refusals are seen in issues of MSAL, the numbers stand in reference-error-codes.md of entra-docs.
import { createHash } from 'node:crypto';
import type { Site } from '../../site.ts';
import type { Person } from '../../tenant/person.ts';
import { createMissingFieldError, SignInError } from '../sign-in-error.ts';
import { createBlockedError, createPolicyError } from './decide-sign-in.ts';
import type { AuthorizationCode, PersonSession } from './person-sessions.ts';
import { type PublicClient, requirePublicClient } from './public-clients.ts';

/** Reads a field of the form; undefined: it is missing or empty. */
export type FindField = (name: string) => string | undefined;

const DEVICE_GRANTS = ['urn:ietf:params:oauth:grant-type:device_code', 'device_code'];

/** Whether a grant is one of a person's. */
export function isPersonGrant(grant: string): boolean {
  return ['authorization_code', 'refresh_token', ...DEVICE_GRANTS].includes(grant);
}

/** The sign-in that a grant stands for; throws SignInError. */
export function redeemGrant(site: Site, grant: string, find: FindField): PersonSession {
  const client = requirePublicClient(site, requireField(find, 'client_id'));
  if (grant === 'refresh_token') return redeemRefreshToken(site, client, requireField(find, 'refresh_token'));
  if (grant === 'authorization_code') return redeemCode(site, client, find);
  return redeemDeviceCode(site, client, find);
}

/** The person of a session, unless sign-in is blocked by now or the session was ended. */
export function requireSessionPerson({ tenant }: Site, { personId, startedAt }: PersonSession): Person {
  const person = tenant.people.find(personId);
  if (!person) throw new SignInError(400, 'invalid_grant', 50034, 'The user account does not exist in the directory.');
  if (!person.accountEnabled) throw createBlockedError();
  const endedAt = tenant.people.findChanged(person.index)?.revokedAt ?? null;
  // The end has no milliseconds: what began in its second has ended.
  if (endedAt === null || Date.parse(endedAt) < startedAt - (startedAt % 1000)) return person;
  const sentence =
    'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.';
  throw new SignInError(400, 'invalid_grant', 50173, sentence);
}

/** Old clients call it `code` (AzureAD/microsoft-authentication-library-for-dotnet 658). */
function redeemDeviceCode(site: Site, client: PublicClient, find: FindField): PersonSession {
  const value = find('device_code') ?? find('code');
  if (value === undefined) throw createMissingFieldError('device_code');
  const device = site.sessions.findDevice(value);
  if (!device || device.client.appId !== client.appId || device.answer === 'fetched') {
    const sentence = 'Invalid verification code due to user typing in wrong user code for device code flow.';
    throw new SignInError(400, 'bad_verification_code', 70018, sentence);
  }
  if (device.expiresAt <= Date.now()) {
    // Azure/azure-cli 22251; the table has 70019 for it, too.
    const sentence =
      "The provided value for the input parameter 'device_code' is not valid. This device code has expired.";
    throw new SignInError(400, 'expired_token', 70020, sentence);
  }
  if (device.answer === 'pending') {
    const sentence = 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.';
    throw new SignInError(400, 'authorization_pending', 70016, sentence);
  }
  if (device.answer === 'declined') {
    // The word is documented (v2-oauth2-device-code.md), the number is unverified.
    throw new SignInError(
      400,
      'authorization_declined',
      70017,
      'OAuth 2.0 device flow error. Authorization was declined.',
    );
  }
  // A policy about the device that fetches the token is looked at here (seen of Connect-Graph: tech.nicolonsky.ch/device-code-auth-ca).
  if (site.tenant.switches.deviceCodeFlow === 'blocked-at-token') throw createPolicyError();
  const session = device.answer;
  device.answer = 'fetched';
  return session;
}

function redeemCode(site: Site, client: PublicClient, find: FindField): PersonSession {
  const code = site.sessions.findCode(requireField(find, 'code'));
  // Number and words are seen; whether Entra has others for the code of another client is unverified.
  if (!code || code.session.client.appId !== client.appId)
    throw new SignInError(400, 'invalid_grant', 9002313, 'Invalid request. Request is malformed or invalid.');
  if (code.isRedeemed) {
    const sentence =
      'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.';
    throw new SignInError(400, 'invalid_grant', 54005, sentence);
  }
  if (code.expiresAt <= Date.now()) {
    const sentence =
      'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.';
    throw new SignInError(400, 'invalid_grant', 70008, sentence);
  }
  if (requireField(find, 'redirect_uri') !== code.redirectUri) {
    const sentence = `The reply address '${find('redirect_uri')}' does not match the reply address '${code.redirectUri}' provided when requesting Authorization code.`;
    throw new SignInError(400, 'invalid_client', 500112, sentence);
  }
  requireVerifier(code, find('code_verifier'));
  code.isRedeemed = true;
  return code.session;
}

function requireVerifier({ challenge }: AuthorizationCode, verifier = ''): void {
  if (challenge === null) return;
  const shown = challenge.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  if (shown === challenge.value) return;
  const sentence = 'The Code_Verifier does not match the code_challenge supplied in the authorization request.';
  throw new SignInError(400, 'invalid_grant', 501481, sentence);
}

/** An older one stays valid: "Refresh tokens aren't revoked when used to acquire new access tokens" (refresh-tokens.md of entra-docs). */
function redeemRefreshToken(site: Site, client: PublicClient, value: string): PersonSession {
  const session = site.sessions.findRefreshToken(value);
  if (session?.client.appId === client.appId) return session;
  throw new SignInError(400, 'invalid_grant', 70000, 'Provided grant is invalid or malformed.');
}

function requireField(find: FindField, name: string): string {
  const value = find(name);
  if (value === undefined) throw createMissingFieldError(name);
  return value;
}
