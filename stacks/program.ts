// The Pulumi program: checks the stack's files and declares them. The same for `dormant` and for plain `pulumi`.
import { runtime } from '@pulumi/pulumi/index.js';
import type { Identity } from '../graph/credential.ts';
import { checkFiles } from '../policy/check/check.ts';
import { DormantError, InvalidInput } from '../policy/errors.ts';
import type { Day } from '../policy/evidence.ts';
import type { StackFiles } from '../policy/files/stack-files.ts';
import type { IdKey } from '../policy/identifiers.ts';
import type { AccountInputs } from './account/account-state.ts';
import { groupGiveBackNotices } from './notice/give-back-notice.ts';
import { findHrNotice, hrNoticeName } from './notice/hr-notice.ts';
import { hrNoticeType } from './notice/hr-notice-state.ts';
import { buildNoticeName, groupManagerNotices, type ManagerNotice } from './notice/manager-notice.ts';
import { noticeType } from './notice/manager-notice-state.ts';
import { declareQuarantine, takeOverQuarantine } from './on-premises/quarantine.ts';
import { type QuarantineMembers, readQuarantineMembers, shouldQuarantine } from './on-premises/quarantine-members.ts';
import { type ResolvedQuarantine, resolveQuarantine } from './on-premises/resolve-quarantine.ts';
import { type OpenArguments, openToken } from './open-arguments.ts';
import { declareAccount, declareHrNotice, declareNotice, declareSigningRecord } from './provider/declare.ts';
import { buildUrn, getNameOfUrn } from './provider/resource-name.ts';
import type { LoggedRun } from './record/apply-log.ts';
import type { Restraint } from './restraint.ts';
import { signingRecordName, signingRecordType } from './signing-record-state.ts';
import { connectStackTenant } from './stack-tenant.ts';
import type { TrustedStack } from './trusted-files.ts';

interface ProgramOptions {
  /** Absolute path of the repository's root, for the provider to read the same files. */
  repository: string;
  env: NodeJS.ProcessEnv;
  today: string;
  /** Who reads the accounts that may be quarantined. Default: `apply`. */
  identity?: Identity;
  /** The provider reports each request that it sends. */
  requestsOfProvider?: boolean;
  /** The UTC day on which each account file's stage began, by path, for the dates in notices. */
  since?: ReadonlyMap<string, Day>;
  /** For the provider's lines in apply.jsonl. */
  loggedRun: LoggedRun;
  /** What this run must not do, as its plan found. */
  restraint: Restraint;
}

/** Declares nothing until every file has passed; throws `InvalidInput` with all problems. */
export async function declareStack(
  { files, declared }: Pick<TrustedStack, 'files' | 'declared'>,
  options: ProgramOptions,
): Promise<void> {
  const { repository, today, requestsOfProvider = false, restraint, loggedRun } = options;
  const { part } = restraint;
  // A run in parts has checked its files already.
  if (part === null) requireConsistentFiles(files, today);
  const hasQuarantine = part === null || part.hasQuarantine;
  const members = hasQuarantine ? await readDeclaredMembers(files, options) : [];
  const open: OpenArguments = {
    ...{ repository, stack: files.stack, today, requestsOfProvider, part: part?.name ?? 'all' },
    mayTake: restraint.mayTake,
    appliedCommit: restraint.appliedCommit,
    startsAt: restraint.startsAt,
    loggedRun,
    // The embedded tenant's clock starts on the day it is given.
    startedAt: files.tenant.value.cloud === 'emulator' ? `${today}T00:00:00Z` : new Date().toISOString(),
  };
  await runtime.invoke(openToken, open);
  declareAccountsAndNotices({ files, declared }, options);
  if (hasQuarantine) await declareOrTakeOverQuarantine(files, members, options);
}

/** The accounts and notices that belong to this part. */
function declareAccountsAndNotices(
  { files, declared }: Pick<TrustedStack, 'files' | 'declared'>,
  { today, since, restraint }: ProgramOptions,
): void {
  const { part, isStateLost, seen } = restraint;
  const isDeclared = (type: string, name: string) => part?.urns.has(buildUrn(files.stack, type, name)) ?? true;
  const isGiving = ({ stage }: AccountInputs) => stage === 'keep' || stage === 'restore';
  // The engine begins them in this order, and a wave takes hours.
  const ordered = declared.toSorted((a, b) => Number(isGiving(b.inputs)) - Number(isGiving(a.inputs)));
  for (const { urn, inputs } of ordered) if (part?.urns.has(urn) ?? true) declareAccount(getNameOfUrn(urn), inputs);
  for (const notice of listManagerNotices(files, since))
    if (isDeclared(noticeType, buildNoticeName(notice)))
      declareNotice(notice, isStateLost ? notice.people.map(({ id }) => id) : []);
  if (isDeclared(hrNoticeType, hrNoticeName)) declareHr(files, today, restraint);
  if (seen !== null && isDeclared(signingRecordType, signingRecordName)) declareSigningRecord(seen);
}

