// What a user of @azure/identity writes who signs an application in: everything comes from the environment.
import { ClientCertificateCredential, EnvironmentCredential } from '@azure/identity';
import { step } from '../steps.mjs';

const { AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_CERTIFICATE_PATH } = process.env;
const options = { disableInstanceDiscovery: true };

await step('sign-in', () => readToken(new EnvironmentCredential(options)));
await step('certificate', () =>
  readToken(new ClientCertificateCredential(AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_CERTIFICATE_PATH, options)),
);

async function readToken(credential) {
  const { token } = await credential.getToken('https://graph.microsoft.com/.default');
  return token;
}
