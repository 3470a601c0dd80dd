// preview and apply of one stack: the engine runs the program, the limits come first, and what happened comes back as a value.
import type { EngineEvent, Stack } from '@pulumi/pulumi/automation/index.js';
import {
  type PlannedChange,
  type PlannedNotice,
  type QuarantineReport,
  reportedQuarantine,
} from './engine/changes.ts';
import { engineFailure, parallel } from './engine/engine.ts';
import { follow } from './engine/follow.ts';
import { pastLeftovers } from './engine/interrupted.ts';
import { enginePlan, type RunOptions } from './engine/plan.ts';
import { type NoticeReport, reportIn, sentIn } from './engine/said.ts';
import type { NoticeSender } from './notice/send.ts';
import { type OnPremisesOrder, onPremisesOrder } from './on-premises/orders.ts';
import { refreshQuarantine } from './on-premises/refresh.ts';
import type { ApplyContext } from './tenant/apply-context.ts';
import { bringAbout } from './tenant/bring-about.ts';
import { isChange } from './tenant/change.ts';
import { isTaking } from './tenant/limits.ts';
import { type OutcomeReport, reportOf } from './tenant/outcome.ts';
import { pretending } from './tenant/pretend.ts';

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
  /** Something is taken although nobody can see whether these people signed in; `signIns: optional` allows it. */
  withoutSignIns: boolean;
  /** Why nothing at all is done; null when nothing stops it. */
  stopped: string | null;
}

/** What an apply would do, from the engine's own plan and fresh reads; nothing is written. */
export function previewStack(options: RunOptions): Promise<StackOutcome> {
  return preview(options).catch(rethrow);
}

async function preview(options: RunOptions): Promise<StackOutcome> {
  const { changes, notices, quarantine, refusal, context, sender } = await enginePlan(options);
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
    withoutSignIns: await takesBlindly(moving, context),
    stopped: refusal?.message ?? null,
  };
}

/** Makes the files true. Throws `over-limit` and `locked` before the first write; what one account meets is in its outcome. */
export function applyStack(options: RunOptions): Promise<StackOutcome> {
  return apply(options).catch(rethrow);
}

function rethrow(error: unknown): never {
  throw engineFailure(error);
}

async function apply(options: RunOptions): Promise<StackOutcome> {
  const { stack, changes, notices, held, isNothing, refusal, context } = await enginePlan(options);
  if (refusal) throw refusal;
  const moving = changes.filter(({ change }) => isChange(change));
  const withoutSignIns = await takesBlindly(moving, context);
  const events = isNothing && held.length === 0 ? [] : await update(stack, options, changes, held);
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
    withoutSignIns,
    stopped: null,
  };
}

/** With `signIns: required` each account's refusal says it instead. */
async function takesBlindly(
  moving: readonly PlannedChange[],
  { reader, guard }: ApplyContext,
): Promise<boolean> {
  if (guard.policy.signIns === 'required' || !moving.some(({ change }) => isTaking(change))) return false;
  return (await reader.signIns()) === 'unavailable';
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
