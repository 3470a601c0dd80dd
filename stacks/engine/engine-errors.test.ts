import { CommandError } from '@pulumi/pulumi/automation/index.js';
import { describe, expect, test } from 'vitest';
import { DormantError } from '../../policy/errors.ts';
import { isStateUnsaved, translateEngineError } from './engine-errors.ts';

function failureOf(said: string): DormantError {
  const error: unknown = translateEngineError(commandError(said));
  if (error instanceof DormantError) return error;
  throw new Error('It is no sentence.');
}

/** As the Automation API ends: it has each message twice. */
function commandError(said: string): CommandError {
  const failed = `Command failed with exit code 1: /bin/pulumi up --stack contoso\n${said}`;
  const result = `code: -2\n stdout: \n stderr: ${failed}\n err?: Error: ${failed}\n`;
  // What the CLI ended with reaches it by its text alone.
  return new CommandError({ toString: () => result } as ConstructorParameters<typeof CommandError>[0]);
}

// Recorded from the CLI 3.250.0 against Azurite, a server that speaks S3, and folders.
const azureLock = `error: 2 errors occurred:
    1) PUT http://127.0.0.1:10200/account/state/.pulumi/locks/organization/dormant/contoso/0a4a.json
--------------------------------------------------------------------------------
RESPONSE 403: 403 Forbidden
ERROR CODE: AuthorizationPermissionMismatch
--------------------------------------------------------------------------------
<?xml version="1.0" encoding="utf-8"?><Error><Code>AuthorizationPermissionMismatch</Code><Message>This request is not authorized to perform this operation using this permission.</Message></Error>
--------------------------------------------------------------------------------

    2) Unknown
`;
const s3Lock = `error: 2 errors occurred:
    1) operation error S3: PutObject, https response error StatusCode: 403, RequestID: , HostID: , api error AccessDenied: Access Denied
    2) PermissionDenied
`;

