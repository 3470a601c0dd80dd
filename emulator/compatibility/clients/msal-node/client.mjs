// What a user of MSAL for Node writes who signs an application in, with its secret and with its certificate.
import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ConfidentialClientApplication } from '@azure/msal-node';
import { step } from '../steps.mjs';

const { AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, AZURE_AUTHORITY_HOST } = process.env;

const known = {
  clientId: AZURE_CLIENT_ID,
  authority: `${AZURE_AUTHORITY_HOST}/${AZURE_TENANT_ID}`,
  knownAuthorities: [new URL(AZURE_AUTHORITY_HOST).host],
};

await step('sign-in', () => signIn({ clientSecret: AZURE_CLIENT_SECRET }));
await step('certificate', async () => {
  const pem = await readFile(process.env.AZURE_CLIENT_CERTIFICATE_PATH, 'utf8');
  const thumbprintSha256 = createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');
  return signIn({ clientCertificate: { thumbprintSha256, privateKey: pem } });
});

async function signIn(credential) {
  const application = new ConfidentialClientApplication({ auth: { ...known, ...credential } });
  const { accessToken } = await application.acquireTokenByClientCredential({
    scopes: ['https://graph.microsoft.com/.default'],
  });
  return accessToken;
}
