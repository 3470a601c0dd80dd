import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { addDays } from '../policy/evidence.ts';
import { applyStack } from '../stacks/run-stack.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { aMergedRepository, listOutcomes, type MergedRepository } from './merged-repository.fixture.ts';

/** Ana, blocked, shared and delicensed after an early audit; her mailbox turns back after so many days. */
async function delicensed(flipBackAfterDays: number): Promise<MergedRepository> {
  const repository = await aMergedRepository([], [{ kind: 'ana', mailbox: { flipBackAfterDays } }]);
  await repository.merge('disable', ['ana']);
  await repository.apply();
  await repository.merge('delicense', ['ana']);
  expect(listOutcomes(await repository.apply(), repository)).toEqual({ ana: ['licenses-changed'] });
  return repository;
}

/** Moves the file to the archive, as happens after half a year. */
async function archive({ folder, apply }: MergedRepository): Promise<void> {
  const git = (...args: string[]) => execa('git', args, { cwd: folder });
  const { stdout: path } = await git('ls-files', 'stacks/contoso/accounts');
  await mkdir(join(folder, 'stacks/contoso/archive'));
  await git('mv', path, path.replace('/accounts/', '/archive/'));
  const who = ['-c', 'user.name=Ana Lind', '-c', 'user.email=ana@contoso.com'];
  await git(...who, 'commit', '--quiet', '--message=archive');
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
    const merged = { ...(await repository.buildOptions()), today: addDays(day, 1) };
    expect(listOutcomes(await applyStack(merged), repository)).toEqual({
      ana: ['licenses-changed', 'mailbox-shared'],
    });

    const later = addDays(day, 60);
    emulator.tenant.clock.set(`${later}T12:00:00Z`);
    expect(emulator.getState('ana')).toMatchObject({
      accountEnabled: false,
      mailbox: { losses: [] },
      licenses: [{ skuPartNumber: 'SPE_E3' }],
    });
    const { plan } = await repository.audit(later);
    expect(plan.moves.filter(({ to }) => to !== 'archive')).toEqual([]);
  },
);

test('a mailbox whose licence a dynamic group took with the block is saved in one merge, too', async () => {
  const everybody = {
    displayName: 'Everybody',
    membershipRule: 'user.accountEnabled -eq true',
    licenses: ['SPE_E3'] as const,
  };
  const ana = {
    kind: 'ana',
    licenses: [{ sku: 'SPE_E3' as const, group: 'Everybody' }],
    mailbox: { flipBackAfterDays: 21 },
  };
  const repository = await aMergedRepository([], [ana], {
    dynamicGroups: [everybody],
    switches: { membershipRules: 'shown' },
  });
  const { emulator } = repository;
  await repository.merge('disable', ['ana']);
  expect(listOutcomes(await repository.apply(), repository)).toEqual({
    ana: ['mailbox-shared', 'sign-in-blocked', 'sessions-revoked'],
  });
  const inherited = { skuPartNumber: 'SPE_E3', reason: 'inherited-from-group' as const };
  await repository.merge('delicense', ['ana'], (file) => ({
    ...file,
    desired: { ...file.desired, licenses: ['SPE_E3'] },
    savings: { ...file.savings, heldBack: [inherited] },
  }));
  await repository.apply();
  const day = addDays(today, 26);
  emulator.tenant.clock.set(`${day}T12:00:00Z`);
  const audited = await repository.audit(day);
  expect(audited.plan.moves).toMatchObject([{ to: 'delicense', reason: 'mailbox-flipped-back' }]);
  expect(await repository.mergePlan(audited)).toEqual([]);
  const merged = { ...(await repository.buildOptions()), today: addDays(day, 1) };
  expect(listOutcomes(await applyStack(merged), repository)).toEqual({
    ana: ['licenses-changed', 'mailbox-shared'],
  });
  emulator.tenant.clock.set(`${addDays(day, 60)}T12:00:00Z`);
  expect(emulator.getState('ana')).toMatchObject({ accountEnabled: false, mailbox: { losses: [] } });
});

test('a mailbox that flips back once more, after somebody has taken the licence that saved it, is saved once more', async () => {
  const repository = await delicensed(21);
  const { emulator } = repository;
  const save = async (days: number) => {
    const day = addDays(today, days);
    emulator.tenant.clock.set(`${day}T12:00:00Z`);
    await repository.ageState();
    const audited = await repository.audit(day);
    expect(audited.plan.moves).toMatchObject([{ to: 'delicense', reason: 'mailbox-flipped-back' }]);
    expect(await repository.mergePlan(audited)).toEqual([]);
    return listOutcomes(await applyStack({ ...(await repository.buildOptions()), today: day }), repository);
  };
  const saved = { ana: ['licenses-changed', 'mailbox-shared'] };
  expect(await save(26)).toEqual(saved);
  emulator.applyEvents('ana', { removeLicenses: ['SPE_E3'] });
  expect(await save(52)).toEqual(saved);
  expect(emulator.getState('ana')).toMatchObject({
    accountEnabled: false,
    licenses: [{ skuPartNumber: 'SPE_E3' }],
    mailbox: { losses: [] },
  });
});

test('one that flips back before its licence goes is shared again once new evidence is merged', async () => {
  const repository = await aMergedRepository([], [{ kind: 'ana', mailbox: { flipBackAfterDays: 5 } }]);
  const { emulator } = repository;
  await repository.merge('disable', ['ana']);
  await repository.apply();
  const day = addDays(today, 21);
  emulator.tenant.clock.set(`${day}T12:00:00Z`);
  const audited = await repository.audit(day);
  expect(audited.plan.moves).toMatchObject([{ to: 'disable', reason: 'evidence-renewed' }]);
  expect(await repository.mergePlan(audited)).toEqual([]);
  const merged = { ...(await repository.buildOptions()), today: day };
  expect(listOutcomes(await applyStack(merged), repository)).toEqual({ ana: ['mailbox-shared'] });
  expect(emulator.getState('ana').mailbox).toMatchObject({ type: 'SharedMailbox', losses: [] });
  expect(listOutcomes(await applyStack(merged), repository)).toEqual({});
});
