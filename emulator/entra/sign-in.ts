// Checks an application's credential at the token endpoint. Failures carry Entra's AADSTS numbers.
import type { Site } from '../site.ts';
import type { Application } from '../tenant/directory.ts';
import { requireValidAssertion } from './client-assertion.ts';
import { createUnknownClientError } from './people/public-clients.ts';
import { SignInError } from './sign-in-error.ts';
import type { TokenRequest } from './token-request.ts';

/** The application that a credential belongs to; throws SignInError. */
export async function signIn(site: Site, request: TokenRequest): Promise<Application> {
  const { clientId, clientSecret, assertion } = request;
  const application = [...site.tenant.directory.applications.values()].find(
    ({ appId }) => appId === clientId.toLowerCase(),
  );
  if (!application) throw createUnknownClientError(site, clientId);
  if (assertion !== undefined) await requireValidAssertion(site, application, assertion);
  else requireSecret(application, clientSecret);
  return application;
}

function requireSecret({ appId, secrets }: Application, secret: string | undefined): void {
  if (secret === undefined) {
    // azure-docs 30777; its status is unverified.
    const sentence =
      "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.";
    throw new SignInError(401, 'invalid_client', 7000216, sentence);
  }
  if ([...secrets.values()].includes(secret)) return;
  const sentence = `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${appId}'.`;
  throw new SignInError(401, 'invalid_client', 7000215, sentence);
}
