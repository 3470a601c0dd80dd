import { expect, test } from 'vitest';
import { listAzureadFailures } from './azuread-failures.ts';

const urn = 'urn:pulumi:contoso::dormant::azuread:index/group:Group::quarantine';
const cause =
  'Could not retrieve members for Group (Group: "553c"): unexpected status 403 (403 Forbidden) with error: Authorization_RequestDenied: Insufficient privileges to complete the operation.';

/** In the engine's own form. */
const anError = (message: string, about = urn) => ({
  sequence: 0,
  timestamp: 0,
  diagnosticEvent: { urn: about, message, color: 'never', severity: 'error' as const, streamID: 0 },
});

test('what plugin and engine say of one failure, each in a wrapping of its own, is told once', () => {
  const events = [
    anError(`sdk-v2/provider2.go:572: sdk.helper_schema: ${cause}: provider=azuread@6.9.1`),
    anError(`1 error occurred:\n\t* creating ${urn}: 1 error occurred:\n\t* [members] ${cause}\n\n`),
  ];
  expect(listAzureadFailures(events)).toEqual([cause]);
});

test('two causes are two sentences, and what others say is none of them', () => {
  const both = `2 errors occurred:\n\t* updating ${urn}: 1 error occurred:\n\t* one: 403\n\n\t* another: 404\n`;
  const account = anError('an account', 'urn:pulumi:contoso::dormant::m365:index:Account::ana');
  expect(listAzureadFailures([anError(both), account])).toEqual(['one: 403', 'another: 404']);
});

test('a plugin that does not start is told of, too', () => {
  const provider = 'urn:pulumi:contoso::dormant::pulumi:providers:azuread::quarantine';
  expect(listAzureadFailures([anError('it did not start', provider)])).toEqual(['it did not start']);
});
