import { expect, test } from 'vitest';
import type { Exemption } from '../policy/schemas/exemptions.ts';
import { anAccount } from '../policy/tenant.fixture.ts';
import { createExemptionMatcher } from './unmatched-exemptions.ts';

const ana = anAccount();
const today = '2026-12-07';

/** What is said of these entries, where Ana is the tenant's only account. */
function describeEntries(...changes: Partial<Exemption>[]): string[] {
  const base = { account: ana.userPrincipalName, reason: 'on leave', owner: 'Lee Park', until: '2027-03-01' };
  const exemptions = changes.map((change) => ({ ...base, ...change }));
  const matcher = createExemptionMatcher({ stack: 'contoso', exemptions }, today);
  matcher.note({ evidence: ana });
  return matcher.describeUnmatched();
}

test.each<[string, Partial<Exemption>]>([
  ['her name', {}],
  ['her id, in capitals', { account: ana.id.toUpperCase() }],
  ['a pattern', { account: 'ANA.*@contoso.com' }],
  ['somebody of another stack', { account: 'bo@fabrikam.com', stack: 'fabrikam' }],
  ['somebody, until yesterday', { account: 'bo@contoso.com', until: '2026-12-06' }],
])('nothing is said of an entry that names %s', (_, change) => {
  expect(describeEntries(change)).toEqual([]);
});

test('an entry that names nobody is said, once, also where it ends today', () => {
  const slip = { account: 'anna.reyes@contoso.com', until: today };
  expect(describeEntries({}, slip, slip)).toEqual([
    '1 exemption names no account of this tenant: anna.reyes@contoso.com. Correct exemptions.yaml, or give an entry about another tenant its stack.',
  ]);
});

test('of many the first five are named', () => {
  const [note = ''] = describeEntries(...[...'abcdefg'].map((name) => ({ account: `${name}@contoso.com` })));
  expect(note).toMatch(/^7 exemptions name no account of this tenant: a@contoso.com, .*e@contoso.com and 2 others\./);
});
