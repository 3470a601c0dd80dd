// Checks an application's credential at the token endpoint. Failures carry Entra's AADSTS numbers.
import type { Site } from '../site.ts';
import type { Application } from '../tenant/directory.ts';
import { requireValidAssertion } from './client-assertion.ts';
import { SignInError } from './sign-in-error.ts';
import type { TokenRequest } from './token-request.ts';

/** The application that a credential belongs to; throws SignInError. */
export async function signIn(site: Site, request: TokenRequest): Promise<Application> {
  const { clientId, clientSecret, assertion } = request;
  const application = [...site.tenant.directory.applications.values()].find(
    ({ appId }) => appId === clientId.toLowerCase(),
  );
  if (!application) {
    const sentence = `Application with identifier '${clientId}' was not found in the directory '${site.tenant.displayName}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`;
    throw new SignInError(400, 'unauthorized_client', 700016, sentence);
  }
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
