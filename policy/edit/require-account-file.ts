// From what a person calls an account (userPrincipalName, object id, file) to its file. Pure.
import { DormantError } from '../errors.ts';
import type { StackFiles } from '../files/stack-files.ts';
import { foldText } from '../identifiers.ts';
import type { AccountFile } from '../schemas/account.ts';
import type { ParsedYaml } from '../yaml/parse-yaml.ts';

/** Throws `no-such-account` (exit code 2) if none of the stack's files is about it. */
export function requireAccountFile(
  { stack, accounts }: Pick<StackFiles, 'stack' | 'accounts'>,
  name: string,
): ParsedYaml<AccountFile> {
  const found = accounts.find((file) => isNamed(file, name));
  if (found) return found;
  throw createNoSuchAccountError(stack, name);
}

export function createNoSuchAccountError(stack: string, name: string): DormantError {
  return new DormantError('no-such-account', `No account file of ${stack} is about ${name}.`, {
    exitCode: 2,
    where: `stacks/${stack}/accounts/`,
    remedy: 'Name it by its userPrincipalName, its object id or its file.',
  });
}

export function isNamed({ path, value }: Pick<ParsedYaml<AccountFile>, 'path' | 'value'>, name: string): boolean {
  const wanted = foldText(name);
  const file = path.slice(path.lastIndexOf('/') + 1);
  const names = [value.account.userPrincipalName, value.account.id, path, file, file.replace(/\.yaml$/, '')];
  return names.some((one) => foldText(one) === wanted);
}
