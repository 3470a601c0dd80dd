// Account files by department or manager, as a person writes them; an unknown name gets suggestions. Pure.
import { DormantError } from '../errors.ts';
import { foldText } from '../identifiers.ts';
import type { AccountFile } from '../schemas/account.ts';
import { formatList } from '../words/labels.ts';
import type { ParsedYaml } from '../yaml/parse-yaml.ts';
import { suggestNames } from './suggest-names.ts';

type Files = readonly ParsedYaml<AccountFile>[];

/** Throws `release-whom` (exit code 2) for names together with a department or a manager. */
export function requireChoice(query: { names: readonly string[]; department?: string; manager?: string }): void {
  const isBoth = query.names.length > 0 && (query.department ?? query.manager) !== undefined;
  if (!isBoth) return;
  throw new DormantError('release-whom', 'Accounts are given by name, or by department and manager, not both.', {
    exitCode: 2,
    remedy: 'Leave one of the two out.',
  });
}

/** All files if no department is given. Throws `no-such-department` (exit code 2). */
export function selectByDepartment(stack: string, files: Files, department: string | undefined): Files {
  if (department === undefined) return files;
  const found = files.filter(({ value }) => isSame(value.account.department, department));
  if (found.length > 0) return found;
  const departments = sortDistinct(files.flatMap(({ value }) => value.account.department ?? []));
  throw createMissingError(stack, 'department', { name: department, known: departments });
}

/** By display name or mail. Throws `no-such-manager` (exit code 2), also if several managers have the name. */
export function selectByManager(stack: string, files: Files, manager: string | undefined): Files {
  if (manager === undefined) return files;
  const found = files.filter(({ value: { account } }) =>
    [account.manager?.displayName, account.manager?.mail].some((name) => isSame(name, manager)),
  );
  if (found.length === 0) {
    const managers = sortDistinct(files.flatMap(({ value }) => value.account.manager?.displayName ?? []));
    throw createMissingError(stack, 'manager', { name: manager, known: managers });
  }
  const mails = sortDistinct(found.map(({ value }) => foldText(value.account.manager?.mail ?? 'no mail')));
  if (mails.length === 1) return found;
  throw new DormantError('no-such-manager', `${mails.length} managers are called ${manager}.`, {
    exitCode: 2,
    where: `stacks/${stack}/accounts/`,
    remedy: `Give the mail address: ${formatList(mails, 'or')}.`,
  });
}

function createMissingError(
  stack: string,
  what: 'department' | 'manager',
  { name, known }: { name: string; known: readonly string[] },
): DormantError {
  return new DormantError(missingCodes[what], `No account file of ${stack} has the ${what} "${name}".`, {
    exitCode: 2,
    where: `stacks/${stack}/accounts/`,
    remedy: suggestNames(name, known),
  });
}

/** Written out, so that a search for a code finds it. */
const missingCodes = { department: 'no-such-department', manager: 'no-such-manager' } as const;

function isSame(one: string | null | undefined, other: string): boolean {
  return typeof one === 'string' && foldText(one.trim()) === foldText(other.trim());
}

function sortDistinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
