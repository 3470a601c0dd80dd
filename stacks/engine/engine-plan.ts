// What an apply would change in a stack, and whether the policy's limits allow it: preview and apply both begin with this.
import type { PulumiCommand, Stack } from '@pulumi/pulumi/automation/index.js';
import type { Identity } from '../../graph/credential.ts';
import type { DormantError } from '../../policy/errors.ts';
import type { Day } from '../../policy/evidence.ts';
import { isCapped } from '../../policy/files/removals.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';

import { describeIdleGiveBacks } from '../../policy/give-back/describe.ts';
import { applyRamp, type RampPosition } from '../../policy/guard/ramp.ts';

import { foldId } from '../../policy/identifiers.ts';
import type { TakingStop } from '../../policy/pause/taking-stop.ts';
import type { CommitMap } from '../../policy/signing/commit-map.ts';
import type { AppliedRecord } from '../../policy/signing/key-trust.ts';
import { describeRamp } from '../../policy/words/describe-ramp.ts';
import { accountType, unpackInputs, unpackOutputs } from '../account/account-state.ts';
import type { ApplyContext } from '../account/apply-context.ts';
import { mapTakingDays } from '../account/taking-days.ts';
import { findMissingCommit, requireContained } from '../contained-main.ts';
import type { MainBase } from '../main-base.ts';
import type { NoticeSender } from '../notice/notice-sender.ts';
import { describeDoubtfulMembers } from '../on-premises/quarantine-members.ts';
import { requireConsistentFiles } from '../program.ts';
import type { StateResource } from '../provider/resource.ts';
import { createRestraint, type Restraint } from '../restraint.ts';
import type { AccountOutcome, StackOutcome } from '../run-stack.ts';
import { findAppliedRecord, isBeginDue, isRecordDue, type SeenSigning } from '../signing-record-state.ts';
import { connectStackTenant } from '../stack-tenant.ts';
import { type FindStop, toForgeUnknownError, watchStops } from '../taking-stop.ts';
import { type TrustedStack, trustFiles } from '../trusted-files.ts';
import { adoptNewAccounts, describeLostState, isStateLost, presumeTold } from './adopt-accounts.ts';
import { readStackState } from './locks.ts';
import { openStack } from './open-stack.ts';
import {
  mayChangeTenant,
  type PlannedChange,
  type PlannedHrNotice,
  type PlannedNotice,
  planChanges,
} from './plan-changes.ts';
import { holdQuarantineStill, type PreparedQuarantine, prepareQuarantine } from './prepare-quarantine.ts';
import { previewQuarantine } from './preview-quarantine.ts';
import type { ProgressListener } from './progress.ts';
import type { PlannedQuarantine } from './quarantine-changes.ts';
import { findLimitRefusal, findStackRamp, isTakingPlan, withholdTaking, withholdWhileStopped } from './withhold.ts';

export interface StackRunOptions extends ProgressListener {
  repository: string;
  /** Of the command: how to sign in, and what the engine and its plugins are told. */
  env: NodeJS.ProcessEnv;
  /** As they are written. */
  files: StackFiles;
  /** What they are held against. */
  main: MainBase;
  today: string;
  /** The instant (ISO 8601) at which the run starts by the embedded tenant's clock; absent: noon of the day. */
  startsAt?: string | undefined;
  pulumiCommand: PulumiCommand;
  backendUrl: string;
  /** The UTC day on which each account file's stage began, by path; absent: it begins today. */
  since?: ReadonlyMap<string, Day>;
  /** New ids of commits: main's history was rewritten on purpose. */
  commits?: CommitMap | undefined;
  /** Clears a lock even if its run may still be alive. */
  isForced?: boolean;
  /** Only reads: the backend stays unchanged, even where it has no such stack. */
  isPreview?: boolean;
  /** The provider reports each request that it sends to `requests`: a support case needs their ids. */
  requestsOfProvider?: boolean;
  /** Who reads the tenant for the limits and the preview; the provider is always the apply's. Default: `apply`. */
  identity?: Identity;
  onNote?(sentence: string): void;
  /** What an update had done that then threw: nothing else tells. */
  onBroken?(outcome: StackOutcome): void;
}

