// What a person's answer on the page comes to: who signs in, whether that is allowed, and whether enough has been agreed to.
import type { Site } from '../../site.ts';
import { type DelegatedPermission, needsAdministrator } from '../../tenant/delegated-permissions.ts';
import type { Person } from '../../tenant/person.ts';
import { SignInError } from '../sign-in-error.ts';
import { listMissing, mayConsentAsAdministrator, needsOtherConsent, recordConsent } from './consent.ts';
import type { PublicClient } from './public-clients.ts';
import type { RequestedScopes } from './requested-scopes.ts';

export interface SignInForm {
  readonly userPrincipalName: string;
  readonly answer: 'accept' | 'cancel';
  /** Agrees for everybody; of an administrator alone. */
  readonly forEverybody: boolean;
}

export type SignInDecision =
  | { readonly kind: 'accepted'; readonly person: Person }
  | { readonly kind: 'cancelled' }
  /** The page is shown again, with Entra's sentence. */
  | { readonly kind: 'refused'; readonly error: SignInError }
  /** "Need admin approval". */
  | { readonly kind: 'administratorNeeded'; readonly permissions: readonly DelegatedPermission[] };

export function readSignInForm(form: Record<string, unknown>): SignInForm {
  const { userPrincipalName, answer, forEverybody } = form;
  return {
    userPrincipalName: typeof userPrincipalName === 'string' ? userPrincipalName.trim() : '',
    answer: answer === 'accept' ? 'accept' : 'cancel',
    forEverybody: forEverybody === 'on',
  };
}

/** Records what is agreed to. */
export function decideSignIn(
  site: Site,
  client: PublicClient,
  { permissions }: RequestedScopes,
  { userPrincipalName, answer, forEverybody }: SignInForm,
): SignInDecision {
  if (answer === 'cancel') return { kind: 'cancelled' };
  const person = findPerson(site, userPrincipalName);
  if (!person) return { kind: 'refused', error: createUnknownPersonError(site, userPrincipalName) };
  if (!person.accountEnabled) return { kind: 'refused', error: createBlockedError() };
  const missing = listMissing(site, client, person.id, permissions);
  if (needsOtherConsent(site, person.id, missing))
    return { kind: 'administratorNeeded', permissions: missing.filter(needsAdministrator) };
  const isForEverybody = forEverybody && mayConsentAsAdministrator(site, person.id);
  recordConsent(site, client, {
    personId: isForEverybody ? null : person.id,
    permissions: isForEverybody ? permissions : missing,
  });
  return { kind: 'accepted', person };
}

/** As it stands in the directory now, whatever its id: only a name signs in. */
function findPerson({ tenant }: Site, userPrincipalName: string): Person | undefined {
  return userPrincipalName.includes('@') ? tenant.people.find(userPrincipalName) : undefined;
}

/** The words of 50034 and 50057 are seen in many issues; reference-error-codes.md of entra-docs describes both. */
function createUnknownPersonError({ tenant }: Site, userPrincipalName: string): SignInError {
  const sentence = `The user account ${userPrincipalName} does not exist in the ${tenant.displayName} directory. To sign into this application, the account must be added to the directory.`;
  return new SignInError(400, 'invalid_grant', 50034, sentence);
}

export function createBlockedError(): SignInError {
  return new SignInError(400, 'invalid_grant', 50057, 'The user account is disabled.');
}

/** A policy of Conditional Access blocks the flow; the words are those of AADSTS53003 in reference-error-codes.md of entra-docs. */
export function createPolicyError(): SignInError {
  const sentence =
    'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.';
  return new SignInError(400, 'invalid_grant', 53003, sentence);
}
