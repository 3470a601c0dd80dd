import { expect, test } from 'vitest';
import { isMemberByRule } from './membership-rule.ts';

test.each([
  '(user.accountEnabled -eq true)',
  'user.AccountEnabled -eq True and user.department -eq "Sales"',
  '-not (user.accountenabled -eq false)',
  'not(user.accountEnabled -eq "false") -and (user.userType -eq "Member")',
  'user.accountEnabled -ne false',
  'user.accountEnabled -EQ "True"',
  'USER.ACCOUNTENABLED -eq TRUE',
  'user.accountEnabled -in ["true"]',
  'user.accountEnabled -notIn ["false"]',
  '(user.department -in ["Sales","Marketing"]) -and ((user.accountEnabled -eq true) -and (user.mail -ne null))',
  'user.assignedPlans -any (assignedPlan.capabilityStatus -eq "Enabled") -and user.accountEnabled -eq true',
  'user.userPrincipalName -match "^[a-z]+@contoso\\.com$" -and\n  user.accountEnabled -eq true',
])('anyone who is blocked falls out of %s', (rule) => {
  expect([isMemberByRule(rule, true), isMemberByRule(rule, false)]).toEqual([true, false]);
});

test.each([
  'user.department -eq "Sales"',
  'user.jobTitle -eq "user.accountEnabled -eq true"',
  '-not (user.department -eq "Interns")',
  'user.department -eq "Sales" -or user.accountEnabled -eq true',
  'device.accountEnabled -eq true',
  'Direct Reports for "62e19b97-8b3d-4d4a-a106-4ce66896a863"',
  "user.memberof -any (group.objectId -in ['2c5ee71b-e6a5-4343-9e2c-4244bc7e0938'])",
])('anyone who is blocked stays in %s', (rule) => {
  expect([isMemberByRule(rule, true), isMemberByRule(rule, false)]).toEqual([true, true]);
});
