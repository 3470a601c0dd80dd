import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { IDENTITY_ROLES } from '@dormant-m365/emulator/tenant';
import { expect, test } from 'vitest';
import { viewAudit } from '../audit/audit-view.ts';
import { countMerge } from '../audit/summary/totals.ts';
import { listGrantedRights } from '../bootstrap/granted.ts';
import { addDays } from '../policy/evidence.ts';
import type { AccountFile } from '../policy/schemas/account.ts';
import { summariseChanges } from '../stacks/record/summarise-changes.ts';
import { applyStack, previewStack, type StackOutcome } from '../stacks/run-stack.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { aMergedRepository, type MergedRepository } from './merged-repository.fixture.ts';

// The pull request, the preview and the apply have the same sums.

/** Writes main's files as the merge of the proposal does. */
async function mergeAll({ folder, commitAll }: MergedRepository, files: ReadonlyMap<string, string | null>) {
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await (text === null ? rm(join(folder, path)) : writeFile(join(folder, path), text));
  }
  await commitAll('proposal');
}

async function sumsOf(outcome: StackOutcome, { buildOptions }: MergedRepository) {
  const {
    disabled,
    shared = [],
    delicensed,
    refused,
    failed,
  } = summariseChanges(outcome, (await buildOptions()).files);
  const unlicensed = delicensed.filter(({ removed }) => removed.length > 0);
  return {
    blocked: disabled.length,
    shared: shared.length,
    unlicensed: unlicensed.length,
    monthly: Math.round(unlicensed.reduce((sum, { monthly }) => sum + monthly * 100, 0)) / 100,
    withBlock: disabled.flatMap(({ withBlock }) => withBlock?.monthly ?? []),
    refused: refused.map(({ because }) => because),
    failed: failed.map(({ because }) => because),
  };
}

/** By an audit of the week before last: the time in a stage counts from it. */
function auditEarlier(file: AccountFile): AccountFile {
  const days = { auditedOn: addDays(today, -9), reportRefreshDate: addDays(today, -11) };
  return { ...file, evidence: { ...file.evidence, ...days } };
}

test('pull request, preview and apply have the same sums, no matter who is in them', {
  timeout: 600_000,
}, async () => {
  const reviewed = ['plain', 'off', 'second', 'alone'];
  const disabled = ['done', 'grouped', 'archived', 'unpriced'];
  const repository = await aMergedRepository(
    ['plain', 'second', 'done'],
    [
      { kind: 'off', accountEnabled: false },
      { kind: 'alone', accountEnabled: false, mailbox: null },
      { kind: 'synced', synced: true },
      { kind: 'grouped', licenses: [{ sku: 'SPE_E3', group: true }, 'POWER_BI_PRO'] },
      { kind: 'later', licenses: ['SPE_E3', 'POWER_BI_PRO'] },
      { kind: 'archived', mailbox: { archive: true } },
      { kind: 'unpriced', licenses: ['FLOW_FREE'] },
    ],
  );
  await repository.merge('review', [...reviewed, 'synced'], auditEarlier);
  await repository.merge('disable', disabled, auditEarlier);
  // Long ago, and after the file was written.
  const isLate = ({ skuPartNumber }: { skuPartNumber: string }) => skuPartNumber === 'POWER_BI_PRO';
  await repository.merge('disable', ['later'], (file) => ({
    ...auditEarlier(file),
    desired: { ...file.desired, licenses: ['SPE_E3'] },
    restore: { ...file.restore, licenses: file.restore.licenses.filter((license) => !isLate(license)) },
  }));
  await repository.apply();

  const result = await repository.audit();
  const { blocked, shared, unlicensed, monthly } = countMerge(viewAudit(result));
  const wanted = { blocked, shared, unlicensed, monthly, withBlock: [], refused: [], failed: [] };
  expect(wanted).toMatchObject({ blocked: 2, shared: 1, unlicensed: 4, monthly: 81.99 });
  await mergeAll(repository, result.plan.files);
  const run = await repository.buildOptions();
  expect(await sumsOf(await previewStack(run), repository)).toEqual(wanted);
  expect(await sumsOf(await applyStack(run), repository)).toEqual(wanted);
});

test('they are the same where licences go by leaving a group, and where a dynamic group takes them with the block', {
  timeout: 600_000,
}, async () => {
  const office = { displayName: 'Licensing: Office', licenses: ['SPE_E3' as const, 'POWER_BI_PRO' as const] };
  const membershipRule = '(user.accountEnabled -eq true)';
  const repository = await aMergedRepository(
    [],
    [
      { kind: 'member', licenses: ['SPE_E3'], groups: [office.displayName] },
      { kind: 'ruled', licenses: [{ sku: 'SPE_E3', group: 'Everybody' }, 'POWER_BI_PRO'] },
    ],
    {
      groups: [office],
      dynamicGroups: [{ displayName: 'Everybody', membershipRule, licenses: ['SPE_E3'] }],
      identities: {
        apply: {
          appRoles: [...IDENTITY_ROLES.apply, 'GroupMember.ReadWrite.All', 'Directory.Read.All'],
          exchangeCmdlets: listGrantedRights('apply', 'exchange').exchangeCmdlets,
        },
      },
    },
  );
  await repository.setPolicy({
    licenses: { groups: [{ name: office.displayName, givesMore: 'accepted' }] },
    limits: { shareOfTenant: 1 },
  });
  await repository.merge('disable', ['member'], auditEarlier);
  await repository.merge('review', ['ruled'], auditEarlier);
  await repository.apply();

  const result = await repository.audit();
  const { blocked, shared, unlicensed, monthly, withBlock } = countMerge(viewAudit(result));
  expect({ blocked, unlicensed, monthly, withBlock }).toEqual({
    ...{ blocked: 1, unlicensed: 1, monthly: 45.99, withBlock: { accounts: 1, monthly: 36 } },
  });
  await mergeAll(repository, result.plan.files);
  const run = await repository.buildOptions();
  const wanted = { blocked, shared, unlicensed, monthly, withBlock: [36], refused: [], failed: [] };
  expect(await sumsOf(await previewStack(run), repository)).toEqual(wanted);
  const applied = await applyStack(run);
  expect(await sumsOf(applied, repository)).toEqual(wanted);
  const steps = applied.accounts.flatMap(({ report }) => report.done.map(({ step, group }) => [step, group]));
  expect(steps).toContainEqual(['group-left', office.displayName]);
  expect(repository.emulator.getState('member').licenses).toEqual([]);
  expect(repository.emulator.getState('ruled').licenses).toHaveLength(1);
});
