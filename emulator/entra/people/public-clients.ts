// The applications by which people sign in: Microsoft's own, those of the tenant's options, and applications of the directory that
// allow public client flows.
import { isRecord } from '../../odata/filter-match.ts';
import type { PublicClientInput } from '../../options.ts';
import type { Site } from '../../site.ts';
import type { Application } from '../../tenant/directory.ts';
import { SignInError } from '../sign-in-error.ts';

export interface PublicClient {
  readonly appId: string;
  readonly displayName: string;
  readonly redirectUris: readonly string[];
  /** Microsoft's: it asks for Graph alone, and for every permission only when it needs it. */
  readonly isFirstParty: boolean;
  /** May use a device code ("Allow public client flows"). */
  readonly allowsDeviceCode: boolean;
  /** Ids of the delegated permissions in its registration, which `.default` asks for. */
  readonly registeredScopeIds: readonly unknown[];
}

/** The redirect addresses are those of its documentation (microsoftgraph-docs-powershell, authentication-commands.md). */
const GRAPH_COMMAND_LINE_TOOLS: PublicClient = {
  appId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
  displayName: 'Microsoft Graph Command Line Tools',
  redirectUris: ['http://localhost', 'https://login.microsoftonline.com/common/oauth2/nativeclient'],
  isFirstParty: true,
  allowsDeviceCode: true,
  registeredScopeIds: [],
};

/** The client of this id; throws SignInError for one that nobody knows, and for one that has to show a secret. */
export function requirePublicClient(site: Site, clientId: string): PublicClient {
  const id = clientId.toLowerCase();
  const known = [GRAPH_COMMAND_LINE_TOOLS, ...site.publicClients.map(toPublicClient)].find(({ appId }) => appId === id);
  if (known) return known;
  const application = [...site.tenant.directory.applications.values()].find(({ appId }) => appId.toLowerCase() === id);
  if (!application) throw createUnknownClientError(site, clientId);
  const client = readApplication(application);
  if (client) return client;
  // The number and the words are in reference-error-codes.md of entra-docs.
  const sentence = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
  throw new SignInError(401, 'invalid_client', 7000218, sentence);
}

/** Whether an application of the tenant may redirect there. "The port … is ignored" for localhost (reply-url.md of entra-docs). */
export function mayRedirectTo({ redirectUris }: PublicClient, uri: string): boolean {
  const wanted = dropLoopbackPort(uri);
  return wanted !== undefined && redirectUris.some((registered) => dropLoopbackPort(registered) === wanted);
}

/** As MSAL writes `http://localhost:51234`, with or without a slash: Entra takes both for `http://localhost`. */
function dropLoopbackPort(uri: string): string | undefined {
  if (!URL.canParse(uri)) return undefined;
  const { protocol, hostname, host, pathname, search } = new URL(uri);
  if (!/^https?:$/.test(protocol)) return uri;
  const isLoopback = protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname);
  return `${protocol}//${isLoopback ? hostname : host}${pathname}${search}`;
}

export function createUnknownClientError({ tenant }: Site, clientId: string): SignInError {
  const sentence = `Application with identifier '${clientId}' was not found in the directory '${tenant.displayName}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`;
  return new SignInError(400, 'unauthorized_client', 700016, sentence);
}

function toPublicClient({ appId, displayName, redirectUris = ['http://localhost'] }: PublicClientInput): PublicClient {
  return {
    appId: appId.toLowerCase(),
    displayName,
    redirectUris,
    isFirstParty: false,
    allowsDeviceCode: true,
    registeredScopeIds: [],
  };
}

/** With a redirect address for public clients, or as one of whom Entra cannot know what it is (`isFallbackPublicClient`). */
function readApplication({ appId, properties }: Application): PublicClient | undefined {
  const { publicClient, isFallbackPublicClient, requiredResourceAccess, displayName } = properties;
  const uris = isRecord(publicClient) && Array.isArray(publicClient.redirectUris) ? publicClient.redirectUris : [];
  const redirectUris = uris.filter((uri) => typeof uri === 'string');
  if (isFallbackPublicClient !== true && redirectUris.length === 0) return undefined;
  const resources = Array.isArray(requiredResourceAccess) ? requiredResourceAccess.filter(isRecord) : [];
  const accesses = resources.flatMap(({ resourceAccess }) => (Array.isArray(resourceAccess) ? resourceAccess : []));
  return {
    appId,
    displayName: String(displayName),
    redirectUris,
    isFirstParty: false,
    allowsDeviceCode: isFallbackPublicClient === true,
    registeredScopeIds: accesses.filter(isRecord).flatMap(({ id, type }) => (type === 'Scope' ? [id] : [])),
  };
}
