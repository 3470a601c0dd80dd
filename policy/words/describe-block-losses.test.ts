import { expect, test } from 'vitest';
import { describeLicenseGroup, describeLossesWithBlock } from './describe-block-losses.ts';

const rule = 'user.accountEnabled -eq true';

test('what goes is said with group, rule, product and what hangs on it', () => {
  const loss = { group: 'Everybody', membershipRule: rule, skuPartNumber: 'SPE_E3', gigabytes: 3.1 };
  expect(describeLossesWithBlock([{ ...loss, reason: 'onedrive-files' }])).toBe(
    'the group "Everybody" (user.accountEnabled -eq true) takes SPE_E3 back once sign-in is blocked, and with it 3.1 GB of OneDrive that nobody has released',
  );
  expect(
    describeLossesWithBlock([
      { ...loss, reason: 'litigation-hold' },
      { ...loss, skuPartNumber: 'CPC_E_2C_8GB_128GB', reason: 'cloud-pc' },
      { ...loss, group: 'Staff', membershipRule: null, reason: 'onedrive-unknown' },
    ]),
  ).toBe(
    'the group "Everybody" (user.accountEnabled -eq true) takes SPE_E3 and CPC_E_2C_8GB_128GB back once sign-in is blocked, and with them a litigation hold and a Cloud PC; the group "Staff" (its rule may not be read) takes SPE_E3 back once sign-in is blocked, and with it a OneDrive of unknown content that nobody has released',
  );
});

test('a long rule is cut, and one over several lines stands on one', () => {
  const long = `user.accountEnabled\n  -eq true ${'-and user.city -ne "Oslo" '.repeat(20)}`;
  const said = describeLossesWithBlock([
    {
      group: 'Everybody',
      membershipRule: long,
      skuPartNumber: 'SPE_E3',
      reason: 'cloud-pc',
      gigabytes: null,
    },
  ]);
  expect(said).toContain('(user.accountEnabled -eq true -and');
  expect(said).toContain('…)');
  expect(said.length).toBeLessThan(300);
});

test.each([
  ['(user.accountEnabled -eq true)', 'the group "All" (user.accountEnabled -eq true)'],
  ['( (user.accountEnabled -eq true) )', 'the group "All" (user.accountEnabled -eq true)'],
  ['(a -eq "(") -or (b -eq ")")', 'the group "All" ((a -eq "(") -or (b -eq ")"))'],
  ['(a -eq ")" -or b -eq "(")', 'the group "All" (a -eq ")" -or b -eq "(")'],
])('a rule that has parentheses around all of it gets no second ones: %s', (membershipRule, words) => {
  expect(describeLicenseGroup('All', membershipRule)).toBe(words);
});
