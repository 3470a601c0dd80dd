// What an apply would change in a stack, and whether the policy's caps allow that much: what preview and apply both begin with.
import type { PulumiCommand, Stack } from '@pulumi/pulumi/automation/index.js';
import type { Identity } from '../../graph/credential.ts';
import type { DormantError } from '../../policy/errors.ts';
import type { Day } from '../../policy/evidence.ts';
import type { StackFiles } from '../../policy/stack-files.ts';
import type { NoticeSender } from '../notice/notice-sender.ts';
import { describeDoubtfulMembers } from '../on-premises/quarantine-members.ts';
import { createRestraint, type Restraint } from '../restraint.ts';
import { connectStackTenant } from '../stack-tenant.ts';
import type { ApplyContext } from '../tenant/apply-context.ts';
import { adoptNewAccounts, describeLostState, isStateLost, presumeTold } from './adopt-accounts.ts';
import { readStackState } from './locks.ts';
import { openStack } from './open-stack.ts';
import { type PlannedChange, type PlannedHrNotice, type PlannedNotice, planChanges } from './plan-changes.ts';
import { type PreparedQuarantine, prepareQuarantine } from './prepare-quarantine.ts';
import { previewQuarantine } from './preview-quarantine.ts';
import type { ProgressListener } from './progress.ts';
import type { PlannedQuarantine } from './quarantine-changes.ts';
import { findLimitRefusal, withholdTaking } from './withhold.ts';

export interface StackRunOptions extends ProgressListener {
  repository: string;
  files: StackFiles;
  today: string;
  pulumiCommand: PulumiCommand;
  backendUrl: string;
  /** The UTC day on which each account file's stage began, by path; absent: it begins today. */
  since?: ReadonlyMap<string, Day>;
  /** Clears a lock that may be somebody's. */
  isForced?: boolean;
  /** Only looks: the backend is left as it is, too, also where it has no such stack. */
  isPreview?: boolean;
  /** The provider tells of each request that it sends, for `requests`: a support case needs their ids. */
  requestsOfProvider?: boolean;
  /** Who reads the tenant for the limits and the preview; the provider always is the apply's. Default: `apply`. */
  identity?: Identity;
  onNote?(sentence: string): void;
}

export interface EnginePlan {
  stack: Stack;
  /** What this run brings about; above the caps only what takes nothing. */
  changes: PlannedChange[];
  notices: readonly PlannedNotice[];
  /** null: nothing about it changes. */
  hrNotice: PlannedHrNotice | null;
  /** How many accounts a run before this one was killed at. */
  killed: number;
  /** URNs of notices that go into a state that was lost, and reach nobody. */
  presumed: readonly string[];
  /** URNs that the state forgets. */
  released: readonly string[];
  quarantine: PlannedQuarantine | null;
  /** What state and tenant have of it. */
  prepared: PreparedQuarantine;
  /** URNs of its group and policy, where the state has them and they are not withheld. */
  quarantineUrns: readonly string[];
  /** Whether the engine has something to do about the quarantine. */
  isQuarantineDue: boolean;
  /** true: an update would find nothing to do. */
  isNothing: boolean;
  /** What the caps say against the rest; null: they allow everything. */
  refusal: DormantError | null;
  /** What has to be known beside the changes, as sentences. */
  notes: string[];
  context: ApplyContext;
  sender: NoticeSender;
  /** What the program keeps to, and what it has declared. */
  restraint: Restraint;
}

/** Nothing is written. Throws `InvalidInput` where the files contradict themselves, and what the Automation API throws. */
export async function buildEnginePlan(options: StackRunOptions): Promise<EnginePlan> {
  const { files, identity = 'apply' } = options;
  const restraint = createRestraint();
  const stack = await openStack(options, restraint);
  const { context, notices: sender, quarantine: finder } = connectTenant(options);
  const state = await readStackState(stack);
  const prepared = await prepareQuarantine(stack, finder, { files, identity, restraint, state });
  const previewed = await previewQuarantine(stack, prepared, { ...options, restraint });
  const planned = planChanges(state, options);
  const changes = await adoptNewAccounts(planned.accounts, context);
  restraint.isStateLost = isStateLost(planned.accounts, changes) && !prepared.known.hasAccounts;
  const refusal = await findLimitRefusal(changes, files, context);
  restraint.mayTake = refusal === null;
  const notices = presumeTold(planned.notices, restraint.isStateLost);
  const lost = restraint.isStateLost ? describeLostState(notices, planned.hrNotice) : [];
  const rest = { stack, changes, notices, refusal, context, sender, prepared, restraint };
  const presumed = [...notices, ...(planned.hrNotice ? [planned.hrNotice] : [])].map(({ urn }) => urn);
  const plan: EnginePlan = {
    ...{
      ...rest,
      ...previewed,
      released: planned.released,
      killed: planned.killed,
      quarantineUrns: prepared.known.urns,
    },
    presumed: restraint.isStateLost ? presumed : [],
    hrNotice: restraint.isStateLost ? null : planned.hrNotice,
    notes: [...lost, ...describeDoubtfulMembers(restraint.doubtful)],
    isNothing: !previewed.isQuarantineDue && hasNothingToDo(planned),
  };
  return refusal === null ? plan : withholdTaking(plan, restraint);
}

function connectTenant({
  repository,
  files,
  today,
  identity = 'apply',
  requests,
  onQuotaWait,
}: StackRunOptions) {
  return connectStackTenant(files, {
    repository,
    today,
    identity,
    ...(requests ? { log: requests } : {}),
    ...(onQuotaWait ? { onQuotaWait } : {}),
  });
}

function hasNothingToDo({ accounts, notices, hrNotice, released }: ReturnType<typeof planChanges>): boolean {
  return accounts.length + notices.length + released.length === 0 && hrNotice === null;
}