export interface EnginePlan {
  stack: Stack;
  /** The files as they stand, and what is refused. */
  trusted: TrustedStack;
  /** Why nothing is taken now; null: nothing stops it. A preview plans as if it were null. */
  stop: TakingStop | null;
  findStop: FindStop;
  /** What waits until that is over. */
  held: readonly PlannedChange[];
  /** Something waits for it: an account, a mail, somebody's way into the quarantine. */
  isHeldBack: boolean;
  /** What waits until the key that vouches for it is known for a week. */
  tooNew: readonly PlannedChange[];
  /** What this run changes; above the limits, or where the keys are in doubt, only what takes nothing. */
  changes: PlannedChange[];
  notices: readonly PlannedNotice[];
  /** null: nothing about it changes. */
  hrNotice: PlannedHrNotice | null;
  /** How many accounts an earlier run was killed at. */
  killed: number;
  /** Whether the state is to be written before the update: as in `StackState`. */
  isToBePrepared: boolean;
  /** As in `PlannedChanges`. */
  doneEarlier: readonly AccountOutcome[];
  /** URNs of notices that enter a lost state without being sent. */
  presumed: readonly string[];
  /** Whether the state has to note this run before its first write, and at its end. */
  recordDue: { atBegin: boolean; atEnd: boolean };
  /** URNs that the state forgets. */
  released: readonly string[];
  quarantine: PlannedQuarantine | null;
  /** What state and tenant have of it. */
  prepared: PreparedQuarantine;
  /** URNs of its group and policy, if the state has them and they are not withheld. */
  quarantineUrns: readonly string[];
  /** Whether the engine has anything to do for the quarantine. */
  isQuarantineDue: boolean;
  /** true: an update would find nothing to do. */
  isNothing: boolean;
  /** Why the limits refuse the rest; null: they allow everything. */
  refusal: DormantError | null;
  /** What a reader has to know besides the changes, as sentences. */
  notes: string[];
  context: ApplyContext;
  sender: NoticeSender;
  restraint: Restraint;
}

/** Writes nothing. Throws `InvalidInput` where the files contradict themselves, and what the Automation API throws. */
export async function buildEnginePlan(given: StackRunOptions): Promise<EnginePlan> {
  const restraint = createRestraint();
  restraint.startsAt = given.startsAt ?? null;
  const stack = await openStack(given, restraint);
  const { resources: state, isToBePrepared } = await readStackState(stack, given.commits);
  const record = findAppliedRecord(state);
  if (given.isPreview !== true) requireContained(given.main, record);
  const trusted = trustFiles(given.files, { main: given.main, state, today: given.today });
  const options = { ...given, files: trusted.files };
  const { files, env, identity = 'apply' } = options;
  requireConsistentFiles(files, given.today);
  restraint.trusted = trusted;
  restraint.appliedCommit = trusted.record?.commit ?? null;
  restraint.seen = findSeen(given, trusted);
  const { context, notices: sender, quarantine: finder } = connectTenant(options);
  const prepared = await prepareQuarantine(stack, finder, { files, env, identity, restraint, state });
  holdQuarantineStill(prepared, trusted, restraint);
  const previewed = await previewQuarantine(stack, prepared, { ...options, restraint });
  const planned = planChanges(state, trusted, given.since);
  const adopted = await adoptNewAccounts(planned.accounts, context);
  restraint.isStateLost = isStateLost(planned.accounts, adopted) && !prepared.known.hasAccounts;
  const isTooNew = ({ change }: PlannedChange) => trusted.tooNew.has(foldId(change.account.id)) && isCapped(change);
  const [tooNew, changes] = [adopted.filter(isTooNew), adopted.filter((each) => !isTooNew(each))];
  const ramp = findStackRamp(files, given.main, { today: given.today, landed: trusted.landed });
  const policy = applyRamp(files.policy.value, ramp);
  const counted = { policy, context, today: given.today, takenOn: mapStateTakingDays(state) };
  const holds = previewed.quarantine?.mode === 'enforced' ? previewed.quarantine.holds : [];
  const notices = presumeTold(planned.notices, restraint.isStateLost);
  const findStop = watchStops({ ...given, files, appliedCommit: restraint.appliedCommit });
  const stop = await findStop();
  const isTaking = isTakingPlan({ ...planned, ...previewed, changes, notices, quarantineUrns: [], isNothing: false });
  const unknown = stop?.kind === 'forge-unknown' && isTaking && !given.isPreview ? toForgeUnknownError(stop) : null;
  // While nothing is taken, a limit is not passed either.
  const isCounting = stop === null || given.isPreview === true;
  const limit = isCounting ? await findLimitRefusal(changes, { ...counted, holds }) : null;
  const refusal = trusted.refusal ?? unknown ?? limit;
  restraint.mayTake = refusal === null;
  const lost = restraint.isStateLost ? describeLostState(notices, planned.hrNotice) : [];
  const rest = { stack, trusted, tooNew, changes, notices, refusal, context, sender, prepared, restraint };
  const stopped = { stop, findStop, held: [], isHeldBack: false };
  const presumed = [...notices, ...(planned.hrNotice ? [planned.hrNotice] : [])].map(({ urn }) => urn);
  const plan: Omit<EnginePlan, 'recordDue'> = {
    ...{
      ...rest,
      ...previewed,
      ...stopped,
      // Where main or its keys are in doubt, nothing that is missing is missing by anybody's will.
      released: trusted.refusal === null ? planned.released : [],
      killed: planned.killed,
      isToBePrepared,
      doneEarlier: planned.doneEarlier,
      quarantineUrns: prepared.known.urns,
    },
    presumed: restraint.isStateLost ? presumed : [],
    hrNotice: restraint.isStateLost ? null : planned.hrNotice,
    notes: [
      ...describeLowRamp(ramp, files),
      ...lost,
      ...describeRewrite(given, record),
      ...describeDoubtfulMembers(restraint.doubtful),
      ...describeIdleGiveBacks(trusted.giveBacks, given.files.giveBacks),
    ],
    isNothing: !previewed.isQuarantineDue && hasNothingToDo({ ...planned, accounts: changes }),
  };
  const open = stop === null || given.isPreview ? plan : withholdWhileStopped(plan, restraint, stop);
  const allowed = refusal === null ? open : withholdTaking(open, restraint);
  return { ...allowed, recordDue: noteUnreported(allowed) };
}

