import { expect, test } from 'vitest';
import { aLicense, idOf } from '../../../policy/account.fixture.ts';
import type { Evidence } from '../../../policy/evidence.ts';
import { anAudit } from '../audit.fixture.ts';
import { aPerson } from '../person.fixture.ts';
import { describePerson, listLicenseWords } from './person-words.ts';

function listLicenses(change: Partial<Evidence>) {
  const [account] = anAudit({ people: [aPerson(change)] }).reported;
  return account === undefined ? [] : listLicenseWords(account);
}

test('a licence in error is shown with Microsoft’s word for it, and costs nothing', () => {
  const inError = aLicense('VISIOCLIENT', { doubt: 'in-error', error: 'CountViolation' });
  expect(listLicenses({ licensesInError: [inError] })).toMatchObject([
    { name: expect.stringContaining('SPE_E3'), note: '' },
    {
      name: expect.stringContaining('VISIOCLIENT'),
      monthly: 0,
      note: expect.stringContaining('(CountViolation)'),
    },
  ]);
});

test.each([
  [
    'user.accountEnabled -eq true',
    'goes with the block: the group "Everybody" (user.accountEnabled -eq true) takes it back',
  ],
  [
    'user.accountEnabled -eq true or user.city -eq "Oslo"',
    'inherited from the group "Everybody" (user.accountEnabled -eq true or user.city -eq "Oslo"), which may take it back once sign-in is blocked',
  ],
  [
    null,
    'inherited from the group "Everybody" (its rule may not be read), which may take it back once sign-in is blocked',
  ],
])('a licence of a dynamic group with the rule %s is shown as %s', (membershipRule, words) => {
  const group = { assignedByGroup: idOf('everybody'), groupName: 'Everybody' };
  const license = aLicense('SPE_E3', { ...group, dynamicGroup: { membershipRule } });
  expect(listLicenses({ licenses: [license] })[0]?.note).toBe(words);
});

test.each([
  ['litigation', 'on litigation hold'],
  ['retention', 'on hold for eDiscovery, by a retention policy or by a label'],
  ['none', null],
] as const)('the hold %s is told with the mailbox', (hold, words) => {
  const { evidence } = aPerson();
  const about = describePerson({ ...evidence, mailbox: { ...evidence.mailbox, hold } }, '2026-12-07');
  if (words === null) expect(about).not.toContain('hold');
  else expect(about).toContain(words);
});
