// What the engine would change in a stack, and whether the policy's caps allow that much: what preview and apply both begin with.
import { join } from 'node:path';
import type { EngineEvent, PulumiCommand, Stack } from '@pulumi/pulumi/automation/index.js';
import type { Identity } from '../../graph/credential.ts';
import { DormantError } from '../../policy/errors.ts';
import type { Day } from '../../policy/evidence.ts';
import type { StackFiles } from '../../policy/repository.ts';
import { isTaking } from '../../policy/taken.ts';
import { accountType } from '../account.ts';
import { hrNoticeType } from '../hr-notice.ts';
import { noticeType } from '../manager-notice.ts';
import type { NoticeSender } from '../notice/send.ts';
import { azureadEnvironment } from '../on-premises/azuread-sign-in.ts';
import { doubtInWords } from '../on-premises/held.ts';
import { groupType, policyType } from '../on-premises/quarantine.ts';
import { declareStack, noRestraint, type Restraint, requireSound } from '../program.ts';
import { stackTenant } from '../stack-tenant.ts';
import type { ApplyContext } from '../tenant/apply-context.ts';
import { isChange } from '../tenant/change.ts';
import { refuseAboveCaps } from '../tenant/limits.ts';
import { adoptNew, isStateLost, lostStateNote, noticesOf } from './adoption.ts';
import {
  type PlannedChange,
  type PlannedHrNotice,
  type PlannedNotice,
  plannedChanges,
  plannedHrNotice,
} from './changes.ts';
import { createStack, parallel, selectStack } from './engine.ts';
import type { Watching } from './follow.ts';
import {
  leaveAlone,
  type PreparedQuarantine,
  prepareQuarantine,
  quarantineAlone,
} from './prepare-quarantine.ts';
import type { PlannedQuarantine } from './quarantine-changes.ts';
import { planQuarantine } from './report-quarantine.ts';

export interface RunOptions extends Watching {
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
  notices: PlannedNotice[];
  /** null: nothing about it changes. */
  hrNotice: PlannedHrNotice | null;
  quarantine: PlannedQuarantine | null;
  /** What state and tenant have of it. */
  prepared: PreparedQuarantine;
  /** URNs of its group and policy, where the state has them. */
  held: readonly string[];
  /** true: an update would find nothing to do. */
  isNothing: boolean;
  /** What the caps say against the rest; null: they allow everything. */
  refusal: DormantError | null;
  /** The only resources to update; null: all. */
  targets: string[] | null;
  /** What has to be known beside the changes, as sentences. */
  notes: string[];
  context: ApplyContext;
  sender: NoticeSender;
  /** What the program keeps to, and what it has declared. */
  restraint: Restraint;
}

/** Nothing is written. Throws `InvalidInput` where the files contradict themselves, and what the Automation API throws. */
export async function enginePlan(options: RunOptions): Promise<EnginePlan> {
  const { repository, files, today, requests, identity = 'apply' } = options;
  const restraint = noRestraint();
  const stack = await open(options, restraint);
  const {
    context,
    notices: sender,
    quarantine: finder,
  } = stackTenant(files, {
    repository,
    today,
    identity,
    ...(requests ? { log: requests } : {}),
    ...(options.onQuotaWait ? { onQuotaWait: options.onQuotaWait } : {}),
  });
  const prepared = await prepareQuarantine(stack, files, finder, { identity, restraint });
  const { events, isNothing, isKnown } = await previewed(stack, prepared.exclude).catch((error) => {
    leaveAlone(prepared, restraint, error);
    return previewed(stack, prepared.exclude);
  });
  const { imports } = prepared.settled;
  prepared.takesOver = restraint.declared === null && (imports.group ?? imports.policy) !== null;
  const planned = plannedChanges(events);
  const changes = await adoptNew(planned, context);
  restraint.isStateLost = !isKnown && (await isStateLost(stack, planned, changes));
  const refusal = await refusalOf(changes, files, context);
  restraint.mayTake = refusal === null;
  const notices = noticesOf(events, restraint.isStateLost);
  const found = { quarantine: planQuarantine(events, prepared), held: prepared.known.urns, isNothing };
  const forHr = plannedHrNotice(events);
  const hrNotice = restraint.isStateLost ? null : forHr;
  const lost = restraint.isStateLost ? lostStateNote(notices, forHr) : [];
  const notes = [...lost, ...doubtInWords(restraint.doubtful)];
  const plan = {
    stack,
    changes,
    notices,
    hrNotice,
    ...found,
    refusal,
    targets: null,
    notes,
    context,
    sender,
    prepared,
    restraint,
  };
  return refusal === null ? plan : withheld(plan, events, restraint);
}

interface Previewed {
  events: EngineEvent[];
  isNothing: boolean;
  /** Whether the state knows any account. */
  isKnown: boolean;
}

