// Adds the manager to every account that somebody will look at. Whose manager nobody can tell is left alone, because nobody else
// would hear of what comes.
import { withDoubt } from './collect/take-once.ts';
import type { Sorting } from './sorting.ts';
import { readManagers } from './sources/managers.ts';
import type { TenantReader } from './sources/reader.ts';

export async function settleManagers(reader: TenantReader, sorting: Sorting): Promise<void> {
  const { inactive, managed } = sorting.sorted();
  const accounts = [...new Set([...inactive, ...managed.values()])].map(({ evidence }) => evidence);
  const managers = await readManagers(
    reader,
    accounts.map(({ id }) => id),
  );
  for (const evidence of accounts) {
    const manager = managers.get(evidence.id);
    if (manager === undefined) sorting.retake(withDoubt(evidence, 'manager'));
    else if (manager !== null) sorting.retake({ ...evidence, manager });
  }
}
