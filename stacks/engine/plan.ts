// What the engine would change in a stack, and whether the policy's caps allow that much: what preview and apply both begin with.
import { join } from 'node:path';
import type { EngineEvent, PulumiCommand, Stack } from '@pulumi/pulumi/automation/index.js';
import type { Identity } from '../../graph/credential.ts';
import { DormantError } from '../../policy/errors.ts';
import type { StackFiles } from '../../policy/repository.ts';
import { accountType } from '../account.ts';
import type { NoticeSender } from '../notice/send.ts';
import { azureadEnvironment } from '../on-premises/azuread-sign-in.ts';
import { quarantineIn } from '../on-premises/refresh.ts';
import { declareStack, requireSound } from '../program.ts';
import { stackTenant } from '../stack-tenant.ts';
import type { ApplyContext } from '../tenant/apply-context.ts';
import { isChange } from '../tenant/change.ts';
import { refuseAboveCaps } from '../tenant/limits.ts';
import {
  type PlannedChange,
  type PlannedNotice,
  type PlannedQuarantine,
  plannedChanges,
  plannedNotices,
  plannedQuarantine,
} from './changes.ts';
import { createStack, parallel } from './engine.ts';
import type { Watching } from './follow.ts';

export interface RunOptions extends Watching {
  repository: string;
  files: StackFiles;
  today: string;
  pulumiCommand: PulumiCommand;
  backendUrl: string;
  /** Clears a lock that may be somebody's. */
  isForced?: boolean;
  /** The provider tells of each request that it sends, for `requests`: a support case needs their ids. */
  requestsOfProvider?: boolean;
  /** Who reads the tenant for the limits and the preview; the provider always is the apply's. Default: `apply`. */
  identity?: Identity;
  onNote?(sentence: string): void;
}

export interface EnginePlan {
  stack: Stack;
  changes: PlannedChange[];
  notices: PlannedNotice[];
  quarantine: PlannedQuarantine | null;
  /** Who is in quarantine by the state. Object ids. */
  held: string[];
  /** true: an update would find nothing to do. */
  isNothing: boolean;
  /** What the caps say against it; null: they allow it. */
  refusal: DormantError | null;
  context: ApplyContext;
  sender: NoticeSender;
}

/** Nothing is written. Throws `InvalidInput` where the files contradict themselves, and what the Automation API throws. */
export async function enginePlan(options: RunOptions): Promise<EnginePlan> {
  const { repository, files, today, requests, identity = 'apply' } = options;
  const stack = await open(options);
  const events: EngineEvent[] = [];
  const { changeSummary } = await stack.preview({
    parallel,
    onEvent: (event) => isNews(event) && events.push(event),
  });
  const { context, notices: sender } = stackTenant(files, {
    repository,
    today,
    identity,
    ...(requests ? { log: requests } : {}),
  });
  const changes = plannedChanges(events);
  return {
    stack,
    changes,
    notices: plannedNotices(events),
    quarantine: plannedQuarantine(events),
    held: quarantineIn(events),
    isNothing: Object.keys(changeSummary).every((operation) => operation === 'same'),
    refusal: await refusalOf(changes, files, context),
    context,
    sender,
  };
}

async function open(options: RunOptions): Promise<Stack> {
  const { repository, files, today, pulumiCommand, backendUrl } = options;
  const { identity = 'apply', requestsOfProvider = false } = options;
  requireSound(files, today);
  return createStack({
    stack: files.stack,
    pulumiCommand,
    backendUrl,
    // Beside the stack's results and not among them: those are kept as artifacts.
    workDir: join(repository, 'out', '.engine', files.stack),
    // Also while nobody is held: the quarantine that is there has to be taken down.
    environment: azureadEnvironment(files.tenant.value, identity),
    program: () => declareStack(files, { repository, today, identity, requestsOfProvider }),
  });
}

async function refusalOf(
  changes: PlannedChange[],
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

/** Not kept: the two events of each account that stays as it is, which for thousands of them are most of the memory. */
function isNews({ resourcePreEvent, resOutputsEvent }: EngineEvent): boolean {
  const { type, op } = (resourcePreEvent ?? resOutputsEvent)?.metadata ?? {};
  return type !== accountType || op !== 'same';
}