async function previewed(stack: Stack, exclude: string[]): Promise<Previewed> {
  const events: EngineEvent[] = [];
  let isKnown = false;
  const onEvent = (event: EngineEvent) => {
    const { type, op } = event.resourcePreEvent?.metadata ?? {};
    isKnown ||= type === accountType && op !== 'create';
    if (isNews(event)) events.push(event);
  };
  const { changeSummary } = await stack.preview({ parallel, onEvent, exclude }).catch((error: unknown) => {
    throw quarantineAlone(events) ?? error;
  });
  const isNothing = Object.keys(changeSummary).every((operation) => operation === 'same');
  return { events, isNothing, isKnown };
}

async function open(options: RunOptions, restraint: Restraint): Promise<Stack> {
  const { repository, files, today, pulumiCommand, backendUrl } = options;
  const { identity = 'apply', isPreview = false, requestsOfProvider = false, since = new Map() } = options;
  requireSound(files, today);
  const opened = isPreview ? selectStack : createStack;
  return opened({
    stack: files.stack,
    pulumiCommand,
    backendUrl,
    // Beside the stack's results and not among them: those are kept as artifacts.
    workDir: join(repository, 'out', '.engine', files.stack),
    // Also while nobody is held: the quarantine that is there has to be taken down.
    environment: azureadEnvironment(files.tenant.value, identity),
    program: () => declareStack(files, { repository, today, identity, requestsOfProvider, since, restraint }),
  });
}

async function refusalOf(
  changes: readonly PlannedChange[],
  { policy }: StackFiles,
  context: ApplyContext,
): Promise<DormantError | null> {
  if (!changes.some(({ change }) => isChange(change))) return null;
  const enabledMembers = await context.reader.enabledMembers();
  try {
    refuseAboveCaps(
      changes.map(({ change }) => change),
      policy.value,
      enabledMembers,
    );
    return null;
  } catch (error) {
    if (error instanceof DormantError && error.code === 'over-limit') return error;
    throw error;
  }
}

/** Above the caps: what is given back or adopted goes on, and whoever leaves the quarantine; nobody joins it, and no mail is sent. */
function withheld(plan: EnginePlan, events: readonly EngineEvent[], restraint: Restraint): EnginePlan {
  const changes = plan.changes.filter(({ change }) => !isTaking(change.from, change.to));
  const { quarantine, held } = plan;
  const isReleasing = quarantine !== null && quarantine.releases.length > 0 && !quarantine.isNewMode;
  restraint.notHeld = new Set(isReleasing ? quarantine.holds : []);
  // Pulumi refuses to leave out what its program declares no more. Nothing is asked of the tenant for it.
  const targets = [
    ...changes.map(({ urn }) => urn),
    ...releasedIn(events),
    ...(isReleasing ? new Set([...held, ...quarantineIn(events)]) : []),
  ];
  return {
    ...plan,
    changes,
    notices: [],
    hrNotice: null,
    quarantine: isReleasing ? { ...quarantine, holds: [] } : null,
    held: isReleasing ? held : [],
    isNothing: targets.length === 0,
    targets: [...rootsOf(events), ...targets],
  };
}

/** What every other resource stands on: the stack and the providers. */
function rootsOf(events: readonly EngineEvent[]): string[] {
  return events.flatMap(({ resourcePreEvent }) => {
    const { type = '', urn = '' } = resourcePreEvent?.metadata ?? {};
    return type === 'pulumi:pulumi:Stack' || type.startsWith('pulumi:providers:') ? [urn] : [];
  });
}

/** URNs of the group and the policy, also of those that are taken over. */
function quarantineIn(events: readonly EngineEvent[]): string[] {
  return events.flatMap(({ resourcePreEvent }) => {
    const { type = '', op, urn = '' } = resourcePreEvent?.metadata ?? {};
    return (type === groupType || type === policyType) && op !== 'create' ? [urn] : [];
  });
}

/** Of files that have gone, and of waves that are over: the state forgets them, and the tenant stays as it is. */
function releasedIn(events: readonly EngineEvent[]): string[] {
  const types = [accountType, noticeType, hrNoticeType];
  return events.flatMap(({ resourcePreEvent }) => {
    const { type = '', urn = '', op } = resourcePreEvent?.metadata ?? {};
    return op === 'delete' && types.includes(type) ? [urn] : [];
  });
}

/** Not kept: the two events of each account that stays as it is, which for thousands of them are most of the memory. */
function isNews({ resourcePreEvent, resOutputsEvent }: EngineEvent): boolean {
  const { type, op } = (resourcePreEvent ?? resOutputsEvent)?.metadata ?? {};
  return type !== accountType || op !== 'same';
}
