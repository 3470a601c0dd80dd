// Every code of an error or of a problem in a file: when it comes, and what to do. docs/reference/errors.md is made from it.
// Microsoft's, GitHub's and git's own codes are none of these: they stand in fields or messages. Why the apply leaves an account alone
// (guard.ts), why a licence stays and why an account is judged as it is are vocabularies of their own.
import { applyCodes } from './error-codes/apply.ts';
import { bootstrapCodes } from './error-codes/bootstrap.ts';
import { commandLineCodes } from './error-codes/command-line.ts';
import { engineCodes } from './error-codes/engine.ts';
import { fileCodes } from './error-codes/files.ts';
import { gitCodes } from './error-codes/git.ts';
import type { ErrorMeaning } from './error-codes/meaning.ts';
import { recordCodes } from './error-codes/records.ts';
import { reviewCodes } from './error-codes/review.ts';
import { tenantCodes } from './error-codes/tenant.ts';
import { toolCodes } from './error-codes/tools.ts';

export const errorCodes = {
  ...commandLineCodes,
  ...fileCodes,
  ...reviewCodes,
  ...gitCodes,
  ...tenantCodes,
  ...applyCodes,
  ...engineCodes,
  ...recordCodes,
  ...bootstrapCodes,
  ...toolCodes,
};

export type ErrorCode = keyof typeof errorCodes;

/** The same codes as a reader looks for them: each in the one place where it comes from most. */
export const errorSections: readonly (readonly [title: string, codes: Record<string, ErrorMeaning>])[] = [
  ['Commands', commandLineCodes],
  ['Files of the repository', fileCodes],
  ['The check of a pull request', reviewCodes],
  ['git and GitHub', gitCodes],
  ['Signing in and reading the tenant', tenantCodes],
  ['The apply, account by account', applyCodes],
  ['The engine and its state', engineCodes],
  ['Records', recordCodes],
  ['The bootstrap', bootstrapCodes],
  ['Tools for developers', toolCodes],
];
