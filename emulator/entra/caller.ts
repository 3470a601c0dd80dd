// Who is behind a request's token: an application as itself, or a person with an application.
import { requireRoleDefinition } from '../tenant/role-definitions.ts';
import type { TokenResource } from './token-resources.ts';

interface TokenBearer extends Pick<TokenResource, 'audience'> {
  readonly appId: string;
  /** Object id of the application's service principal, or of the person. */
  readonly objectId: string;
  /** What the token was asked for, such as `https://graph.microsoft.com`. */
  readonly resource: string;
}

interface ApplicationCaller extends TokenBearer {
  readonly kind: 'application';
  /** Names of the app roles in the token. */
  readonly roles: ReadonlySet<string>;
}

export interface PersonCaller extends TokenBearer {
  readonly kind: 'person';
  /** Names of the delegated permissions in the token. */
  readonly scopes: ReadonlySet<string>;
  /** Template ids of the Entra roles that the person had for the whole tenant when the token was issued. */
  readonly roleIds: ReadonlySet<string>;
  readonly isGuest: boolean;
}

export type Caller = ApplicationCaller | PersonCaller;

/** Whether the token has this permission: of an application as app role, of a person as delegated permission. */
export function hasPermission(caller: Caller, permission: string): boolean {
  return caller.kind === 'application' ? caller.roles.has(permission) : caller.scopes.has(permission);
}

/** Whether the person has one of these Entra roles, by their display names; a Global Administrator has all that they allow. */
export function hasEntraRole({ roleIds }: PersonCaller, displayNames: readonly string[]): boolean {
  return ['Global Administrator', ...displayNames].some((name) => roleIds.has(requireRoleDefinition(name).id));
}
