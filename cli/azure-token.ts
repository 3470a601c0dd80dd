// `npm run azure-token`: writes the job's OIDC token to AZURE_FEDERATED_TOKEN_FILE, for Pulumi's azblob:// backend.
import { writeFile } from 'node:fs/promises';
import { createGitHubAssertion } from '../graph/github-assertion.ts';
import { DormantError } from '../policy/errors.ts';
import { getExitCode, printFailure } from './failure.ts';

/** The audience that Entra accepts from other issuers in the global cloud. */
const audience = process.env.AZURE_TOKEN_AUDIENCE ?? 'api://AzureADTokenExchange';

try {
  const file = process.env.AZURE_FEDERATED_TOKEN_FILE;
  const ask = createGitHubAssertion(audience, process.env);
  if (!file || ask === null) {
    throw new DormantError('usage', 'AZURE_FEDERATED_TOKEN_FILE is not set, or this job cannot get an OIDC token.', {
      exitCode: 2,
      remedy: 'Set the variable, and run this in a job with `permissions: id-token: write`.',
    });
  }
  // Readable by this job's user only; GitHub's token is valid for minutes, Azure's for an hour.
  await writeFile(file, await ask(), { mode: 0o600 });
} catch (error) {
  printFailure(error);
  process.exitCode = getExitCode(error);
}
