import { execa } from 'execa';
import { expect, test } from 'vitest';
import { aMergedRepository } from './merged-repository.fixture.ts';

// Microsoft's clock of a OneDrive counts from the day on which a merge took the last licence that carries it.

test('whose licence a merge has taken has the day of that merge; of whose somebody else took, nobody knows it', async () => {
  const repository = await aMergedRepository(['merged', 'waiting', 'other']);
  const { emulator } = repository;
  const commit = await repository.merge('delicense', ['merged', 'waiting']);
  for (const kind of ['merged', 'other'])
    emulator.applyEvents(kind, { accountEnabled: false, removeLicenses: ['SPE_E3'] });
  const { unlicensedOneDrives, inactive } = await repository.audit();
  expect(new Set(inactive.map(({ evidence }) => evidence.oneDrive.kind))).toEqual(new Set(['seen']));
  const found = [...unlicensedOneDrives].map(([id, day]) => [repository.findKind(id), day]);
  expect(found).toEqual([['merged', await dayOf(repository.folder, commit)]]);
});

async function dayOf(folder: string, commit: string): Promise<string> {
  const { stdout } = await execa('git', ['-C', folder, 'show', '--no-patch', '--format=%ct', commit]);
  return new Date(Number(stdout) * 1000).toISOString().slice(0, 10);
}
