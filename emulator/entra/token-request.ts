// The form of a token request, checked before anybody is asked who sends it.
import type { Context } from 'hono';
import type { FindField } from './people/person-grants.ts';
import { createMissingFieldError, SignInError } from './sign-in-error.ts';

export interface TokenRequest {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly assertion: string | undefined;
  /** The resource as it was written, without `/.default`. */
  readonly resource: string;
}

/** `v1`: `/oauth2/token`, which names a resource; v2 has a scope. */
export type TokenEndpoint = 'v1' | 'v2';

/** The fields of a posted form. */
export async function readForm(c: Context): Promise<FindField> {
  const form = await c.req.parseBody();
  return (name) => {
    const value = form[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
}

/** The request of an application that signs in as itself; throws SignInError. */
export function readTokenRequest(c: Context, findField: FindField, endpoint: TokenEndpoint): TokenRequest {
  const requireField = (name: string) => {
    const value = findField(name);
    if (value === undefined) throw createMissingFieldError(name);
    return value;
  };
  const grant = requireField('grant_type');
  if (grant !== 'client_credentials') {
    const sentence = `The app requested an unsupported grant type '${grant}'.`;
    // AzureAD/microsoft-authentication-library-for-dotnet 3023.
    throw new SignInError(400, 'unsupported_grant_type', 70003, sentence);
  }
  const basic = parseBasic(c.req.header('authorization'));
  const clientId = basic?.clientId ?? requireField('client_id');
  const assertion = findField('client_assertion');
  const clientSecret = basic?.clientSecret ?? findField('client_secret');
  const resource =
    endpoint === 'v2'
      ? parseScope(requireField('scope'))
      : (findField('resource') ?? parseScope(requireField('scope')));
  return { clientId, clientSecret, assertion, resource };
}

function parseBasic(header: string | undefined): { clientId: string; clientSecret: string } | null {
  const [scheme, encoded = ''] = (header ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'basic') return null;
  const [user = '', secret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { clientId: decodeURIComponent(user), clientSecret: decodeURIComponent(secret) };
}

/** The scopes of OpenID Connect, which clients add; that they are taken here, too, is unverified. */
const OPENID_SCOPES = new Set(['openid', 'profile', 'email', 'offline_access']);

/** "All scopes included must be for a single resource" (v2-oauth2-client-creds-grant-flow.md of entra-docs). */
function parseScope(scope: string): string {
  const scopes = new Set(scope.split(/\s+/).filter((name) => name !== '' && !OPENID_SCOPES.has(name.toLowerCase())));
  const [only = ''] = scopes;
  if (scopes.size > 1) {
    // azure-sdk-for-net 9076 and azure-docs 43749; AADSTS28000 is the answer to a person's sign-in.
    const sentence = `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`;
    throw new SignInError(400, 'invalid_scope', 70011, sentence);
  }
  if (!/\/\.default$/i.test(only)) {
    // MicrosoftDocs/azure-docs 99862, microsoft-graph-docs 14323.
    const sentence = `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`;
    throw new SignInError(400, 'invalid_scope', 1002012, sentence);
  }
  return only.replace(/\/\.default$/i, '');
}
