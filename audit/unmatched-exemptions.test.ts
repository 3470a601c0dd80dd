import { expect, test } from 'vitest';
import type { Exemption } from '../policy/schemas/exemptions.ts';
import { anAccount } from '../policy/tenant.fixture.ts';
import { createExemptionMatcher } from './unmatched-exemptions.ts';

const ana = anAccount();
const today = '2026-12-07';

/** Which of these entries name nobody, where Ana is the tenant's only account. */
function listUnmatched(...changes: Partial<Exemption>[]): string[] {
  const base = { account: ana.userPrincipalName, reason: 'on leave', owner: 'Lee Park', until: '2027-03-01' };
  const exemptions = changes.map((change) => ({ ...base, ...change }));
  const matcher = createExemptionMatcher({ stack: 'contoso', exemptions }, today);
  matcher.note({ evidence: ana });
  return matcher.listUnmatched();
}

test.each<[string, Partial<Exemption>]>([
  ['her name', {}],
  ['her id, in capitals', { account: ana.id.toUpperCase() }],
  ['a pattern', { account: 'ANA.*@contoso.com' }],
  ['somebody of another stack', { account: 'bo@fabrikam.com', stack: 'fabrikam' }],
  ['somebody, until yesterday', { account: 'bo@contoso.com', until: '2026-12-06' }],
])('nothing is said of an entry that names %s', (_, change) => {
  expect(listUnmatched(change)).toEqual([]);
});

test('an entry that names nobody is said, once, also where it ends today', () => {
  const slip = { account: 'anna.reyes@contoso.com', until: today };
  expect(listUnmatched({}, slip, slip)).toEqual(['anna.reyes@contoso.com']);
});
