// For tests of what comes after the files were held against main: all of them stand as they are.
import type { StackFiles } from '../policy/files/stack-files.ts';
import { accountType, toAccountInputs } from './account/account-state.ts';
import type { MainBase } from './main-base.ts';
import { buildUrn, toResourceName } from './provider/resource-name.ts';
import type { TrustedStack } from './trusted-files.ts';

/** What is checked out is main's tip, and these are its commits. */
export function tipWith(...commits: string[]): Pick<MainBase, 'contained' | 'isRewound' | 'movedTo' | 'doubt'> {
  return { contained: new Set(commits), isRewound: false, movedTo: null, doubt: null };
}

export function trustAll(files: StackFiles): Pick<TrustedStack, 'files' | 'declared' | 'kept' | 'record'> {
  const declared = files.accounts.map(({ path, value }) => ({
    urn: buildUrn(files.stack, accountType, toResourceName(path)),
    inputs: toAccountInputs(value),
  }));
  return { files, declared, kept: new Set(), record: null };
}
