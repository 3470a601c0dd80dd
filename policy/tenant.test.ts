import { expect, test } from 'vitest';
import type { Evidence } from './evidence.ts';
import { aLicense, anAccount, anInForceFile, aTenant, idOf, lastSeen, signedIn, today } from './tenant.fixture.ts';

test.each<[string, Partial<Evidence>, RegExp]>([
  [
    'active after the report’s day',
    { usage: lastSeen({ teams: '2026-12-06' }) },
    /report of 2026-12-05 does not reach/,
  ],
  ['signed in tomorrow', { signIns: signedIn('2026-12-08') }, /signed in on 2026-12-08, after today/],
  ['made after it was used', { createdOn: '2026-07-01' }, /created on 2026-07-01, after its activity of 2026-06-30/],
  [
    'made tomorrow',
    { createdOn: '2026-12-08', usage: lastSeen(), signIns: signedIn(null), licenses: [] },
    /after today/,
  ],
  ['signed in later than it tried', { signIns: signedIn('2026-07-15', '2026-07-14') }, /later than its last attempt/],
  [
    'licensed tomorrow',
    { licenses: [aLicense('EMS', { assignedOn: '2026-12-08' })] },
    /EMS was assigned on 2026-12-08/,
  ],
  ['licensed before it was made', { licenses: [aLicense('EMS', { assignedOn: '2020-01-01' })] }, /EMS was assigned/],
  ['without a name', { displayName: '' }, /no userPrincipalName or displayName/],
])('no test can stand on an account that is %s', (_what, change, sentence) => {
  expect(() => anAccount(change)).toThrow(sentence);
});

test('an account that manages itself cannot be', () => {
  const { manager } = anAccount();
  expect(() => anAccount({ manager: manager && { ...manager, id: idOf('ana.reyes@contoso.com') } })).toThrow(
    /its own manager/,
  );
});

test('a licence that the tenant has not subscribed to cannot be held', () => {
  expect(() => aLicense('SPE_E33')).toThrow(/not subscribed to SPE_E33/);
});

test('a tenant has no account twice, and no file for one account twice', () => {
  expect(() => aTenant({ accounts: [anAccount(), anAccount()] })).toThrow(/no two of one account/);
  const file = anInForceFile({ account: anAccount(), stage: 'notify', since: '2026-12-01' });
  expect(() => aTenant({ inForce: [file, file] })).toThrow(/no two of one file/);
});

test('a stage cannot have reached main tomorrow, nor on activity that came later', () => {
  const account = anAccount();
  expect(() => anInForceFile({ account, stage: 'notify', since: '2026-12-08' })).toThrow(/after today/);
  expect(() => anInForceFile({ account, stage: 'notify', since: '2026-07-01' })).toThrow(/cannot have seen/);
});

test('the usual account, file and tenant are possible', () => {
  const file = anInForceFile({ account: anAccount(), stage: 'review', since: '2026-11-30' });
  const { judged, run } = aTenant({ accounts: [anAccount()], inForce: [file] });
  expect(judged.map(({ judgement }) => judgement.verdict)).toEqual(['inactive']);
  expect(run.auditedOn).toBe(today);
});
