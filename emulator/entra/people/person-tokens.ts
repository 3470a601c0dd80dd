// What an application gets for a person's grant: an access token, and a refresh token and an id token where it asked for them.
import type { Site } from '../../site.ts';
import type { Person } from '../../tenant/person.ts';
import { derivePairwiseSubject, issuePersonToken } from '../access-tokens.ts';
import { TOKEN_SECONDS } from '../bearer-tokens.ts';
import { SignInError } from '../sign-in-error.ts';
import { buildClientInfo } from './client-info.ts';
import { listConsented, listMissing } from './consent.ts';
import { type FindField, redeemGrant, requireSessionPerson } from './person-grants.ts';
import type { PersonSession } from './person-sessions.ts';
import { parseRequestedScopes, type RequestedScopes } from './requested-scopes.ts';

/** The answer to a token request with a person's grant; throws SignInError. `here`: the address that was asked. */
export async function answerPersonGrant(site: Site, grant: string, find: FindField, here: URL): Promise<object> {
  const session = redeemGrant(site, grant, find);
  const person = requireSessionPerson(site, session);
  const scope = find('scope');
  const scopes = scope === undefined ? session.scopes : parseRequestedScopes(site.tenant, session.client, scope, here);
  requireConsent(site, session, person, scopes);
  // What was asked for at first, such as offline_access, holds for all that follows.
  const openId = new Set([...session.scopes.openId, ...scopes.openId]);
  const granted = [...listConsented(site, session.client, person.id), ...listShownScopes(openId)];
  const { client } = session;
  const access = await issuePersonToken(site, { person, client, resource: scopes.resource, scopes: granted });
  return {
    token_type: 'Bearer',
    scope: formatScope(granted, scopes),
    expires_in: TOKEN_SECONDS,
    ext_expires_in: TOKEN_SECONDS,
    access_token: access,
    ...(openId.has('offline_access') ? { refresh_token: renew(site, session) } : {}),
    ...(openId.has('openid') ? { id_token: await issueIdToken(site, person, session, here) } : {}),
    ...(find('client_info') === '1' ? { client_info: buildClientInfo(site, person.id) } : {}),
  };
}

/** MSAL asks the person again after `consent_required`. */
function requireConsent(site: Site, { client }: PersonSession, person: Person, { permissions }: RequestedScopes): void {
  if (listMissing(site, client, person.id, permissions).length === 0) return;
  const sentence = `The user or administrator has not consented to use the application with ID '${client.appId}' named '${client.displayName}'. Send an interactive authorization request for this user and resource.`;
  throw new SignInError(400, 'invalid_grant', 65001, sentence, 'consent_required');
}

/** `offline_access` is in no token. */
function listShownScopes(openId: ReadonlySet<string>): string[] {
  return [...openId].filter((name) => name !== 'offline_access');
}

/** Named as they were asked for: clients look their tokens up by it. */
function formatScope(granted: readonly string[], { prefix, isDefault }: RequestedScopes): string {
  const isOpenId = (name: string) => ['openid', 'profile', 'email'].includes(name);
  const write = (name: string) => (prefix === '' || isOpenId(name) ? name : `${prefix}/${name}`);
  return [...granted.map(write), ...(isDefault ? [write('.default')] : [])].join(' ');
}

function renew(site: Site, session: PersonSession): string {
  const token = site.sessions.addRefreshToken(session);
  site.handedOut.add(token);
  return token;
}

/** id-token-claims-reference.md of entra-docs, version 2.0. */
function issueIdToken(site: Site, person: Person, { client, nonce, id }: PersonSession, here: URL): Promise<string> {
  const { bearers, tenant } = site;
  const claims = {
    name: person.displayName,
    nonce,
    oid: person.id,
    preferred_username: person.userPrincipalName,
    sid: id,
    sub: derivePairwiseSubject(person.id, client.appId),
    tid: tenant.id,
    ver: '2.0',
  };
  return bearers.issue({ claims, issuer: `${here.origin}/${tenant.id}/v2.0`, audience: client.appId });
}
