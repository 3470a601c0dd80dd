import type { EmulatorOptions, PersonInput } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { anAuditedTenant } from './audited-tenant.fixture.ts';
import { auditGroups } from './licensing-groups.ts';

type GroupInput = NonNullable<EmulatorOptions['groups']>[number];

const office: GroupInput = { displayName: 'Licensing: Office', licenses: ['SPE_E3', 'VISIOCLIENT'] };
const mirror: GroupInput = {
  displayName: 'Licensing: Mirror',
  licenses: ['POWER_BI_PRO'],
  synced: true,
};
const other: GroupInput = { displayName: 'Everybody else', licenses: ['FLOW_FREE'] };

const people: PersonInput[] = [
  { kind: 'silent', inactiveDays: 150, licenses: [], groups: [office.displayName, mirror.displayName] },
  { kind: 'busy', inactiveDays: 1, licenses: ['SPE_E3'], groups: [office.displayName, other.displayName] },
];

test('the audit counts active people of a licence group, too, and says whether policy.yaml lets it be left', async () => {
  const tenant = await anAuditedTenant({ users: 0, people, groups: [office, mirror, other] });
  const groups = [{ name: office.displayName }, { name: mirror.displayName, givesMore: 'accepted' as const }];
  const policy = { ...tenant.rules.policy, licenses: { groups } };
  const { findings, inactive } = await tenant.audit({ rules: { ...tenant.rules, policy } });
  const audited = auditGroups(findings.groups, inactive, tenant.rules.prices);
  const { SPE_E3 = 0, VISIOCLIENT = 0 } = tenant.rules.prices.monthly;
  expect(audited).toMatchObject([
    {
      ...{ name: office.displayName, accounts: 2, inactive: 1, monthly: SPE_E3 + VISIOCLIENT },
      skuPartNumbers: ['SPE_E3', 'VISIOCLIENT'],
      alsoDirect: [{ skuPartNumber: 'SPE_E3', accounts: 1 }],
    },
    { name: other.displayName, accounts: 1, inactive: 0, obstacles: null },
    { name: mirror.displayName, accounts: 1, inactive: 1, obstacles: [{ reason: 'group-synced' }] },
  ]);
});
