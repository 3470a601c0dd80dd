// Why a person could not sign in, from what Entra says: each with who can change it.
import { AuthError } from '@azure/msal-node';
import { DormantError } from '../../policy/errors.ts';

/** What was tried. */
interface TriedSignIn {
  flow: 'browser' | 'device-code';
  clientId: string;
  tenant: string;
  login: string;
  /** Entra's last refusal in its own words; empty: there was none. */
  said: string;
}

/**
 * Entra's numbers: entra-docs, docs/identity-platform/reference-error-codes.md. 53003 and 530036 are Conditional Access; 65001,
 * 65004 and 90094 are about consent.
 */
export function createSignInError(
  cause: unknown,
  { flow, clientId, tenant, login, said: lastRefusal }: TriedSignIn,
): DormantError {
  if (cause instanceof DormantError) return cause;
  const said = describe(cause, lastRefusal);
  const number = /AADSTS(\d+)/.exec(said)?.[1] ?? '';
  if (['65001', '65004', '90094'].includes(number) || isDeclined(cause))
    return new DormantError('consent-needed', `The permissions were not consented to: ${said}`, {
      where: `application ${clientId}`,
      remedy:
        'Most of them need an administrator’s consent: have one run the same command once and consent on behalf of your organisation, or name an application that has it with --client-id.',
      cause,
    });
  if (flow === 'device-code' && ['53003', '530036', '50199'].includes(number))
    return new DormantError('device-code-blocked', `This tenant does not allow the device code flow: ${said}`, {
      where: `application ${clientId}`,
      remedy: 'Sign in by the browser: leave --device-code out.',
      cause,
    });
  return new DormantError('sign-in-failed', `Signing in failed: ${said}`, {
    where: `${login}/${tenant}`,
    remedy:
      flow === 'device-code'
        ? 'Do what Entra’s words say, here or on the page, and start again; the browser is the other way: leave --device-code out.'
        : 'Do what Entra’s words say, and start again.',
    cause,
  });
}

function isDeclined(cause: unknown): boolean {
  const codes = ['access_denied', 'consent_required', 'authorization_declined'];
  return cause instanceof AuthError && codes.some((code) => code === cause.errorCode || code === cause.errorMessage);
}

/** Entra's first line; trace ids and times follow. What MSAL says itself has no AADSTS number. */
function describe(cause: unknown, lastRefusal: string): string {
  const message = cause instanceof AuthError && cause.errorMessage ? cause.errorMessage : String(cause);
  return firstLine(message.includes('AADSTS') || lastRefusal === '' ? message : lastRefusal);
}

function firstLine(text: string): string {
  return text.split(/\r?\n/)[0]?.trim() ?? '';
}
