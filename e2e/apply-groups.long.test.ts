import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { countSteps, killAtStep } from './kill-apply.fixture.ts';
import {
  aGroupCompany,
  delicenseEverybody,
  type GroupCompany,
  kinds,
  mergeDelicensing,
} from './licence-groups.fixture.ts';
import { stack } from './merged-repository.fixture.ts';

const dormant = join(import.meta.dirname, '../cli/dormant.ts');

async function restore({ folder, findPath, commitAll }: GroupCompany): Promise<void> {
  for (const kind of kinds)
    await execa(process.execPath, [
      dormant,
      'restore',
      stack,
      findPath(kind),
      '--in-file',
      '--reason',
      'missed',
      '--repo',
      folder,
    ]);
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

test('an apply that is killed at any step of leaving groups leaves nothing that the next one does not finish', {
  timeout: 3_600_000,
}, async () => {
  const begin = async () => {
    const company = await aGroupCompany();
    await mergeDelicensing(company);
    return company;
  };
  const clean = await begin();
  const count = await countSteps({ emulator: clean.emulator, apply: clean.applyNow });
  expect(count).toBeGreaterThanOrEqual(6);
  const wanted = clean.readAccounts();
  for (let step = 1; step <= count; step += 1) {
    const company = await begin();
    await killAtStep(company, step, company.getDay());
    expect(await company.applyNow()).toMatchObject({ refusedFiles: [] });
    expect({ step, ...company.readAccounts() }).toEqual({ step, ...wanted });
  }
});

test('so it is for one that is killed at any step of joining them again', { timeout: 3_600_000 }, async () => {
  const begin = async () => {
    const company = await aGroupCompany();
    const before = company.readAccounts();
    await delicenseEverybody(company);
    await restore(company);
    return { company, before };
  };
  const { company: clean } = await begin();
  const count = await countSteps({ emulator: clean.emulator, apply: clean.applyNow });
  expect(count).toBeGreaterThanOrEqual(6);
  for (let step = 1; step <= count; step += 1) {
    const { company, before } = await begin();
    await killAtStep(company, step, company.getDay());
    expect(await company.applyNow()).toMatchObject({ refusedFiles: [] });
    expect({ step, ...company.readAccounts() }).toEqual({ step, ...before });
  }
});
