import type { PersonInput } from '@dormant-m365/emulator';
import { IDENTITY_ROLES } from '@dormant-m365/emulator/tenant';
import { expect, test } from 'vitest';
import { buildNewAccountFile } from '../policy/plan/build-account-file.ts';
import { type AuditedTenantOptions, anAuditedTenant } from './audited-tenant.fixture.ts';

const spellings = [
  ['reads it', '(user.accountEnabled -eq true)', true],
  ['reads it in capitals', 'user.AccountEnabled -eq True and user.department -eq "Sales"', true],
  ['reads it the other way round', '-not (user.accountenabled -eq false)', true],
  ['reads it as not false', 'user.accountEnabled -ne false', true],
  ['has it in a text only', 'user.displayName -ne "user.accountEnabled"', false],
  ['reads something else', 'user.department -eq "Sales"', false],
] as const;

/** Somebody whose licence comes from a dynamic group, as the audit sees it and writes it down. */
async function found(membershipRule: string, options: AuditedTenantOptions = {}) {
  const ana: PersonInput = {
    kind: 'ana',
    inactiveDays: 150,
    licenses: [{ sku: 'SPE_E3', group: 'Everybody' }],
  };
  const dynamicGroups = [{ displayName: 'Everybody', membershipRule, licenses: ['SPE_E3' as const] }];
  const tenant = await anAuditedTenant({ users: 0, people: [ana], dynamicGroups, ...options });
  const audited = await tenant.audit();
  const judged = tenant.find(audited, 'ana');
  if (judged === undefined) throw new Error('Ana is on no list');
  return {
    license: judged.evidence.licenses[0],
    file: buildNewAccountFile(judged, tenant.rules, audited.run),
    notes: audited.quality.notes.join(' '),
  };
}

test.each(spellings)('a group whose rule %s: %s', async (_, rule, takesBack) => {
  const { license, file } = await found(rule);
  expect(license).toMatchObject({ skuPartNumber: 'SPE_E3', groupName: 'Everybody' });
  expect(license?.dynamicGroup).toEqual(takesBack ? { membershipRule: rule } : undefined);
  expect(file.dynamicGroups?.map(({ displayName, membershipRule }) => [displayName, membershipRule])).toEqual(
    takesBack ? [['Everybody', rule]] : undefined,
  );
});

const appRoles = IDENTITY_ROLES.audit.filter((role) => role !== 'Directory.Read.All');
const membersOnly = { audit: { appRoles } };

test.each(['null', 'absent'] as const)(
  'where the rule is %s to anyone who may read members only, the group counts as one that takes its licence back',
  async (membershipRules) => {
    const { license, notes } = await found('user.department -eq "Sales"', {
      identities: membersOnly,
      switches: { membershipRules },
    });
    expect(license).toMatchObject({ groupName: 'Everybody', dynamicGroup: { membershipRule: null } });
    expect(notes).toContain('The membership rule of 1 group that gives licences could not be read');
  },
);
