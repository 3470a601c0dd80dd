// One account is in one file, in accounts/ or in archive/: two files of one account would fight over it. Pure.
import type { Problem } from '../errors.ts';
import { foldId, foldText, type IdKey } from '../identifiers.ts';
import { groupVersions } from '../signing/main-line.ts';
import { buildFileProblem, buildProblem, type FilesInput, type JudgedInput } from './input.ts';

export function checkDuplicateAccounts({ head }: FilesInput): Problem[] {
  const seen = new Map<IdKey, string>();
  return head.flatMap((parsed) => {
    const id = foldId(parsed.value.account.id);
    const other = seen.get(id);
    seen.set(id, other ?? parsed.path);
    if (other === undefined) return [];
    return [buildProblem(parsed, ['account', 'id'], 'duplicate-account', `account.id: ${id} is also in ${other}`)];
  });
}

/** The same with the archive, and in any spelling of a name. */
export function checkOneFile(input: JudgedInput): Problem[] {
  return [...checkArchivedIds(input), ...checkPaths(input)];
}

/** Pairs that the base branch has already are the next audit's to put right. */
function checkArchivedIds({ head, archive, main, signing }: JudgedInput): Problem[] {
  const known = new Set([...main.inForce.map(({ path }) => path), ...main.archive.keys()]);
  const texts = [...archive].map(([path, text]) => ({ path, text, at: 0 }));
  const archived = groupVersions(texts, new Set(head.map(({ value }) => foldId(value.account.id))));
  return head.flatMap((parsed) => {
    const id = foldId(parsed.value.account.id);
    const isAbout = (text: string | null) => text !== null && foldId(signing.read(text)?.account.id ?? '') === id;
    const other = archived
      .get(id)
      ?.find(({ path, text }) => isAbout(text) && !(known.has(path) && known.has(parsed.path)));
    if (other === undefined) return [];
    const message = `account.id: ${id} is also in ${other.path}; an account is in one file, so one of them goes`;
    return [buildProblem(parsed, ['account', 'id'], 'duplicate-account', message)];
  });
}

/** On a disk that does not tell upper case from lower, one of the two would take the place of the other. */
function checkPaths({ head, archive }: JudgedInput): Problem[] {
  const seen = new Map<string, string>();
  return [...head.map(({ path }) => path), ...archive.keys()].flatMap((path) => {
    const folded = foldText(path.normalize('NFC'));
    const other = seen.get(folded);
    seen.set(folded, other ?? path);
    if (other === undefined) return [];
    return [buildFileProblem(path, 'duplicate-account', `differs from ${other} by upper and lower case only`)];
  });
}
