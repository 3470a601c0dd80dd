// For tests of what comes after the files were held against main: all of them stand as they are.
import type { StackFiles } from '../policy/files/stack-files.ts';
import { accountType, toAccountInputs } from './account/account-state.ts';
import { buildUrn, toResourceName } from './provider/resource-name.ts';
import type { TrustedStack } from './trusted-files.ts';

export function trustAll(files: StackFiles): Pick<TrustedStack, 'files' | 'declared' | 'kept'> {
  const declared = files.accounts.map(({ path, value }) => ({
    urn: buildUrn(files.stack, accountType, toResourceName(path)),
    inputs: toAccountInputs(value),
  }));
  return { files, declared, kept: new Set() };
}