export function listManagerNotices(files: StackFiles, since?: ReadonlyMap<string, Day>): ManagerNotice[] {
  const accounts = files.accounts.map(({ path, value }) => ({ path, file: value }));
  return [...groupGiveBackNotices(files), ...groupManagerNotices(accounts, since)];
}

/** Also stores in the restraint who could not be judged. */
export async function readDeclaredMembers(
  files: StackFiles,
  options: Omit<ProgramOptions, 'loggedRun'>,
): Promise<IdKey[]> {
  const { restraint } = options;
  const { members, doubtful } = await requireQuarantineMembers(files, options);
  restraint.doubtful = doubtful;
  return members.filter((id) => !restraint.notHeld.has(id));
}

async function declareOrTakeOverQuarantine(
  files: StackFiles,
  members: readonly IdKey[],
  options: ProgramOptions,
): Promise<void> {
  const { restraint } = options;
  const { quarantine: mode } = files.policy.value.onPremises;
  const isHeld = mode !== 'off' && members.length > 0;
  restraint.declared = isHeld ? { mode, members } : null;
  const resolved = restraint.quarantine ?? (isHeld ? await requireQuarantine(files, options) : null);
  if (resolved === null || resolved.blockers.length > 0) return;
  const { imports } = resolved;
  const own = { stack: files.stack, tenant: files.tenant.value, imports };
  if (isHeld) declareQuarantine({ ...own, mode, members });
  else if (imports.group !== null || imports.policy !== null) takeOverQuarantine(own);
}

/** For plain `pulumi`, which cannot leave the quarantine out: it ends where that must not be touched. */
async function requireQuarantine(
  files: StackFiles,
  { repository, env, today, identity = 'apply' }: ProgramOptions,
): Promise<ResolvedQuarantine> {
  const { quarantine } = connectStackTenant(files, { repository, env, today, identity });
  const policies = identity === 'audit' ? 'none' : 'all';
  const resolved = await resolveQuarantine(quarantine, { stack: files.stack, known: null, policies });
  const [blocker] = resolved.blockers;
  if (blocker === undefined) return resolved;
  throw new DormantError('quarantine-unclear', blocker, {
    remedy: 'Run `dormant apply`, which does the rest meanwhile.',
  });
}

function declareHr(files: StackFiles, today: Day, { isStateLost }: Restraint): void {
  const notice = findHrNotice(files);
  if (notice === null) return;
  const presumedTold = notice.people.map(({ id }) => ({ id, on: today }));
  declareHrNotice({ notice, ...(isStateLost ? { presumedTold } : {}) });
}

/**
 * The pull request's rules that need no base branch: stages were compared at the review, but a push that bypassed it must
 * still not act on files that contradict themselves.
 */
export function requireConsistentFiles(files: StackFiles, today: string): void {
  const problems = checkFiles({
    stack: files.stack,
    today,
    policy: files.policy.value,
    head: files.accounts,
    exemptions: files.exemptions,
    escalations: files.escalations,
  });
  if (problems.length > 0) throw new InvalidInput(problems);
}

/**
 * Sends no request where nobody is to be quarantined. Throws where an account cannot be read and the state was not asked
 * who is in quarantine (plain `pulumi`): leaving it out would release it.
 */
async function requireQuarantineMembers(
  files: StackFiles,
  { repository, env, today, identity = 'apply', restraint: { heldBefore } }: Omit<ProgramOptions, 'loggedRun'>,
): Promise<QuarantineMembers> {
  if (!mayQuarantine(files)) return { members: [], doubtful: [] };
  const { context } = connectStackTenant(files, { repository, env, today, identity });
  const accounts = files.accounts.map(({ value }) => value);
  const quarantine = await readQuarantineMembers(accounts, heldBefore ?? new Set(), context);
  const [doubt] = quarantine.doubtful;
  if (heldBefore !== null || doubt === undefined) return quarantine;
  throw new DormantError(doubt.code, `The quarantine stays as it is: ${doubt.because}`, {
    where: doubt.userPrincipalName,
    remedy: 'Run `dormant apply`, which knows who is held and goes on; `dormant doctor` says what cannot be read.',
  });
}

/** Whether anybody may be quarantined, so that the tenant has to be asked. */
export function mayQuarantine({ policy, accounts }: StackFiles): boolean {
  return policy.value.onPremises.quarantine !== 'off' && accounts.some(({ value }) => shouldQuarantine(value));
}
