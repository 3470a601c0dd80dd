import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { addDays } from '../policy/evidence.ts';
import { applyStack } from '../stacks/run.ts';
import { today } from '../stacks/tenant/a-tenant-to-apply-to.ts';
import { aMergedRepository, type MergedRepository, told } from './a-merged-repository.ts';

/** Ana as an early audit saw her, blocked, shared and delicensed; her mailbox turns back after so many days. */
async function delicensed(flipBackAfterDays: number): Promise<MergedRepository> {
  const repository = await aMergedRepository([], [{ kind: 'ana', mailbox: { flipBackAfterDays } }]);
  await repository.merge('disable', ['ana']);
  await repository.apply();
  await repository.merge('delicense', ['ana']);
  expect(told(await repository.apply(), repository)).toEqual({ ana: ['licenses-changed'] });
  return repository;
}

/** As after half a year: the file leaves the program. */
async function archive({ folder, apply }: MergedRepository): Promise<void> {
  const git = (...args: string[]) => execa('git', args, { cwd: folder });
  const { stdout: path } = await git('ls-files', 'stacks/contoso/accounts');
  await mkdir(join(folder, 'stacks/contoso/archive'));
  await git('mv', path, path.replace('/accounts/', '/archive/'));
  await git('commit', '--quiet', '--message=archive');
  await apply();
}

test.each([
  ['in delicense', 21, async () => {}],
  ['in archive/', 210, archive],
] as const)(
  'a mailbox that flips back %s is in the next proposal with its day, and one merge saves it',
  async (_, flipsAfter, meanwhile) => {
    const repository = await delicensed(flipsAfter);
    const { emulator } = repository;
    await meanwhile(repository);
    const day = addDays(today, flipsAfter + 5);
    emulator.tenant.clock.set(`${day}T12:00:00Z`);

    const audited = await repository.audit(day);
    expect(audited.plan.moves).toMatchObject([
      {
        to: 'delicense',
        reason: 'mailbox-flipped-back',
        because: expect.stringContaining(`its mail is lost on ${addDays(today, flipsAfter + 30)}`),
      },
    ]);
    expect(await repository.mergePlan(audited)).toEqual([]);
    const merged = { ...(await repository.options()), today: addDays(day, 1) };
    expect(told(await applyStack(merged), repository)).toEqual({
      ana: ['licenses-changed', 'mailbox-shared'],
    });

    const later = addDays(day, 60);
    emulator.tenant.clock.set(`${later}T12:00:00Z`);
    expect(emulator.state('ana')).toMatchObject({
      accountEnabled: false,
      mailbox: { losses: [] },
      licenses: [{ skuPartNumber: 'SPE_E3' }],
    });
    const { plan } = await repository.audit(later);
    expect(plan.moves.filter(({ to }) => to !== 'archive')).toEqual([]);
  },
);
