// The scopes of a person's sign-in: those of OpenID Connect, and the permissions of one service.
import { GRAPH_APP_ID } from '../../tenant/app-roles.ts';
import {
  type DelegatedPermission,
  findDelegatedPermission,
  findDelegatedPermissionById,
} from '../../tenant/delegated-permissions.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { SignInError } from '../sign-in-error.ts';
import { requireTokenResource, type TokenResource } from '../token-resources.ts';
import type { PublicClient } from './public-clients.ts';

export interface RequestedScopes {
  readonly resource: TokenResource;
  /** As they were written before the last slash; empty for bare names. */
  readonly prefix: string;
  /** Permissions by name; of `.default` those of the application's registration. */
  readonly permissions: readonly DelegatedPermission[];
  /** `.default`: whatever was agreed to before is enough. */
  readonly isDefault: boolean;
  /** `openid`, `profile`, `email`, `offline_access`. */
  readonly openId: ReadonlySet<string>;
}

const OPENID_SCOPES = new Set(['openid', 'profile', 'email', 'offline_access']);

interface Asked {
  readonly prefix: string;
  readonly name: string;
}

/** Throws SignInError. `here`: this server. */
export function parseRequestedScopes(tenant: Tenant, client: PublicClient, scope: string, here: URL): RequestedScopes {
  const all = scope.split(/\s+/).filter((name) => name !== '');
  const openId = new Set(all.map((name) => name.toLowerCase()).filter((name) => OPENID_SCOPES.has(name)));
  const asked = all.filter((name) => !OPENID_SCOPES.has(name.toLowerCase())).map(splitScope);
  const resources = asked.map(({ prefix }) => requireTokenResource(tenant, prefix || GRAPH_APP_ID, here));
  const resource = resources[0] ?? requireTokenResource(tenant, GRAPH_APP_ID, here);
  if (resources.some(({ uri }) => uri !== resource.uri)) throw createTwoResourcesError(scope);
  if (resource.audience === 'exchange') throw createExchangeError(client);
  const isDefault = asked.some(({ name }) => name.toLowerCase() === '.default');
  const named = asked.filter(({ name }) => name.toLowerCase() !== '.default');
  return {
    resource,
    prefix: asked[0]?.prefix ?? '',
    permissions: isDefault ? listRegistered(client) : named.map(({ name }) => requirePermission(client, name)),
    isDefault,
    openId,
  };
}

/** `https://graph.microsoft.com/User.Read`, with or without slashes too many, or `User.Read`, which is Graph's. */
function splitScope(scope: string): Asked {
  const cut = scope.lastIndexOf('/');
  return cut < 0
    ? { prefix: '', name: scope }
    : { prefix: scope.slice(0, cut).replace(/\/+$/, ''), name: scope.slice(cut + 1) };
}

/** What `.default` asks for: the registration. Microsoft's own client has none here, and gets what it was ever given. */
function listRegistered({ registeredScopeIds }: PublicClient): DelegatedPermission[] {
  return registeredScopeIds.flatMap((id) => findDelegatedPermissionById(id) ?? []);
}

function requirePermission({ appId, displayName }: PublicClient, name: string): DelegatedPermission {
  const known = findDelegatedPermission(name);
  if (known) return known;
  // Number and words are seen in many places; OAuth's word for it is not the same in all of them (u).
  const sentence = `The application '${displayName}' asked for scope '${name}' that doesn't exist on the resource '${GRAPH_APP_ID}'. Contact the app vendor. Client: ${appId}.`;
  throw new SignInError(400, 'invalid_client', 650053, sentence);
}

/** Earlybyte/aad_oauth 328, AzureAD/microsoft-authentication-library-for-js 1487; its `error` is unverified. */
function createTwoResourcesError(scope: string): SignInError {
  const sentence = `Provided value for the input parameter scope is not valid because it contains more than one resource. Scope ${scope} is not valid.`;
  return new SignInError(400, 'invalid_scope', 28000, sentence);
}

/**
 * Nobody's client gets a token of a person for Exchange. Both numbers are in reference-error-codes.md of entra-docs; that Microsoft's
 * client for Graph is not preauthorised for Exchange is unverified.
 */
function createExchangeError({ appId, displayName, isFirstParty }: PublicClient): SignInError {
  const exchange = '00000002-0000-0ff1-ce00-000000000000';
  return isFirstParty
    ? new SignInError(
        400,
        'invalid_request',
        65002,
        `Consent between first party application '${appId}' and first party resource '${exchange}' must be configured via preauthorization - applications owned and operated by Microsoft must get approval from the API owner before requesting tokens for that API.`,
      )
    : new SignInError(
        400,
        'invalid_resource',
        650057,
        `Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration. Client app ID: ${appId}(${displayName}). Resource app ID: ${exchange}.`,
      );
}
