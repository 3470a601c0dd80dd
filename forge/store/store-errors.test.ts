// What a store answers that no server of the tests does, as the sentences that people get.
import { S3ServiceException } from '@aws-sdk/client-s3';
import { ContainerClient, RestError } from '@azure/storage-blob';
import { expect, test } from 'vitest';
import { explainAzureError } from './azure-errors.ts';
import { explainS3Error } from './s3-errors.ts';

const bucket = { bucket: 'contoso-records', region: 'eu-central-1' };
const container = new ContainerClient('https://contosorecords.blob.core.windows.net/records');

test.each([
  ['RequestTimeTooSkewed', {}, /clock is wrong/],
  ['PermanentRedirect', {}, /in another region than eu-central-1$/],
  ['AuthorizationHeaderMalformed', { Region: 'us-east-1' }, /in another region than eu-central-1: us-east-1$/],
  ['NotImplemented', {}, /does not know what this needs/],
  ['ExpiredToken', {}, /not known there \(ExpiredToken\)/],
  ['SlowDown', {}, /answers 503 SlowDown: the message/],
])('S3’s %s is told as what it is', (name, more, says) => {
  const fault = { name, message: 'the message', $fault: 'client', $metadata: { httpStatusCode: 503 } } as const;
  const error = Object.assign(new S3ServiceException(fault), more);
  expect(explainS3Error(error, 'create', bucket)?.says).toMatch(says);
});

test.each([
  [403, 'AuthorizationPermissionMismatch', /lacks the permission to create/, /blobs\/add\/action/],
  [403, 'AuthorizationFailure', /this machine's network/, /firewall/],
  [401, 'InvalidAuthenticationInfo', /does not accept who signs in/, /clock/],
  [404, 'ContainerNotFound', /no such container/, /--account-name contosorecords --name records/],
  [503, 'ServerBusy', /answers 503 ServerBusy: the message/, /./],
])('Azure’s %i %s is told as what it is', (statusCode, code, says, remedy) => {
  const failure = explainAzureError(new RestError('the message', { statusCode, code }), 'create', container);
  expect([failure?.says, failure?.remedy]).toEqual([expect.stringMatching(says), expect.stringMatching(remedy)]);
});

test('a host that has no name, and one that does not answer in time, are told apart', () => {
  const unknown = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
  const slow = Object.assign(new Error('slow'), { name: 'TimeoutError' });
  expect(explainS3Error(unknown, 'read', bucket)?.says).toBe(
    'no host is called contoso-records.s3.eu-central-1.amazonaws.com',
  );
  expect(explainS3Error(slow, 'read', bucket)?.says).toMatch(/does not answer \(timeout\)/);
  const wrapped = new RestError('send', { code: 'REQUEST_SEND_ERROR' });
  expect(explainAzureError(Object.assign(wrapped, { cause: unknown }), 'read', container)?.says).toBe(
    'no host is called contosorecords.blob.core.windows.net',
  );
});

test('what is none of the store’s is not taken for its failure', () => {
  expect(explainS3Error(new TypeError('a mistake in the code'), 'read', bucket)).toBeNull();
  expect(explainAzureError(new TypeError('a mistake in the code'), 'read', container)).toBeNull();
});
