// The Pulumi program: the stack's files, checked, as resources. The same function for `dormant` and for plain `pulumi`.
import { runtime } from '@pulumi/pulumi/index.js';
import { checkStack } from '../policy/check/check.ts';
import { DormantError, InvalidInput } from '../policy/errors.ts';
import { pipelineAccountsOf, type StackFiles } from '../policy/repository.ts';
import { accountInputs, declareAccount } from './account.ts';
import { declareNotice } from './manager-notice.ts';
import { managerNotices } from './notice/notice.ts';
import { openToken } from './provider/m365.ts';

export interface ProgramOptions {
  /** Absolute path of the repository's root, for the provider to read the same files. */
  repository: string;
  today: string;
}

/** Declares nothing before every file has passed; throws `InvalidInput` with all problems. */
export async function declareStack(files: StackFiles, { repository, today }: ProgramOptions): Promise<void> {
  requireSound(files, today);
  await runtime.invoke(openToken, { repository, stack: files.stack, today });
  for (const { path, value } of files.accounts) declareAccount(resourceName(path), accountInputs(value));
  const accounts = files.accounts.map(({ path, value }) => ({ path, file: value }));
  for (const notice of managerNotices(accounts)) declareNotice(notice);
}

/**
 * The rules of the pull request's check that need no base branch: the stages were compared when they were reviewed, and a
 * push that went round the review must still not act on files that contradict themselves.
 */
export function requireSound(files: StackFiles, today: string): void {
  const problems = checkStack({
    stack: files.stack,
    today,
    policy: files.policy.value,
    pipelineAccounts: pipelineAccountsOf(files.tenant.value, files.policy.value),
    base: new Map(
      files.accounts.map(({ path, value }) => [path, { file: value, since: value.evidence.auditedOn }]),
    ),
    head: files.accounts,
    exemptions: files.exemptions,
  });
  if (problems.length > 0) throw new InvalidInput(problems);
  requireNoQuarantine(files);
}

/** Said aloud instead of ignored: whoever asks for it must not believe that synced accounts are held. */
function requireNoQuarantine({ policy }: StackFiles): void {
  const { quarantine } = policy.value.onPremises;
  if (quarantine === 'off') return;
  throw new DormantError('no-quarantine', `onPremises.quarantine: ${quarantine} is not built yet.`, {
    exitCode: 2,
    where: policy.path,
    remedy: 'Set it to off, and block synced accounts in Active Directory: on-premises.csv names them.',
  });
}

/** The file's name: chosen once and never renamed, so that a new userPrincipalName is an edit and not another person. */
function resourceName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.yaml$/, '');
}
