// What S3 refuses, as a sentence and the next step. Codes: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html.
import { S3ServiceException } from '@aws-sdk/client-s3';
import { locatePage } from '../../policy/words/locate-page.ts';
import type { BucketSettings } from './s3-store.ts';
import { describeNoAnswer, type StoreFailure } from './store-error.ts';

export type S3Work = 'list' | 'read' | 'create' | 'erase';

const permissions: Record<S3Work, string> = {
  list: 's3:ListBucket',
  read: 's3:GetObject, and s3:ListBucket, without which S3 hides that an object is not there',
  create: 's3:PutObject',
  erase: 's3:ListBucketVersions, s3:DeleteObject, s3:DeleteObjectVersion and s3:GetObjectRetention',
};

export function getS3Code(error: unknown): string | null {
  return error instanceof S3ServiceException ? error.name : null;
}

/** null: none of the store's, and thrown as it is. */
export function explainS3Error(error: unknown, work: S3Work, settings: BucketSettings): StoreFailure | null {
  if (!(error instanceof S3ServiceException)) return explainNoAnswer(error, settings);
  return explainCode(error, work, settings) ?? describeOther(error);
}

function explainCode(error: S3ServiceException, work: S3Work, settings: BucketSettings): StoreFailure | null {
  const { bucket, region } = settings;
  switch (error.name) {
    case 'NoSuchBucket':
      return {
        says: 'there is no such bucket',
        remedy: `Make it (${locatePage('guides/records.md')} has the commands), or correct \`records.store\` of tenant.yaml.`,
      };
    case 'AccessDenied':
      return {
        says: `this identity lacks the permission to ${work} there`,
        remedy: `Give it ${permissions[work]} on s3://${bucket}, and see that no bucket policy denies it.`,
      };
    case 'RequestTimeTooSkewed':
      return { says: 'this machine’s clock is wrong', remedy: 'Set it, then run the same command again.' };
    case 'PermanentRedirect':
    case 'AuthorizationHeaderMalformed':
    case 'IllegalLocationConstraintException':
      return {
        says: `it is in another region than ${region}${findRegion(error)}`,
        remedy: 'Correct `records.store.s3.region` of tenant.yaml.',
      };
    case 'NotImplemented':
      return {
        says: 'its service does not know what this needs: writes with If-None-Match, versions, Object Lock',
        remedy: 'Keep records in another store, or update that service.',
      };
    default:
      return unknownKeys.has(error.name) ? explainKeys(error) : null;
  }
}

const unknownKeys = new Set([
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'InvalidToken',
  'TokenRefreshRequired',
]);

function explainKeys({ name }: Error): StoreFailure {
  return {
    says: `who signs in is not known there (${name})`,
    remedy:
      'Correct RECORDS_AWS_ROLE_ARN or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in again (aws sso login).',
  };
}

/** S3 says where a bucket is, in an element of its answer. */
function findRegion(error: S3ServiceException): string {
  const region = 'Region' in error ? error.Region : undefined;
  return typeof region === 'string' ? `: ${region}` : '';
}

function describeOther(error: S3ServiceException): StoreFailure {
  return {
    says: `S3 answers ${error.$metadata.httpStatusCode ?? ''} ${error.name}: ${error.message.slice(0, 300)}`,
    remedy: 'Correct what it names, then run the same command again.',
  };
}

function explainNoAnswer(error: unknown, { bucket, region, endpoint }: BucketSettings): StoreFailure | null {
  if (error instanceof Error && /^(CredentialsProviderError|TokenProviderError)$/.test(error.name)) {
    return {
      says: `nobody could sign in: ${error.message.split('\n')[0]}`,
      remedy: 'In a workflow: set RECORDS_AWS_ROLE_ARN. As a person: aws sso login, or AWS_PROFILE.',
    };
  }
  const host = endpoint === undefined ? `${bucket}.s3.${region}.amazonaws.com` : new URL(endpoint).host;
  return describeNoAnswer(host, error);
}
