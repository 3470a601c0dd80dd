// Whose account it is: not every member of the directory is a person of this company. Read the same way by audit and apply.

import { type Fields, findText } from './json-fields.ts';
import { RequestFailed } from './request-failed.ts';

/**
 * `external`: a person of another company who is a member here, by an invitation, a conversion or cross-tenant synchronisation.
 * `agent`: software with an account of its own. `synchronisation`: what Entra Connect or cloud sync signs in as.
 */
export type UserAccountKind = 'person' | 'external' | 'agent' | 'synchronisation';

/** `$select` of `parseAccountKind`, beside the properties that every user has. */
export const kindProperties = ['creationType'] as const;

/** Only clouds that know agent users have it (microsoft-graph-docs-contrib, api-reference/v1.0/resources/agentuser.md). */
export const agentProperty = 'identityParentId';

/** A cloud that does not know the property refuses the whole request and names it: then it is asked again without. */
export function isAgentRefusal(error: unknown): boolean {
  return error instanceof RequestFailed && error.status === 400 && error.graphMessage.includes(agentProperty);
}

/** Throws `unexpected-answer`, naming `where`, for the properties that only this reads. */
export function parseAccountKind(user: Fields, where: string): UserAccountKind {
  const userPrincipalName = getText(user, 'userPrincipalName');
  if (isAgent(user, where)) return 'agent';
  if (isSynchronisation(userPrincipalName, getText(user, 'displayName'))) return 'synchronisation';
  const isGuest = getText(user, 'userType').toLowerCase() === 'guest';
  const cameFromOutside = outside.has(findText(user, 'creationType', where)?.toLowerCase() ?? '');
  return !isGuest && (cameFromOutside || /#ext#/i.test(userPrincipalName)) ? 'external' : 'person';
}

/** `EmailVerified` is a person of the company, `SelfServiceSignUp` a guest who came by a link (Graph's user resource). */
const outside: ReadonlySet<string> = new Set(['invitation', 'selfservicesignup']);

/** An entry of a derived type says so by itself; the property is there where it could be selected. */
function isAgent(user: Fields, where: string): boolean {
  const type = findText(user, '@odata.type', where)?.toLowerCase() ?? '';
  return type.endsWith('.agentuser') || findText(user, agentProperty, where) !== null;
}

/**
 * Entra Connect makes `Sync_<server>_<id>`, cloud sync `ADToAADSyncServiceAccount`; both have the one display name. The connector's
 * own account in Active Directory, `MSOL_<id>` or `AAD_<id>`, can be synced like any other.
 */
function isSynchronisation(userPrincipalName: string, displayName: string): boolean {
  return (
    /^(sync_|adtoaadsyncserviceaccount|msol_[0-9a-f]{8}|aad_[0-9a-f]{8})/i.test(userPrincipalName) ||
    displayName.toLowerCase() === 'on-premises directory synchronization service account'
  );
}

/** What is no text is named where the property itself is read. */
function getText(user: Fields, key: string): string {
  const value = user[key];
  return typeof value === 'string' ? value : '';
}
