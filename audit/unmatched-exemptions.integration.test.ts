import { expect, test } from 'vitest';
import { anAuditedTenant } from './audited-tenant.fixture.ts';

test('an exemption with a slip in its name keeps nobody out, and the audit says so', async () => {
  const ida = { kind: 'ida', userPrincipalName: 'ida@contoso.com', inactiveDays: 160 };
  const bo = { kind: 'bo', userPrincipalName: 'bo@contoso.com', inactiveDays: 160 };
  const tenant = await anAuditedTenant({ users: 0, people: [ida, bo] });
  const entry = { reason: 'on leave', owner: 'Lee Park', until: '2999-12-31' };
  const exemptions = ['idda@contoso.com', 'bo@contoso.com'].map((account) => ({ account, ...entry }));
  const audited = await tenant.audit({ rules: { ...tenant.rules, exemptions } });
  expect(tenant.find(audited, 'ida')?.judgement.exemption).toBeNull();
  expect(tenant.find(audited, 'bo')?.judgement.exemption).toMatchObject(entry);
  expect(audited.quality.unmatchedExemptions).toEqual(['idda@contoso.com']);
});
