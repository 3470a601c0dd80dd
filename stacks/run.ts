// preview and apply of one stack: the engine runs the program, the limits come first, and what happened comes back as a value.
import { join } from 'node:path';
import type { EngineEvent, PulumiCommand, Stack } from '@pulumi/pulumi/automation/index.js';
import type { Identity } from '../graph/credential.ts';
import { DormantError } from '../policy/errors.ts';
import type { StackFiles } from '../policy/repository.ts';
import {
  type PlannedChange,
  type PlannedNotice,
  plannedChanges,
  plannedNotices,
  plannedQuarantine,
  type QuarantineReport,
  reportedQuarantine,
} from './changes.ts';
import { createStack, parallel } from './engine.ts';
import { follow, type Watching } from './follow.ts';
import { pastLeftovers } from './interrupted.ts';
import type { NoticeSender } from './notice/send.ts';
import { azureadEnvironment } from './on-premises/azuread-sign-in.ts';
import { type OnPremisesOrder, onPremisesOrder } from './on-premises/orders.ts';
import { quarantineIn, refreshQuarantine } from './on-premises/refresh.ts';
import { declareStack, requireSound } from './program.ts';
import { type OutcomeReport, reportOf } from './provider/account-resource.ts';
import { type NoticeReport, reportIn, sentIn } from './said.ts';
import { stackTenant } from './stack-tenant.ts';
import type { ApplyContext } from './tenant/apply-context.ts';
import { bringAbout } from './tenant/bring-about.ts';
import { isChange } from './tenant/change.ts';
import { refuseAboveCaps } from './tenant/limits.ts';
import { pretending } from './tenant/pretend.ts';

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

/** One account, what was asked, and what came of it. */
export interface AccountOutcome extends PlannedChange {
  report: OutcomeReport;
}

export interface StackOutcome {
  mode: 'preview' | 'apply';
  accounts: AccountOutcome[];
  mails: NoticeReport[];
  /** Mails that could not be sent, as sentences. */
  unsent: string[];
  /** What Active Directory's admins have to do, one line per account. */
  onPremises: OnPremisesOrder[];
  /** null: nothing about it changes. */
  quarantine: QuarantineReport | null;
  /** Adopted without any change: accounts that enter the stack. */
  adopted: number;
  /** Why nothing at all is done; null when nothing stops it. */
  stopped: string | null;
}

/** What an apply would do, from the engine's own plan and fresh reads; nothing is written. */
export async function previewStack(options: RunOptions): Promise<StackOutcome> {
  const { changes, notices, quarantine, context, sender } = await planned(options, await open(options));
  const stopped = await overLimit(changes, options.files, context);
  const moving = changes.filter(({ change }) => isChange(change));
  const pretended = pretending(context);
  const accounts = await Promise.all(
    moving.map(async (planned) => ({
      ...planned,
      report: reportOf(await bringAbout(planned.change, pretended)),
    })),
  );
  return {
    mode: 'preview',
    accounts,
    mails: await drafted(notices, sender),
    unsent: [],
    onPremises: await ordersFor(accounts, context),
    quarantine: quarantine && { ...quarantine, failures: [] },
    adopted: changes.length - moving.length,
    stopped: stopped?.message ?? null,
  };
}

/** Makes the files true. Throws `over-limit` and `locked` before the first write; what one account meets is in its outcome. */
export async function applyStack(options: RunOptions): Promise<StackOutcome> {
  const stack = await open(options);
  const { changes, notices, held, context, isNothing } = await planned(options, stack);
  const stopped = await overLimit(changes, options.files, context);
  if (stopped) throw stopped;
  const events = isNothing && held.length === 0 ? [] : await update(stack, options, changes, held);
  const moving = changes.filter(({ change }) => isChange(change));
  const accounts = moving.map((planned) => ({ ...planned, report: reportIn(events, planned) }));
  const adopted = changes.length - moving.length;
  const onPremises = await ordersFor(accounts, context);
  return {
    mode: 'apply',
    accounts,
    ...sentIn(events, notices),
    onPremises,
    quarantine: reportedQuarantine(events),
    adopted,
    stopped: null,
  };
}

async function ordersFor(
  accounts: readonly AccountOutcome[],
  context: ApplyContext,
): Promise<OnPremisesOrder[]> {
  const waiting = accounts.filter(({ report }) =>
    report.waits.some((wait) => wait.for === 'active-directory'),
  );
  const orders = await Promise.all(
    waiting.map(async ({ change }) => onPremisesOrder(change, await context.find(change.account.id))),
  );
  return orders.filter((order) => order !== null);
}

async function open(options: RunOptions): Promise<Stack> {
  const { repository, files, today, pulumiCommand, backendUrl } = options;
  const { identity = 'apply', requestsOfProvider = false } = options;
  requireSound(files, today);
  return createStack({
    stack: files.stack,
    pulumiCommand,
    backendUrl,
    workDir: join(repository, 'out', files.stack, 'engine'),
    // Also while nobody is held: the quarantine that is there has to be taken down.
    environment: azureadEnvironment(files.tenant.value, identity),
    program: () => declareStack(files, { repository, today, identity, requestsOfProvider }),
  });
}

async function planned({ repository, files, today, requests, identity = 'apply' }: RunOptions, stack: Stack) {
  const events: EngineEvent[] = [];
  const { changeSummary } = await stack.preview({ parallel, onEvent: (event) => events.push(event) });
  const isNothing = Object.keys(changeSummary).every((operation) => operation === 'same');
  const { context, notices: sender } = stackTenant(files, {
    repository,
    today,
    identity,
    ...(requests ? { log: requests } : {}),
  });
  return {
    changes: plannedChanges(events),
    notices: plannedNotices(events),
    quarantine: plannedQuarantine(events),
    held: quarantineIn(events),
    context,
    sender,
    isNothing,
  };
}

/** One after the other, as they are sent. */
async function drafted(notices: readonly PlannedNotice[], sender: NoticeSender): Promise<NoticeReport[]> {
  const reports: NoticeReport[] = [];
  for (const { notice, told } of notices) {
    const draft = await sender.draft(notice, told);
    if (draft === null) continue;
    const { recipient, message, people, mayBeSecond } = draft;
    const { address: to, because } = recipient;
    const { subject } = message;
    reports.push({ to, because, stage: notice.stage, subject, people, mayBeSecond, requestId: '' });
  }
  return reports;
}

async function overLimit(
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

/** One account's failure does not stop the others; the engine then ends with an error that says less than its events. */
async function update(
  stack: Stack,
  options: RunOptions,
  changes: readonly PlannedChange[],
  held: string[],
): Promise<EngineEvent[]> {
  const { isForced = false, onNote = () => {} } = options;
  const events: EngineEvent[] = [];
  const watch = follow(changes, options);
  const onEvent = (event: EngineEvent) => {
    events.push(event);
    watch(event);
  };
  await pastLeftovers(stack, { isForced, onCleared: onNote }, async () => {
    await refreshQuarantine(stack, held);
    try {
      await stack.up({ parallel, continueOnError: true, onEvent });
    } catch (error) {
      if (!events.some(({ resOpFailedEvent }) => resOpFailedEvent !== undefined)) throw error;
    }
  });
  return events;
}
