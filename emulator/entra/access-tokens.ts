// What an access token says: whom it is for, whose it is, and what it allows at the moment of its issue. Claims are those of v1,
// which Graph's and Exchange's tokens have (access-token-claims-reference.md of entra-docs, which also says that azp is v2's alone).
import { createHash, randomBytes } from 'node:crypto';
import { CLOUDS } from '../clouds.ts';
import { isRecord } from '../odata/filter-match.ts';
import type { Site } from '../site.ts';
import { EXCHANGE_APP_ID, GRAPH_APP_ID } from '../tenant/app-roles.ts';
import type { Person } from '../tenant/person.ts';
import { listActiveRoles } from '../tenant/privilege.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Caller } from './caller.ts';
import type { TokenResource } from './token-resources.ts';

interface ApplicationOrder {
  readonly appId: string;
  /** Object id of the application's service principal. */
  readonly objectId: string;
  readonly resource: TokenResource;
  /** What the application showed. */
  readonly proof: 'secret' | 'assertion';
}

/** A token of an application, with its app roles as the directory has them now. */
export function issueApplicationToken(site: Site, { appId, objectId, resource, proof }: ApplicationOrder) {
  const { tenant } = site;
  return issue(site, resource, {
    appid: appId,
    app_displayname: tenant.directory.servicePrincipals.get(objectId)?.properties.displayName,
    appidacr: proof === 'secret' ? '1' : '2',
    oid: objectId,
    sub: objectId,
    idtyp: 'app',
    roles: listRoles(tenant, objectId, resource.audience),
  });
}

interface PersonOrder {
  readonly person: Person;
  readonly client: { readonly appId: string; readonly displayName: string };
  readonly resource: TokenResource;
  /** All that the application may do for this person, with the scopes of OpenID Connect. */
  readonly scopes: readonly string[];
}

/**
 * A token of a person, who signed in by a public client. `wids` has the roles for the whole tenant; b79fbf4d… stands in it for
 * every member of the tenant, as seen in tokens for Graph. `idtyp` is `user` in them, too; both are unverified.
 */
export function issuePersonToken(site: Site, { person, client, resource, scopes }: PersonOrder): Promise<string> {
  const isGuest = person.userType === 'Guest';
  return issue(site, resource, {
    acct: isGuest ? 1 : 0,
    acr: '1',
    amr: ['pwd', 'mfa'],
    appid: client.appId,
    app_displayname: client.displayName,
    appidacr: '0',
    family_name: person.surname ?? undefined,
    given_name: person.givenName ?? undefined,
    idtyp: 'user',
    ipaddr: '203.0.113.1',
    name: person.displayName,
    oid: person.id,
    scp: scopes.join(' '),
    sub: derivePairwiseSubject(person.id, GRAPH_APP_ID),
    unique_name: person.userPrincipalName,
    upn: person.userPrincipalName,
    wids: [...listActiveRoles(site.tenant.directory, person.id), ...(isGuest ? [] : [MEMBER])],
  });
}

const MEMBER = 'b79fbf4d-3ef9-4689-8143-76b194e85509';

/** "A pairwise identifier that's unique to a particular application ID" (the same page). */
export function derivePairwiseSubject(personId: string, appId: string): string {
  return createHash('sha256').update(`${personId} ${appId}`).digest('base64url');
}

function issue(
  { tenant, bearers, handedOut }: Site,
  { uri }: TokenResource,
  claims: Record<string, unknown>,
): Promise<string> {
  const issuer = `https://${CLOUDS[tenant.cloud].sts}/${tenant.id}/`;
  const all = {
    ...claims,
    idp: issuer,
    tid: tenant.id,
    tenant_region_scope: 'EU',
    ver: '1.0',
    // Opaque.
    aio: randomBytes(24).toString('base64'),
    rh: `1.${randomBytes(24).toString('base64url')}.`,
    uti: randomBytes(16).toString('base64url'),
  };
  return bearers.issue({ claims: all, issuer, audience: uri }).then((token) => {
    handedOut.add(token);
    return token;
  });
}

/** The names of the app roles granted on the resource of an audience. */
function listRoles({ directory }: Tenant, principalId: string, audience: Caller['audience']): string[] {
  const resourceAppId = audience === 'graph' ? GRAPH_APP_ID : EXCHANGE_APP_ID;
  const resource = [...directory.servicePrincipals.values()].find(({ appId }) => appId === resourceAppId);
  const offered = Array.isArray(resource?.properties.appRoles) ? resource.properties.appRoles.filter(isRecord) : [];
  const granted = [...directory.appRoleGrants.values()].filter(
    (grant) => grant.principalId === principalId && grant.resourceId === resource?.id,
  );
  return granted.flatMap((grant) => {
    const value = offered.find((role) => role.id === grant.appRoleId)?.value;
    return typeof value === 'string' ? [value] : [];
  });
}
