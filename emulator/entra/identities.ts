// The named identities (audit, apply, bootstrap and those of a test): ordinary applications of the directory with their
// grants. The start line prints their secrets.
import { formatTimestamp } from '../clock.ts';
import type { IdentityInput } from '../options.ts';
import {
  type AppRole,
  EXCHANGE_APP_ID,
  EXCHANGE_APP_ROLES,
  GRAPH_APP_ID,
  GRAPH_APP_ROLES,
  IDENTITY_ROLES,
} from '../tenant/app-roles.ts';
import { grantRole } from '../tenant/directory.ts';
import { requireRoleDefinition } from '../tenant/role-definitions.ts';
import { generateGuid, generateHexDigits, hashText } from '../tenant/seeded-random.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { createSigningCertificate, type SigningCertificate } from './certificates.ts';

export interface Identity {
  readonly name: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Object id of its service principal. */
  readonly objectId: string;
  readonly certificate: SigningCertificate | null;
  /** Parameters by cmdlet, in lower case; null: all of them. Empty: it is in no role group of Exchange. */
  readonly exchangeEntries: ReadonlyMap<string, ReadonlySet<string> | null>;
}

const DEFAULTS: Readonly<Record<string, IdentityInput>> = {
  audit: { appRoles: IDENTITY_ROLES.audit },
  apply: {
    appRoles: IDENTITY_ROLES.apply,
    directoryRoles: ['Exchange Recipient Administrator'],
    exchangeCmdlets: ['Get-OrganizationConfig'],
  },
  bootstrap: { appRoles: IDENTITY_ROLES.bootstrap },
};

/** The names of those that every tenant has. */
export const DEFAULT_IDENTITIES: readonly string[] = Object.keys(DEFAULTS);

/** Registers the identities in the directory. */
export async function registerIdentities(
  tenant: Tenant,
  inputs: Readonly<Record<string, IdentityInput>>,
  withCertificates: boolean,
): Promise<Record<string, Identity>> {
  const entries = Object.entries({ ...DEFAULTS, ...inputs });
  const identities = entries.map(async ([name, input]) => {
    const certificate = withCertificates ? await createSigningCertificate(`dormant-${name}`) : null;
    return [name, registerIdentity(tenant, name, { ...input, certificate })] as const;
  });
  return Object.fromEntries(await Promise.all(identities));
}

function registerIdentity(
  tenant: Tenant,
  name: string,
  {
    appRoles,
    directoryRoles = [],
    exchangeCmdlets = [],
    certificate,
  }: IdentityInput & { certificate: SigningCertificate | null },
): Identity {
  const { directory, world } = tenant;
  const key = hashText(name);
  const clientId = generateGuid(world.random, key, 8300);
  const objectId = generateGuid(world.random, key, 8400);
  const applicationId = generateGuid(world.random, key, 8500);
  const clientSecret = `${generateHexDigits(world.random, key, 8600)}~emulator`;
  const displayName = `dormant-${name}`;
  const keyCredentials = certificate ? [buildKeyCredential(certificate, generateGuid(world.random, key, 8700))] : [];
  directory.applications.set(applicationId, {
    id: applicationId,
    appId: clientId,
    properties: { appId: clientId, displayName, keyCredentials, signInAudience: 'AzureADMyOrg' },
    owners: new Set(),
    federatedIdentityCredentials: new Map(),
    secrets: new Map([[generateGuid(world.random, key, 8800), clientSecret]]),
  });
  directory.servicePrincipals.set(objectId, {
    id: objectId,
    appId: clientId,
    properties: {
      appId: clientId,
      appDisplayName: displayName,
      displayName,
      accountEnabled: true,
      servicePrincipalType: 'Application',
    },
    owners: new Set(),
  });
  for (const role of appRoles) grantAppRole(tenant, objectId, role);
  for (const role of directoryRoles)
    grantRole(directory, 'roleAssignments', { principalId: objectId, role: requireRoleDefinition(role) });
  const exchangeEntries = new Map(exchangeCmdlets.map(parseEntry));
  return { name, clientId, clientSecret, objectId, certificate, exchangeEntries };
}

/** `Set-Mailbox -Identity -Type` allows these parameters only, `Get-Mailbox` all of them. */
function parseEntry(written: string): [string, ReadonlySet<string> | null] {
  const [cmdlet = '', ...parameters] = written.toLowerCase().split(/\s+-/);
  return [cmdlet, parameters.length === 0 ? null : new Set(parameters)];
}

function grantAppRole({ directory, clock }: Tenant, principalId: string, role: AppRole): void {
  const appRoleId = { ...GRAPH_APP_ROLES, ...EXCHANGE_APP_ROLES }[role];
  const resourceAppId = role in EXCHANGE_APP_ROLES ? EXCHANGE_APP_ID : GRAPH_APP_ID;
  const resource = [...directory.servicePrincipals.values()].find(({ appId }) => appId === resourceAppId);
  if (!resource) throw new Error(`The resource ${resourceAppId} is missing from the directory.`);
  const id = directory.createId();
  const createdDateTime = formatTimestamp(clock.now());
  directory.appRoleGrants.set(id, { id, appRoleId, principalId, resourceId: resource.id, createdDateTime });
}

function buildKeyCredential({ der, thumbprint }: SigningCertificate, keyId: string): Record<string, unknown> {
  const customKeyIdentifier = Buffer.from(thumbprint, 'hex').toString('base64');
  return { keyId, customKeyIdentifier, key: der, type: 'AsymmetricX509Cert', usage: 'Verify' };
}
