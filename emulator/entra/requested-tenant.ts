// The tenant in the path of a request to the login host.
import type { Site } from '../site.ts';
import { SignInError } from './sign-in-error.ts';

/** Whose application signs in is known from the application, so `common` and `organizations` do, too. */
const ANY_TENANT = ['common', 'organizations'];

export function isAnyTenant(requested: string): boolean {
  return ANY_TENANT.includes(requested.toLowerCase());
}

/** Throws SignInError for one that is not this one. Discovery has a word of its own for it (azure-cli 22145). */
export function requireTenant(
  { tenant }: Site,
  requested: string,
  error: 'invalid_request' | 'invalid_tenant' = 'invalid_request',
): void {
  const known = [tenant.id, tenant.domain, 'contoso.onmicrosoft.com', ...ANY_TENANT];
  if (known.includes(requested.toLowerCase())) return;
  const sentence = `Tenant '${requested}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`;
  throw new SignInError(400, error, 90002, sentence);
}
