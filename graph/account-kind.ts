// What kind of account it is: not every member of the directory is a person of this company. Audit and apply read it alike.
import type { AccountKind } from '../policy/evidence.ts';
import type { UserPrincipalName } from '../policy/identifiers.ts';
import { type Fields, findText } from './json-fields.ts';
import { RequestFailed } from './request-failed.ts';

/** `$select` of `parseAccountKind`, in addition to the properties that every user has. */
export const kindProperties = ['creationType'] as const;

/** Only clouds with agent users have it (microsoft-graph-docs-contrib, api-reference/v1.0/resources/agentuser.md). */
export const agentProperty = 'identityParentId';

/** A cloud that does not know the property refuses the whole request and names it; the request is repeated without it. */
export function isAgentRefusal(error: unknown): boolean {
  return error instanceof RequestFailed && error.status === 400 && error.graphMessage.includes(agentProperty);
}

/** userType is null for accounts older than 2014, and those are members. */
export function parseUserType(user: Fields, key: string, where: string): 'member' | 'guest' {
  return findText(user, key, where)?.toLowerCase() === 'guest' ? 'guest' : 'member';
}

/** Throws `unexpected-answer`, naming `where`, for the properties that only this function reads. */
export function parseAccountKind(user: Fields, where: string): AccountKind {
  const userPrincipalName = getText(user, 'userPrincipalName');
  if (isAgent(user, where)) return 'agent';
  if (isSynchronisation(userPrincipalName, getText(user, 'displayName'))) return 'synchronisation';
  const isGuest = getText(user, 'userType').toLowerCase() === 'guest';
  const cameFromOutside = outside.has(findText(user, 'creationType', where)?.toLowerCase() ?? '');
  return !isGuest && (cameFromOutside || /#ext#/i.test(userPrincipalName)) ? 'external' : 'person';
}

/** `EmailVerified` is a person of the company, `SelfServiceSignUp` a guest who came by a link (Graph's user resource). */
const outside: ReadonlySet<string> = new Set(['invitation', 'selfservicesignup']);

/** An entry of a derived type has `@odata.type`; the property is there if it could be selected. */
function isAgent(user: Fields, where: string): boolean {
  const type = findText(user, '@odata.type', where)?.toLowerCase() ?? '';
  return type.endsWith('.agentuser') || findText(user, agentProperty, where) !== null;
}

/**
 * Entra Connect creates `Sync_<server>_<id>`, cloud sync `ADToAADSyncServiceAccount`, both with this display name. The
 * connector's own account in Active Directory, `MSOL_<id>` or `AAD_<id>`, can be synced like any other.
 */
function isSynchronisation(userPrincipalName: UserPrincipalName, displayName: string): boolean {
  return (
    /^(sync_|adtoaadsyncserviceaccount|msol_[0-9a-f]{8}|aad_[0-9a-f]{8})/i.test(userPrincipalName) ||
    displayName.toLowerCase() === 'on-premises directory synchronization service account'
  );
}

/** A value that is not text is reported where the property itself is read. */
function getText(user: Fields, key: string): string {
  const value = user[key];
  return typeof value === 'string' ? value : '';
}
