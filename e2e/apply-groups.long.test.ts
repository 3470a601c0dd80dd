import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { aGroupCompany, delicenseEverybody, type GroupCompany, kinds } from './licence-groups.fixture.ts';
import { stack } from './merged-repository.fixture.ts';

const dormant = join(import.meta.dirname, '../cli/dormant.ts');

async function restore({ folder, findPath, commitAll }: GroupCompany): Promise<void> {
  for (const kind of kinds)
    await execa(process.execPath, [dormant, 'restore', stack, findPath(kind), '--reason', 'missed', '--repo', folder]);
  await commitAll('restore');
}

async function keep({ forge }: GroupCompany): Promise<void> {
  for (const kind of kinds)
    await forge(kind, (text) => text.replace(/^stage: delicense.*$/m, 'stage: keep\nreason: is on leave'));
}

test.each<[string, (company: GroupCompany) => Promise<void>]>([
  ['dormant restore', restore],
  ['a reviewer’s keep', keep],
])('%s gives every membership and licence back, with mailbox and sign-in', async (_, giveBack) => {
  const company = await aGroupCompany();
  const before = company.readAccounts();
  await delicenseEverybody(company);
  expect(company.readAccounts()).not.toEqual(before);
  await giveBack(company);
  expect(await company.applyNow()).toMatchObject({ refusedFiles: [] });
  expect(company.readAccounts()).toEqual(before);
});
