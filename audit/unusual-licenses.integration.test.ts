import type { PersonInput } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import type { Evidence } from '../policy/evidence.ts';
import type { SavingsOutlook } from '../policy/judge/savings.ts';
import { buildNewAccountFile } from '../policy/plan/build-account-file.ts';
import { type AuditedTenant, anAuditedTenant, sharedTenant } from './audited-tenant.fixture.ts';
import type { JudgedTenant } from './judge-tenant.ts';

const shared = sharedTenant({ users: 200 });
let once: Promise<JudgedTenant> | undefined;

async function judgedIn({ find }: AuditedTenant, audited: JudgedTenant, kind: string) {
  const judged = find(audited, kind);
  if (judged === undefined) throw new Error(`${kind} is on no list`);
  return judged;
}

/** What the audit makes of somebody of the catalogue: what they hold, what of it stays and why, and the file. */
async function found(kind: string) {
  const tenant = shared();
  once ??= tenant.audit();
  const audited = await once;
  const judged = await judgedIn(tenant, audited, kind);
  return {
    ...judged,
    outlook: judged.judgement.savings,
    file: buildNewAccountFile(judged, tenant.rules, audited.run),
  };
}

const names = (licenses: Evidence['licenses']) => licenses.map(({ skuPartNumber }) => skuPartNumber);
const reclaimedNames = ({ reclaimable }: SavingsOutlook) => names(reclaimable.map(({ license }) => license));

test.each([
  ['licenseExclusive', 'SPE_E3', 'STANDARDPACK', 'MutuallyExclusiveViolation'],
  ['inactiveLicenseError', 'ENTERPRISEPACK', 'VISIOCLIENT', 'CountViolation'],
])('of %s the licence in error is named with its error, and is neither held nor money', async (...row) => {
  const [kind, heldPartNumber, skuPartNumber, error] = row;
  const { evidence, file, outlook } = await found(kind);
  expect(names(evidence.licenses)).toEqual([heldPartNumber]);
  expect(evidence.incomplete).toEqual([]);
  expect(reclaimedNames(outlook)).toEqual([heldPartNumber]);
  expect(outlook.heldBackMonthly).toBe(0);
  expect(outlook.monthly).toBe(outlook.cost);
  expect(outlook.cost).toBeGreaterThan(0);
  expect(file.restore.licenses.map((license) => license.skuPartNumber)).toEqual([heldPartNumber]);
  expect(file.savings.heldBack).toContainEqual({ skuPartNumber, reason: 'in-error', error });
});

test('a licence that works although something of it is in error is held as any other', async () => {
  const { evidence, outlook } = await found('licenseActiveWithError');
  expect(names(evidence.licenses).sort()).toEqual(['SPE_E3', 'VISIOCLIENT']);
  expect(outlook.inError).toEqual([]);
});

test('a licence of which nobody knows how it came stays, and the other one goes', async () => {
  const { evidence, outlook, file } = await found('licenseWithoutState');
  expect(names(evidence.licenses).sort()).toEqual(['PROJECTPROFESSIONAL', 'SPE_E3']);
  expect(reclaimedNames(outlook)).toEqual(['SPE_E3']);
  expect(file.savings.heldBack).toEqual([{ skuPartNumber: 'PROJECTPROFESSIONAL', reason: 'without-assignment' }]);
});

test('a product that the tenant lists no longer stays, and the other one goes', async () => {
  const { outlook, file } = await found('licenseUnlisted');
  expect(reclaimedNames(outlook)).toEqual(['SPE_E3']);
  expect(file.savings.heldBack).toEqual([{ skuPartNumber: 'ENTERPRISEWITHSCAL', reason: 'product-unknown' }]);
});

test('several odd licences of one person stay each for its own reason', async () => {
  const olga: PersonInput = {
    kind: 'olga',
    inactiveDays: 150,
    oneDrive: { sizeMb: 40 },
    licenses: [
      'SPE_E3',
      'ENTERPRISEWITHSCAL',
      { sku: 'PROJECTPROFESSIONAL', withoutState: true },
      { sku: 'VISIOCLIENT', withoutState: true },
      { sku: 'STANDARDPACK', state: 'Error', error: 'DependencyViolation' },
      { sku: 'POWER_BI_PRO', state: 'Error', error: 'CountViolation' },
    ],
  };
  const tenant = await anAuditedTenant({ users: 0, people: [olga] });
  const audited = await tenant.audit();
  const { savings, restore } = buildNewAccountFile(await judgedIn(tenant, audited, 'olga'), tenant.rules, audited.run);
  expect(savings.heldBack).toEqual([
    { skuPartNumber: 'ENTERPRISEWITHSCAL', reason: 'product-unknown' },
    { skuPartNumber: 'PROJECTPROFESSIONAL', reason: 'without-assignment' },
    { skuPartNumber: 'VISIOCLIENT', reason: 'without-assignment' },
    { skuPartNumber: 'STANDARDPACK', reason: 'in-error', error: 'DependencyViolation' },
    { skuPartNumber: 'POWER_BI_PRO', reason: 'in-error', error: 'CountViolation' },
  ]);
  expect(restore.licenses).toHaveLength(4);
});

test('a product that the tenant writes with a space of no width has the name that people can type, shown or not', async () => {
  const gesa: PersonInput = { kind: 'gesa', inactiveDays: 150, licenses: ['CPC_E_2C_4GB_64GB', 'SPE_E3'] };
  const tenant = await anAuditedTenant({ users: 0, people: [gesa] });
  const readNames = async () => {
    const judged = await judgedIn(tenant, await tenant.audit(), 'gesa');
    return names(judged.evidence.licenses).sort();
  };
  expect(await readNames()).toEqual(['CPC_E_2C_4GB_64GB', 'SPE_E3']);
  tenant.emulator.faults.add({ kind: 'status', status: 403, path: '/subscribedSkus' });
  expect(await readNames()).toEqual(['CPC_E_2C_4GB_64GB', 'SPE_E3']);
});
