import { expect, test } from 'vitest';
import { isFalseOnceBlocked, parseDynamicGroup } from './membership-rule.ts';

const parseRule = (membershipRule: string) => parseDynamicGroup({ groupTypes: ['DynamicMembership'], membershipRule });

test.each([
  '(user.accountEnabled -eq true)',
  'user.accountEnabled -eq True',
  'user.AccountEnabled -eq true -and (user.department -eq "Sales")',
  '(user.department -eq "Sales") and user.accountenabled eq TRUE',
  '-not (user.accountenabled -eq false)',
  'not(user.accountEnabled-ne true)',
  'user.accountEnabled -ne false',
  'USER.ACCOUNTENABLED -EQ TRUE',
  '(((user.accountEnabled) -eq (true)))',
  'user.accountEnabled -in [true]',
  'user.accountEnabled\t-eq\ntrue',
  'user . accountEnabled -eq true',
  'accountEnabled -eq true',
  'user.account\u200bEnabled -eq true',
  'user.displayName -eq "accountEnabled" -or user.accountEnabled -eq true',
  'user.displayName -eq "it\'s" -and user.accountEnabled -eq true -and user.city -eq "O\'Fallon"',
  'user.displayName -eq "a `"quoted`" name" -and user.accountEnabled -eq true',
  "user.displayName -eq 'O''Brien' -and user.accountEnabled -eq true",
])('reads accountEnabled: %s', (rule) => {
  expect(parseRule(rule)).toEqual({ membershipRule: rule });
});

test.each([
  'user.department -eq "Sales"',
  'user.accountEnabledX -eq true',
  'user.xaccountEnabled -eq true',
  'user.accountEnabled_old -eq true',
  'user.extension_0a1b_accountEnabled -eq true',
  'device.accountEnabled -eq true',
  'user.manager.accountEnabled -eq true',
  'user.displayName -contains "user.accountEnabled"',
  "user.displayName -contains 'user.accountEnabled -eq true'",
  'user.displayName -eq "say `"user.accountEnabled`" twice"',
  "user.displayName -eq 'it''s user.accountEnabled'",
  'user.jobTitle -in ["accountEnabled", "user.accountEnabled"]',
  'user.assignedPlans -any (assignedPlan.servicePlanId -eq "efb87545" -and assignedPlan.capabilityStatus -eq "Enabled")',
  'user.userType -eq "Member" -and user.mail -ne null',
])('reads something else: %s', (rule) => {
  expect(parseRule(rule)).toBeNull();
});

test.each([
  'user.displayName -eq "Sales -and user.accountEnabled -eq true',
  "user.displayName -eq 'O'Brien' -and user.accountEnabled -eq true",
  "user.memberof -any (group.objectId -in ['d1baca1d-a3e9-49db-a0dd-22ceb72b06b3'])",
  '(User.MemberOf -any (group.objectId -in ["d1baca1d-a3e9-49db-a0dd-22ceb72b06b3"]))',
])('may read it, which counts as well: %s', (rule) => {
  expect(parseRule(rule)).toEqual({ membershipRule: rule });
});

const rule = 'user.accountEnabled -eq true';

test.each([
  ['user.accountEnabled -eq true', true],
  ['(user.accountEnabled -eq "True")', true],
  ['user.accountEnabled -ne false', true],
  ['(user.department -eq "Sales") and (user.accountEnabled -eq true)', true],
  ['((user.accountEnabled -eq true) -and (user.city -eq "a or b (c")) -or (user.accountEnabled -eq true)', true],
  ['user.city -eq "Oslo" or user.accountEnabled -eq true and user.city -eq "Bergen"', false],
  ['user.accountEnabled -eq true or user.city -eq "Oslo"', false],
  ['user.accountEnabled -eq false', false],
  ['-not (user.accountEnabled -eq true)', false],
  ['user.city -eq "user.accountEnabled -eq true"', false],
  ['(user.accountEnabled -eq true) or (user.city -eq "Oslo")', false],
  ['user.memberof -any (group.objectId -in [])', false],
  ['user.city -eq "Oslo and user.accountEnabled -eq true', false],
])('nobody who is blocked can be a member by the rule %s: %s', (text, is) => {
  expect(isFalseOnceBlocked(text)).toBe(is);
});

test.each([
  ['one whose rule reads it', { groupTypes: ['DynamicMembership'], membershipRule: rule }, rule],
  ['a Microsoft 365 group', { groupTypes: ['Unified', 'dynamicmembership'], membershipRule: rule }, rule],
  ['one whose rule is null', { groupTypes: ['DynamicMembership'], membershipRule: null }, null],
  ['one whose rule is left out', { groupTypes: ['DynamicMembership'] }, null],
  ['one whose rule is empty', { groupTypes: ['DynamicMembership'], membershipRule: ' ' }, null],
  ['one whose rule is no text', { groupTypes: ['DynamicMembership'], membershipRule: 7 }, null],
  ['one of which no type is told', { groupTypes: null, membershipRule: null }, null],
  ['one of which nothing is told', {}, null],
  ['one that tells a rule and no type', { membershipRule: rule }, rule],
  ['one that nobody may read', null, null],
])('%s counts as one that takes its licence back', (_, group, membershipRule) => {
  expect(parseDynamicGroup(group)).toEqual({ membershipRule });
});

test.each([
  ['one with members of its own', { groupTypes: [], membershipRule: null }],
  ['a Microsoft 365 group with members of its own', { groupTypes: ['Unified'] }],
  [
    'one whose rule reads something else',
    { groupTypes: ['DynamicMembership'], membershipRule: 'user.city -eq "Oslo"' },
  ],
  ['one that was dynamic once', { groupTypes: [], membershipRule: rule }],
])('%s does not', (_, group) => {
  expect(parseDynamicGroup(group)).toBeNull();
});
