// A file of archive/ goes only as the audit proposes it: it may be all that says what somebody could be given back. Pure.

import { findErasureObstacle } from '../erasure/find-obstacle.ts';
import { listDueAccounts } from '../erasure/list-due.ts';
import { readErasureQuestions } from '../erasure/read-question.ts';
import type { Problem } from '../errors.ts';
import { foldId } from '../identifiers.ts';
import type { AccountFile } from '../schemas/account.ts';
import { buildFileProblem, type JudgedInput } from './input.ts';

/**
 * Whether its account is gone or has back what was taken was for the audit to see, in the tenant. A file that comes back into
 * accounts/, or whose account has another, is not erased; one by which nothing was taken may go.
 */
export function checkErased(input: JudgedInput): Problem[] {
  const { main, archive, erasedByPipeline, policy } = input;
  const gone = [...main.archive].filter(([path]) => !archive.has(path) && main.knownPaths.has(path));
  if (gone.length === 0) return [];
  const due = listDuePaths(input);
  const isAllowed = (path: string) => due.has(path) && erasedByPipeline.has(path);
  return selectErased(gone, input)
    .filter((path) => !isAllowed(path))
    .map((path) => buildFileProblem(path, 'archive-taken-out', describeProblem(policy.privacy?.eraseAfterDays)));
}

function listDuePaths({ main, policy, signing, today, giveBackTexts }: JudgedInput): Set<string> {
  const archived = [...main.archive].flatMap(([path, text]) => {
    const file = signing.read(text);
    return file === null ? [] : [{ path, file }];
  });
  const days = main.lineRules?.days ?? new Map();
  const texts = new Map([...main.giveBacks, ...giveBackTexts]);
  const query = { archived, versions: main.versions, giveBackTexts: texts, days, today };
  const due = listDueAccounts(query, policy, signing).filter(
    (account) => findErasureObstacle({ ...account, isInState: null, tenant: { kind: 'gone' }, today }) === null,
  );
  return new Set(due.flatMap(({ files }) => files.map(({ path }) => path)));
}

/** Paths of files whose account is nowhere any more, and by which something may have been taken. */
function selectErased(gone: readonly [string, string][], { head, archive, main, signing }: JudgedInput): string[] {
  const readId = (text: string) => toId(signing.read(text));
  const here = new Set([
    ...head.map(({ value }) => foldId(value.account.id)),
    ...[...archive.values()].flatMap((text) => readId(text) ?? []),
  ]);
  const ids = new Set(gone.flatMap(([, text]) => readId(text) ?? []));
  const says = readErasureQuestions(ids, { versions: main.versions, giveBackTexts: new Map() }, signing);
  return gone.flatMap(([path, text]) => {
    const id = readId(text);
    const isHarmless = id !== null && (here.has(id) || says.get(id)?.wasTaken === false);
    return isHarmless ? [] : [path];
  });
}

function toId(file: AccountFile | null) {
  return file === null ? null : foldId(file.account.id);
}

function describeProblem(eraseAfterDays: number | undefined): string {
  const when =
    eraseAfterDays === undefined
      ? 'once the policy of the base branch has privacy.eraseAfterDays'
      : `${eraseAfterDays} days after it came there`;
  return `is taken out of the archive, which may be all that says what its account could be given back: put it back. The audit takes it out ${when}, if the account is gone from the tenant or has back what was taken`;
}