function findSeen({ main, today }: StackRunOptions, { landed }: TrustedStack): SeenSigning | null {
  const { applied, isRewound, signing } = main;
  return applied === null ? null : { commit: applied, isRewound, signing, today, landed };
}

/**
 * The state's record holds whom this run is about to change until it ends, with what an earlier run noted and never reported.
 * A run that doubts main or its keys, or that a stop held back, is not noted as gone through.
 */
function noteUnreported({
  changes,
  restraint,
  isHeldBack,
  trusted: { record, refusal },
}: Omit<EnginePlan, 'recordDue'>): EnginePlan['recordDue'] {
  const { seen } = restraint;
  if (seen === null) return { atBegin: false, atEnd: false };
  const own = changes
    .filter(mayChangeTenant)
    .map(({ urn, inputs, change }) => [urn, inputs.taken ?? change.from] as const);
  const unreported = { ...Object.fromEntries(own), ...record?.unreported };
  const begun = { ...seen, unreported, plannedAfter: record?.commit ?? null };
  restraint.seen = begun;
  const isEndDue = (own.length > 0 && seen.signing !== null) || isRecordDue(record, { ...seen, unreported: {} });
  return { atBegin: isBeginDue(record, begun), atEnd: refusal === null && !isHeldBack && isEndDue };
}

/** For a preview, which says it and goes on: the review of a change need not wait for who puts main right. */
function describeRewrite({ main, isPreview }: StackRunOptions, record: AppliedRecord | null): string[] {
  const missing = isPreview === true ? findMissingCommit(main, record) : null;
  if (missing === null) return [];
  return [
    `Main does not contain ${missing}, which was applied: an apply refuses it unless it is told \`--rewound-to\`.`,
  ];
}

/** At its top it is not worth a word. */
function describeLowRamp(ramp: RampPosition | null, { policy }: StackFiles): string[] {
  return ramp === null || ramp.isAtTop ? [] : [`Ramp: ${describeRamp(ramp, policy.value)}.`];
}

function mapStateTakingDays(state: readonly StateResource[]) {
  const accounts = state.flatMap(({ type, inputs, outputs }) =>
    type === accountType && outputs !== undefined
      ? [{ inputs: unpackInputs(inputs), outputs: unpackOutputs(outputs) }]
      : [],
  );
  return mapTakingDays(accounts);
}

function connectTenant({ repository, env, files, today, identity = 'apply', requests, onQuotaWait }: StackRunOptions) {
  return connectStackTenant(files, {
    repository,
    env,
    today,
    identity,
    ...(requests ? { log: requests } : {}),
    ...(onQuotaWait ? { onQuotaWait } : {}),
  });
}

function hasNothingToDo({ accounts, notices, hrNotice, released }: ReturnType<typeof planChanges>): boolean {
  return accounts.length + notices.length + released.length === 0 && hrNotice === null;
}
