// Adds the manager to every account of the lists and the plan. An account whose manager cannot be read is left alone,
// because nobody would be notified of what follows.
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
