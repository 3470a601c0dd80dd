// The engine holds its lock for one update at a time, so another run can come between two of them.
import { expect, test } from 'vitest';
import { applyOvertaken, once } from './apply-overlapping.fixture.ts';
import { aMergedRepository } from './merged-repository.fixture.ts';

test('a run that another one overtakes before its first write does nothing a second time, and says that there may be more to do', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.merge('notify', ['ana']);
  await repository.apply();
  await repository.merge('disable', ['ana']);
  const before = repository.writes().length;
  const { accounts } = await applyOvertaken(repository, 2);
  expect(accounts.map(({ report }) => report.failure?.remedy)).toEqual(['Run the apply again.']);
  expect(repository.writes().slice(before)).toEqual(once);
  expect(await repository.apply()).toMatchObject({ accounts: [], mails: [] });
});

test('a run that another one overtakes before its first note changes nothing, and says why', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.merge('notify', ['ana']);
  await repository.apply();
  await repository.merge('disable', ['ana']);
  const before = repository.writes().length;
  await expect(applyOvertaken(repository, 1)).rejects.toMatchObject({ code: 'overtaken' });
  expect(repository.writes().slice(before)).toEqual(once);
  expect(await repository.apply()).toMatchObject({ accounts: [], mails: [] });
});
