// Whose files in archive/ have been there for as long as `privacy.eraseAfterDays` says. Pure.
import { addDays, type Day } from '../evidence.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import type { AccountFile } from '../schemas/account.ts';
import type { Policy } from '../schemas/policy.ts';
import type { SigningContext } from '../signing/account-past.ts';
import { type MainHistory, type MainSays, readErasureQuestions } from './read-question.ts';

export interface DueAccount extends Omit<MainSays, 'archivedAt'> {
  id: IdKey;
  /** Of archive/, as main has them. */
  files: readonly { path: string; file: AccountFile }[];
  /** The day on which main got the account into archive/. */
  since: Day;
}

export interface DueQuery extends MainHistory {
  /** The files of archive/ that can be read. */
  archived: readonly { path: string; file: AccountFile }[];
  /** The day on which main got each commit, by its place. */
  days: ReadonlyMap<number, Day>;
  today: Day;
}

/** Sorted by path; empty where the policy sets no days. Who has a file in accounts/, too, is in the plan, and not due. */
export function listDueAccounts(
  { archived, days, today, ...main }: DueQuery,
  { privacy }: Pick<Policy, 'privacy'>,
  context: SigningContext,
): DueAccount[] {
  const eraseAfterDays = privacy?.eraseAfterDays;
  if (eraseAfterDays === undefined) return [];
  const byId = Map.groupBy(archived, ({ file }) => foldId(file.account.id));
  const says = readErasureQuestions(new Set(byId.keys()), main, context);
  return [...says]
    .flatMap(([id, { archivedAt, ...question }]): DueAccount[] => {
      const since = archivedAt === null ? undefined : days.get(archivedAt);
      const isDue = since !== undefined && today >= addDays(since, eraseAfterDays);
      return isDue ? [{ id, files: byId.get(id) ?? [], since, ...question }] : [];
    })
    .sort((a, b) => (getPath(a) < getPath(b) ? -1 : 1));
}

function getPath({ files }: DueAccount): string {
  return files[0]?.path ?? '';
}