describe('what the engine ended with is one sentence, with a code that says which fault it is', () => {
  test.each([
    ['a lock that Azure lets nobody write', azureLock, 'backend-read-only'],
    ['a lock that S3 lets nobody write', s3Lock, 'backend-read-only'],
    [
      'a stack that Azure lets nobody make',
      azureLock.replace(
        /error: 2 errors occurred:\n {4}1\) /,
        'error: could not create stack: blob (key ".pulumi/locks/x.json") (code=Unknown): ',
      ),
      'backend-read-only',
    ],
    [
      'a folder without the right to write',
      'error: could not create stack: blob (key ".pulumi/locks/organization/dormant/contoso/9.json") (code=Unknown): open /state/.pulumi/locks/9.json: permission denied',
      'backend-read-only',
    ],
    [
      'a backend that lets this identity read nothing',
      'error: read ".pulumi/meta.yaml": blob (key ".pulumi/meta.yaml") (code=PermissionDenied): operation error S3: GetObject, https response error StatusCode: 403, api error AccessDenied: Access Denied',
      'backend-refused',
    ],
    [
      'Azure that hangs up',
      'error: read ".pulumi/meta.yaml": Get "http://127.0.0.1:10200/account/state/.pulumi%2Fmeta.yaml": EOF',
      'backend-away',
    ],
    [
      'S3 that hangs up',
      'error: read ".pulumi/meta.yaml": operation error S3: GetObject, exceeded maximum number of attempts, 3, https response error StatusCode: 0, request send failed, Get "http://127.0.0.1:10201/state/.pulumi/meta.yaml?x-id=GetObject": EOF',
      'backend-away',
    ],
    [
      'a name that nobody knows',
      'error: read ".pulumi/meta.yaml": Get "https://contosodormant.blob.core.windows.net/state": dial tcp: lookup contosodormant.blob.core.windows.net: no such host',
      'backend-away',
    ],
    [
      'a backend that goes away in the middle of an apply',
      `panic: fatal: An assertion has failed: default provider for package m365 has no ID

goroutine 90 [running]:
Updating (contoso):

 +  pulumi:pulumi:Stack dormant-contoso creating (0s)
@ updating.......
 +  pulumi:pulumi:Stack dormant-contoso creating (68s) error: pre-step event returned an error: failed to save snapshot: An IO error occurred while writing the new snapshot file: operation error S3: PutObject, request send failed, Put "http://127.0.0.1:38049/state/.pulumi/stacks/dormant/contoso.json?x-id=PutObject": EOF
@ updating.......
    pulumi:providers:m365 default  error: pre-step event returned an error: failed to save snapshot: An IO error occurred while writing the new snapshot file: operation error S3: PutObject, request send failed, Put "http://127.0.0.1:38049/state/.pulumi/stacks/dormant/contoso.json?x-id=PutObject": EOF
`,
      'backend-away',
    ],
    [
      'a state that is cut off, or empty',
      'error: failed to load checkpoint: place 1: unexpected end of JSON input\nPreviewing update (contoso):',
      'state-unreadable',
    ],
    [
      'a state of another version',
      'error: failed to load checkpoint: unsupported checkpoint version 9',
      'state-unreadable',
    ],
    [
      'a state whose checksum is another',
      'error: failed to load checkpoint: blob (key ".pulumi/stacks/dormant/contoso.json") (code=Unknown): checksum did not match: algorithm CRC32, expect fgR+Uw==, actual AAAAAA==',
      'state-unreadable',
    ],
    ['a list of stacks one of which is cut off', 'error: place 1: unexpected end of JSON input', 'state-unreadable'],
    [
      'another passphrase',
      'error: getting stack configuration: get stack secrets manager: incorrect passphrase',
      'wrong-passphrase',
    ],
    [
      'a refusal by Graph that the azuread plugin hands on',
      'error: unexpected status 403 (403 Forbidden) with error: Authorization_RequestDenied: Insufficient privileges to complete the operation.',
      'engine-failed',
    ],
  ])('%s', (_, said, code) => {
    const { code: found, message, remedy } = failureOf(said);
    expect(found).toBe(code);
    expect(message).not.toMatch(/[\n<]|errors occurred|----/);
    expect(message.split(/403 Forbidden|EOF|no such host|JSON input/).length).toBeLessThanOrEqual(2);
    expect(remedy).not.toBe('');
  });
});

test('the cause is told, and once', () => {
  expect(failureOf(azureLock).message).toBe(
    'The credentials of this run can read the state, but not write it: PUT http://127.0.0.1:10200/account/state/.pulumi/locks/organization/dormant/contoso/0a4a.json, RESPONSE 403: 403 Forbidden, ERROR CODE: AuthorizationPermissionMismatch, This request is not authorized to perform this operation using this permission.',
  );
  expect(failureOf(s3Lock).message).toMatch(/: operation error S3: PutObject, .*AccessDenied: Access Denied$/);
});

test('errors of resources are told without what stands round them', () => {
  const said = `Updating (contoso):

Diagnostics:
  m365:index:Account (bo):
    error: signed in since the review
  pulumi:pulumi:Stack (dormant-contoso):
    error: update failed

Resources:
    3 unchanged

Duration: 1s
`;
  expect(failureOf(said).message).toBe('The Pulumi engine stopped: signed in since the review; update failed');
});

test('a state that could not be saved is not hidden behind an account that failed, too', () => {
  const account = 'error: bo@contoso.com: signed in since the review';
  const unsaved = 'error: pre-step event returned an error: failed to save snapshot: operation error S3: EOF';
  expect(isStateUnsaved(commandError(`${account}\n${unsaved}`))).toBe(true);
  expect(isStateUnsaved(commandError(account))).toBe(false);
});

test('what is no failure of the engine stays what it is', () => {
  const error = new TypeError('a defect');
  expect(translateEngineError(error)).toBe(error);
});
