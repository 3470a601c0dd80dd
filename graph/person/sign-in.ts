// A person signs in, by a browser or by a code on another device: for a look at a tenant that has no application of ours yet.
import type { TokenCredential } from '@azure/identity';
import { type AccountInfo, AuthError, type AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
import { DormantError } from '../../policy/errors.ts';
import type { CloudEndpoints } from '../clouds.ts';
import { createEntraClient, type EntraClient } from './entra-client.ts';
import { createSignInError } from './sign-in-error.ts';

/**
 * "Microsoft Graph Command Line Tools", Microsoft's own public client: it is in every tenant, and is granted each permission by
 * whoever consents to it (microsoftgraph/msgraph-sdk-powershell, docs/authentication.md).
 */
export const graphCommandLineTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

/** `device-code`: for a machine without a browser. Many tenants block that flow by Conditional Access. */
export type SignInFlow = 'browser' | 'device-code';

export interface SignInOptions {
  endpoints: CloudEndpoints;
  /** A tenant id or a domain; `organizations`: the tenant that the person belongs to. */
  tenant: string;
  clientId: string;
  flow: SignInFlow;
  /** Delegated permissions of Graph by their names, such as `Reports.Read.All`. */
  permissions: readonly string[];
  /** Who is to be signed in, for the second time of somebody; the page offers them. */
  loginHint?: string;
  /** Shows the person the page of this address. */
  openBrowser(address: string): Promise<void>;
  /** Takes what the person has to do for a device code, in Entra's words. */
  say(sentence: string): void;
}

/** A person who is signed in. Their tokens are in the memory of this process, and nowhere else. */
export interface SignedInPerson {
  tenantId: string;
  userPrincipalName: string;
  /**
   * For one connection: what makes its credentials, each of which gets a token for Graph without asking the person. The first takes
   * what is in memory, the others, which follow a refusal, a new one.
   */
  createCredentialMaker(): () => TokenCredential;
  /** Asks the person for more. Throws as `signInPerson` does. */
  askFor(permissions: readonly string[]): Promise<void>;
}

/** Throws `sign-in-failed`, `consent-needed` or `device-code-blocked`. */
export async function signInPerson(options: SignInOptions): Promise<SignedInPerson> {
  const { endpoints, tenant, clientId } = options;
  const { host } = new URL(endpoints.login);
  const client = createEntraClient();
  const app = new PublicClientApplication({
    system: { networkClient: client },
    auth: {
      clientId,
      authority: `${endpoints.login}/${tenant}`,
      // Microsoft's list of clouds is asked for at the global one, which a closed network cannot reach.
      ...(endpoints.cloud === 'global' ? {} : { knownAuthorities: [host] }),
    },
  });
  let scopes = toScopes(options.permissions, endpoints);
  const askPerson = (scopes: string[], request: SignInOptions) => ask(app, scopes, { ...request, client });
  let { account } = await askPerson(scopes, options);
  return {
    tenantId: account.tenantId,
    userPrincipalName: account.username,
    createCredentialMaker() {
      let mayBeOld = true;
      return () => {
        const session = { getAccount: () => account, getScopes: () => scopes, endpoints, mayBeOld };
        mayBeOld = false;
        return createPersonCredential(app, session);
      };
    },
    async askFor(permissions) {
      const more = toScopes([...options.permissions, ...permissions], endpoints);
      const again = { ...options, loginHint: account.username, tenant: account.tenantId };
      ({ account } = await askPerson(more, again));
      scopes = more;
    },
  };
}

/** Where the answer to a code was lost, the code is used up all the same: the person signs in once more. */
async function ask(
  app: PublicClientApplication,
  scopes: string[],
  options: SignInOptions & { client: EntraClient },
): Promise<{ account: AccountInfo }> {
  const { say, endpoints, client } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return { account: requireAccount(await askOnce(app, scopes, options)) };
    } catch (cause) {
      if (attempt === mostAsked || !isUsedUp(cause))
        throw createSignInError(cause, { ...options, login: endpoints.login, said: client.getLastRefusal() });
      say('Entra’s answer got lost on the way. Please sign in once more.');
    }
  }
}

const mostAsked = 3;

/** AADSTS54005, "the code was already redeemed" (entra-docs, docs/identity-platform/reference-error-codes.md). */
function isUsedUp(cause: unknown): boolean {
  return cause instanceof AuthError && cause.errorMessage.includes('AADSTS54005');
}

function askOnce(
  app: PublicClientApplication,
  scopes: string[],
  { flow, say, openBrowser, loginHint, endpoints, tenant }: SignInOptions,
): Promise<AuthenticationResult | null> {
  const request = { scopes, authority: `${endpoints.login}/${tenant}` };
  if (flow === 'device-code')
    return app.acquireTokenByDeviceCode({ ...request, deviceCodeCallback: ({ message }) => say(message) });
  return app.acquireTokenInteractive({
    ...request,
    ...(loginHint === undefined ? { prompt: 'select_account' } : { loginHint }),
    openBrowser,
    successTemplate: 'You are signed in. Close this window and go back to the terminal.',
    errorTemplate: 'You are not signed in. The terminal says why.',
  });
}

function requireAccount(result: AuthenticationResult | null): AccountInfo {
  if (result?.account) return result.account;
  throw new DormantError('sign-in-failed', 'Signing in gave no account.', { remedy: 'Start again.' });
}

interface Session {
  getAccount(): AccountInfo;
  getScopes(): string[];
  endpoints: CloudEndpoints;
  /** Whether the token may be one from the memory. */
  mayBeOld: boolean;
}

function createPersonCredential(app: PublicClientApplication, session: Session): TokenCredential {
  const { getAccount, getScopes, endpoints, mayBeOld } = session;
  return {
    async getToken(scope) {
      if (scope !== endpoints.graphScope) throw createScopeError(String(scope));
      try {
        const account = getAccount();
        const result = await app.acquireTokenSilent({
          account,
          scopes: getScopes(),
          authority: `${endpoints.login}/${account.tenantId}`,
          forceRefresh: !mayBeOld,
        });
        return { token: result.accessToken, expiresOnTimestamp: result.expiresOn?.getTime() ?? Date.now() };
      } catch (cause) {
        if (!(cause instanceof AuthError)) throw cause;
        throw new DormantError('sign-in-failed', 'Microsoft asks for a new sign-in.', {
          where: scope,
          remedy: 'Start again.',
          cause,
        });
      }
    },
  };
}

/** Exchange has no permission that this client may be given. */
function createScopeError(scope: string): DormantError {
  return new DormantError('sign-in-failed', 'A person’s sign-in is for Microsoft Graph alone.', { where: scope });
}

function toScopes(permissions: readonly string[], { graphScope }: CloudEndpoints): string[] {
  return permissions.map((name) => graphScope.replace(/\.default$/, name));
}
