// Adds the manager to every account that somebody will look at. Whose manager nobody can tell is left alone, because nobody else
// would hear of what comes.
import { addDoubt } from './collect/deduplicate-accounts.ts';
import type { AccountSorter } from './judge-accounts.ts';
import { readManagers } from './sources/managers.ts';
import type { AuditReader } from './sources/reader.ts';

export async function resolveManagers(reader: AuditReader, sorter: AccountSorter): Promise<void> {
  const { inactive, managed } = sorter.getSorted();
  const accounts = [...new Set([...inactive, ...managed.values()])].map(({ evidence }) => evidence);
  const managers = await readManagers(
    reader,
    accounts.map(({ id }) => id),
  );
  for (const evidence of accounts) {
    const manager = managers.get(evidence.id);
    if (manager === undefined) sorter.judgeAgain(addDoubt(evidence, 'manager'));
    else if (manager !== null) sorter.judgeAgain({ ...evidence, manager });
  }
}
