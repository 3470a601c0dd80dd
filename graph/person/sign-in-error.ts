// Why a person could not sign in, from what Entra says: each with who can change it.
import { AuthError } from '@azure/msal-node';
import { DormantError } from '../../policy/errors.ts';

/** What was tried. */
interface TriedSignIn {
  flow: 'browser' | 'device-code';
  clientId: string;
  tenant: string;
  login: string;
}

/**
 * Entra's numbers: entra-docs, docs/identity-platform/reference-error-codes.md. 53003 and 530036 are Conditional Access; 65001,
 * 65004 and 90094 are about consent.
 */
export function createSignInError(cause: unknown, { flow, clientId, tenant, login }: TriedSignIn): DormantError {
  if (cause instanceof DormantError) return cause;
  const said = describe(cause);
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
    remedy: 'Do what Entra’s words say, and start again.',
    cause,
  });
}

function isDeclined(cause: unknown): boolean {
  return cause instanceof AuthError && ['access_denied', 'consent_required'].includes(cause.errorCode);
}

/** Entra's first line; trace ids and times follow. */
function describe(cause: unknown): string {
  if (cause instanceof AuthError && cause.errorMessage !== '') return firstLine(cause.errorMessage);
  return firstLine(cause instanceof Error ? cause.message : String(cause));
}

function firstLine(text: string): string {
  return text.split(/\r?\n/)[0]?.trim() ?? '';
}
