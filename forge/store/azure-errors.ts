// What Azure Blob Storage refuses, as a sentence and the next step. Codes: https://learn.microsoft.com/rest/api/storageservices/
// blob-service-error-codes and common-rest-api-error-codes.
import { type ContainerClient, RestError } from '@azure/storage-blob';
import { describeNoAnswer, type StoreFailure } from './store-error.ts';

type Work = 'list' | 'read' | 'create' | 'erase';

const actions = 'Microsoft.Storage/storageAccounts/blobServices/containers';
const permissions: Record<Work, string> = {
  list: `${actions}/blobs/read (Storage Blob Data Reader has it)`,
  read: `${actions}/blobs/read (Storage Blob Data Reader has it)`,
  create: `${actions}/blobs/add/action`,
  erase: `${actions}/blobs/delete and ${actions}/blobs/deleteBlobVersion/action`,
};

/** null: none of the store's, and thrown as it is. */
export function explainAzureError(error: unknown, work: Work, { url, containerName }: ContainerClient) {
  const host = new URL(url).host;
  if (!(error instanceof RestError)) return explainSignIn(error);
  if (error.statusCode === undefined) return describeNoAnswer(host, error) ?? describeOther(error);
  switch (error.code) {
    case 'ContainerNotFound':
    case 'ResourceNotFound':
      return {
        says: 'there is no such container',
        remedy: `Make it (\`az storage container create --auth-mode login --account-name ${host.split('.')[0]} --name ${containerName}\`), or correct \`records.store\` of tenant.yaml.`,
      };
    case 'AuthorizationPermissionMismatch':
    case 'InsufficientAccountPermissions':
      return {
        says: `this identity lacks the permission to ${work} there`,
        remedy: `Give it ${permissions[work]} on the container; a new assignment may take ten minutes.`,
      };
    case 'AuthorizationFailure':
      return {
        says: `the account refuses this identity or this machine's network (AuthorizationFailure)`,
        remedy: `Let the account's firewall admit this machine, and give the identity ${permissions[work]}.`,
      };
    case 'AuthenticationFailed':
    case 'InvalidAuthenticationInfo':
    case 'NoAuthenticationInformation':
      return explainRefusedToken(error);
    default:
      return describeOther(error);
  }
}

function explainRefusedToken(error: RestError): StoreFailure {
  return {
    says: `the account does not accept who signs in: ${getFirstLine(error)}`,
    remedy:
      'Set this machine’s clock (a token that is not valid yet is refused, too), and sign in to the Microsoft Entra tenant that the account’s subscription belongs to.',
  };
}

/** Errors of @azure/identity, by name: it is loaded only with its credential. */
function explainSignIn(error: unknown): StoreFailure | null {
  if (!(error instanceof Error)) return null;
  if (!/^(AuthenticationError|AggregateAuthenticationError|CredentialUnavailableError)$/.test(error.name)) return null;
  return {
    says: `nobody could sign in: ${getFirstLine(error)}`,
    remedy:
      'In a workflow: set RECORDS_AZURE_CLIENT_ID and RECORDS_AZURE_TENANT_ID, and let that application trust the job’s environment. As a person: `az login`.',
  };
}

function describeOther(error: RestError): StoreFailure {
  return {
    says: `Azure answers ${error.statusCode ?? ''} ${error.code ?? ''}: ${getFirstLine(error)}`,
    remedy: 'Correct what it names, then run the same command again.',
  };
}

function getFirstLine({ message }: Error): string {
  return (message.split('\n')[0] ?? '').slice(0, 300);
}
