// The Pulumi program: the stack's files, checked, as resources. The same function for `dormant` and for plain `pulumi`.
import { runtime } from '@pulumi/pulumi/index.js';
import type { Identity } from '../graph/credential.ts';
import { checkStack } from '../policy/check/check.ts';
import { InvalidInput } from '../policy/errors.ts';
import { pipelineAccountsOf, type StackFiles } from '../policy/repository.ts';
import { accountInputs } from './account.ts';
import { declareAccount, declareNotice } from './declare.ts';
import { managerNotices } from './notice/notice.ts';
import { asksToHold, heldAccounts } from './on-premises/held.ts';
import { declareQuarantine } from './on-premises/quarantine.ts';
import { type OpenArguments, openToken } from './open.ts';
import { stackTenant } from './stack-tenant.ts';

export interface ProgramOptions {
  /** Absolute path of the repository's root, for the provider to read the same files. */
  repository: string;
  today: string;
  /** Who reads the accounts that are to be held in quarantine. Default: `apply`. */
  identity?: Identity;
  /** The provider tells of each request that it sends. */
  requestsOfProvider?: boolean;
  /** What this run must not do, as its plan has found. */
  restraint?: Restraint;
}

/** Known only once the plan is made, from the first run of the program: the second one keeps to it. */
export interface Restraint {
  /** false: above the caps nothing is taken. */
  mayTake: boolean;
  /** Object ids of those who do not join the quarantine. */
  notHeld: ReadonlySet<string>;
  /** The state is lost, so that everybody is taken to have been told. */
  isStateLost: boolean;
}

export function noRestraint(): Restraint {
  return { mayTake: true, notHeld: new Set(), isStateLost: false };
}

/** Declares nothing before every file has passed; throws `InvalidInput` with all problems. */
export async function declareStack(files: StackFiles, options: ProgramOptions): Promise<void> {
  const { repository, today, requestsOfProvider = false, restraint = noRestraint() } = options;
  requireSound(files, today);
  const held = (await heldIn(files, options)).filter((id) => !restraint.notHeld.has(id));
  const open: OpenArguments = {
    ...{ repository, stack: files.stack, today, requestsOfProvider },
    mayTake: restraint.mayTake,
  };
  await runtime.invoke(openToken, open);
  for (const { path, value } of files.accounts) declareAccount(resourceName(path), accountInputs(value));
  const accounts = files.accounts.map(({ path, value }) => ({ path, file: value }));
  for (const notice of managerNotices(accounts))
    declareNotice(notice, restraint.isStateLost ? notice.people.map(({ id }) => id) : []);
  const { quarantine: mode } = files.policy.value.onPremises;
  if (mode === 'off' || held.length === 0) return;
  declareQuarantine({ stack: files.stack, tenant: files.tenant.value, mode, members: held });
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
}

/** Object ids; empty without a request when nobody is to be held. */
async function heldIn(
  files: StackFiles,
  { repository, today, identity = 'apply' }: ProgramOptions,
): Promise<readonly string[]> {
  const asked = files.accounts.map(({ value }) => value).filter(asksToHold);
  if (files.policy.value.onPremises.quarantine === 'off' || asked.length === 0) return [];
  const { context } = stackTenant(files, { repository, today, identity });
  return heldAccounts(asked, context);
}

/** The file's name: chosen once and never renamed, so that a new userPrincipalName is an edit and not another person. */
function resourceName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.yaml$/, '');
}
