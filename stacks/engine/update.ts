// The update: clear what a killed run left, read the quarantine, carry out the plan, read the quarantine again.
import type { EngineEvent, Stack } from '@pulumi/pulumi/automation/index.js';
import { DormantError } from '../../policy/errors.ts';
import type { TakingStop } from '../../policy/pause/taking-stop.ts';
import { formatCount } from '../../policy/words/labels.ts';
import { watchMain } from '../applied-main.ts';
import { noQuarantine } from '../on-premises/resolve-quarantine.ts';
import { refreshQuarantine } from '../on-premises/state-quarantine.ts';
import { parseProviderMessage } from '../provider/provider-messages.ts';
import { buildUrn } from '../provider/resource-name.ts';
import type { UpdatePart } from '../restraint.ts';
import { signingRecordName, signingRecordType } from '../signing-record-state.ts';
import { toForgeUnknownError } from '../taking-stop.ts';
import { isStopWait, type WaitReason } from '../tenant/outcome.ts';
import { isStateUnsaved } from './engine-errors.ts';
import type { EnginePlan, StackRunOptions } from './engine-plan.ts';
import { runClearingLocks } from './locks.ts';
import { mayChangeTenant } from './plan-changes.ts';
import { trackProgress } from './progress.ts';
import type { QuarantineReport } from './quarantine-changes.ts';
import { forecastQuarantine, reportQuarantine } from './report-quarantine.ts';
import { endSilence, type Watched } from './silence.ts';
import { buildPart, listQuarantineTargets, splitIntoPortions } from './update-parts.ts';
import { isTakingPlan, withholdWhileStopped } from './withhold.ts';
import { maxParallelOperations } from './workspace.ts';

export interface UpdateResult {
  events: EngineEvent[];
  /** Why the quarantine could not be read before the update. */
  unread: readonly string[];
  /** Main's newer tip, for which the rest was left to the next run; null: everything was gone through. */
  movedTo: string | null;
  /** Why main could not be asked before the mails, so that they and the quarantine were left; null: it was. */
  doubt: DormantError | null;
  /** The stop that came while the run was at work, so that mails and the quarantine's joins were left; null: none. */
  stop: TakingStop | null;
}

export const noUpdate: UpdateResult = { events: [], unread: [], movedTo: null, doubt: null, stop: null };

/** One account's failure does not stop the others; the engine then ends with an error that says less than its events. */
export async function runUpdate(plan: EnginePlan, options: StackRunOptions): Promise<UpdateResult> {
  const { env, isForced = false, onNote = () => {} } = options;
  const { isToBePrepared } = plan;
  const events: EngineEvent[] = [];
  const watch = trackProgress(plan.changes, options);
  const clearing = { env, isToBePrepared, commits: options.commits, isForced, onCleared: onNote };
  const rest = await runClearingLocks(plan.stack, clearing, async () => {
    const run = createEngineRun(plan, { events, watch, onNote });
    await changeAccounts(plan, run, { events, onNote });
    const news = await askMain(plan, options);
    const isLeft = news.movedTo !== null || news.doubt !== null || listWaits(events).some(isForNewerMain);
    const stop = isLeft ? null : ((await findLateStop(plan)) ?? findMetStop(events));
    const doubt = stop?.kind === 'forge-unknown' ? toForgeUnknownError(stop) : news.doubt;
    const rest = stop === null ? plan : withholdWhileStopped({ ...plan, changes: [] }, plan.restraint, stop);
    const unread = isLeft ? [] : await updateMailsAndQuarantine(rest, options, run);
    await endRecord(plan, run, isLeft || doubt !== null || rest.isHeldBack || listWaits(events).some(isStopWait));
    return { ...news, doubt, unread, stop };
  });
  return { events, ...rest };
}

/** An update of its own, after the last mail. Noted as gone through or not, this run reports whom it changed. */
async function endRecord(plan: EnginePlan, run: EngineRun, isLeft: boolean): Promise<void> {
  const { restraint, recordDue } = plan;
  if (restraint.seen === null) return;
  const { plannedAfter: _, ...seen } = restraint.seen;
  const isThrough = recordDue.atEnd && !isLeft;
  const isOpen = Object.keys(seen.unreported ?? {}).length > 0;
  restraint.seen = { ...seen, unreported: {} };
  if (isThrough || isOpen) await run(buildPart(isThrough ? 'rest' : 'begin', [getRecordUrn(plan)]), []);
}

function listWaits(events: readonly EngineEvent[]): WaitReason[] {
  return events.flatMap((event) => {
    const message = parseProviderMessage(event);
    return message !== null && 'outcome' in message ? message.outcome.waits : [];
  });
}

/** The account was left because main has moved. */
function isForNewerMain(wait: WaitReason): boolean {
  return wait.for === 'newer-main';
}

/** Before mails and joins of the quarantine, which may be hours after the accounts; known at the start, it is in the plan. */
async function findLateStop(plan: EnginePlan): Promise<TakingStop | null> {
  return plan.stop === null && isTakingPlan({ ...plan, changes: [] }) ? plan.findStop() : null;
}

/** The last one that an account was left for. */
function findMetStop(events: readonly EngineEvent[]): TakingStop | null {
  return listWaits(events).findLast(isStopWait)?.stop ?? null;
}

/** After hours of accounts, before the mails: a veto may be about one of them. */
async function askMain(
  { changes, restraint: { seen } }: EnginePlan,
  { repository, env, files: { stack } }: StackRunOptions,
): Promise<Pick<UpdateResult, 'movedTo' | 'doubt'>> {
  if (seen === null || changes.length === 0) return { movedTo: null, doubt: null };
  const ask = watchMain({ repository, stack, commit: seen.commit }, { env, everyMs: 0 });
  try {
    return { movedTo: await ask(), doubt: null };
  } catch (error) {
    if (error instanceof DormantError) return { movedTo: null, doubt: error };
    throw error;
  }
}

/**
 * Two passes without checkpoints: the first notes in the state what the second is about to do. If the second is killed, the
 * next run knows, and reads in the tenant how far it got.
 */
async function changeAccounts(
  plan: EnginePlan,
  run: EngineRun,
  { events, onNote }: { events: readonly EngineEvent[]; onNote: (sentence: string) => void },
): Promise<void> {
  const { changes, presumed, released, killed, recordDue, isNothing, quarantineUrns } = plan;
  const isWriting = !isNothing || quarantineUrns.length > 0;
  const record = recordDue.atBegin && isWriting ? [getRecordUrn(plan)] : [];
  const begun = [...record, ...changes.map(({ urn }) => urn), ...presumed];
  if (begun.length + released.length > 0) await run(buildPart('begin', begun), released);
  if (killed > 0)
    onNote(
      `An earlier run was killed while it changed ${formatCount(killed, 'account')}; the rest of their steps follows now.`,
    );
  const failed = new Set(events.map(({ resOpFailedEvent }) => resOpFailedEvent?.metadata.urn));
  const changing = changes.filter((planned) => mayChangeTenant(planned) && !failed.has(planned.urn));
  if (changing.length > 0)
    await run(
      buildPart(
        'changes',
        changing.map(({ urn }) => urn),
      ),
      [],
    );
}

/** With checkpoints, because the tenant does not show a mail. Returns why the quarantine could not be read. */
async function updateMailsAndQuarantine(
  plan: EnginePlan,
  { files }: StackRunOptions,
  run: EngineRun,
): Promise<string[]> {
  const { stack, quarantineUrns, notices, hrNotice, prepared, restraint, isQuarantineDue } = plan;
  const hasQuarantine = !prepared.isLeftAlone && (isQuarantineDue || quarantineUrns.length > 0);
  const mails = restraint.isStateLost ? [] : [...notices, ...(hrNotice ? [hrNotice] : [])];
  const urns = mails.map(({ urn }) => urn);
  const part = buildPart('rest', urns, hasQuarantine);
  const targets = hasQuarantine ? listQuarantineTargets(files.stack) : [];
  const unread = hasQuarantine ? await refreshQuarantine(stack, [...quarantineUrns]) : [];
  if (part.urns.size > 0 || hasQuarantine) await run(part, targets);
  if (!prepared.takesOver || !hasQuarantine) return unread;
  // What was imported is no longer declared, and is deleted.
  restraint.quarantine = noQuarantine;
  await run(buildPart('rest', [], true), targets);
  return unread;
}

function getRecordUrn({ trusted: { files } }: EnginePlan): string {
  return buildUrn(files.stack, signingRecordType, signingRecordName);
}

type EngineRun = (part: UpdatePart, targets: readonly string[]) => Promise<void>;

function createEngineRun(
  { stack, restraint, changes, presumed }: EnginePlan,
  { events, watch, onNote }: { events: EngineEvent[]; watch(event: EngineEvent): void; onNote(sentence: string): void },
): EngineRun {
  // With a listener the engine also reports each resource that it leaves alone. Noting accounts that the state knows cannot
  // fail, so none is needed.
  const isQuiet = presumed.length === 0 && changes.every(({ change }) => !change.isNew);
  return async (part, targets) => {
    const { workspace } = stack;
    const isSkipped = part.name !== 'rest';
    workspace.envVars = { ...workspace.envVars, PULUMI_SKIP_CHECKPOINTS: String(isSkipped) };
    const onEvent = (event: EngineEvent) => {
      if (isRelevant(event, part)) events.push(event);
      if (part.name !== 'begin' || event.diagnosticEvent) watch(event);
    };
    for (const [at, urns] of splitIntoPortions([...part.urns]).entries()) {
      restraint.part = { ...part, urns: new Set(urns) };
      const isHeard = part.name !== 'begin' || !isQuiet;
      const target = [...urns, ...(at === 0 ? targets : [])];
      await runStackUp(stack, { target, onEvent: isHeard ? onEvent : null, onNote });
    }
  };
}

async function runStackUp(
  stack: Stack,
  {
    target,
    onEvent,
    onNote,
  }: { target: string[]; onEvent: ((event: EngineEvent) => void) | null; onNote(sentence: string): void },
): Promise<void> {
  // Without a target, everything that is not declared would be deleted from the state.
  if (target.length === 0) return;
  let isOfResources = false;
  const begun = new Set<string>();
  const watchEvent = (event: EngineEvent) => {
    isOfResources ||= event.resOpFailedEvent !== undefined;
    followResource(event, begun);
    onEvent?.(event);
  };
  const settings = { parallel: maxParallelOperations, continueOnError: true, target };
  const describeWait = () =>
    begun.size > 0 ? `the tenant (${formatCount(begun.size, 'change')} under way)` : 'the backend that keeps the state';
  const run = ({ signal, hear }: Watched) => {
    const hearEvent = (event: EngineEvent) => {
      hear();
      watchEvent(event);
    };
    return stack.up({ ...settings, signal, ...(onEvent === null ? {} : { onEvent: hearEvent }) });
  };
  try {
    await endSilence(run, { describeWait, onNote });
  } catch (error) {
    if (!isOfResources || isStateUnsaved(error)) throw error;
  }
}

/** Keeps the URNs of those that the engine has begun and not finished; its own last as long as the update. */
function followResource(
  { resourcePreEvent, resOutputsEvent, resOpFailedEvent }: EngineEvent,
  begun: Set<string>,
): void {
  const { urn, type = 'pulumi:' } = resourcePreEvent?.metadata ?? {};
  if (urn !== undefined && !type.startsWith('pulumi:')) begun.add(urn);
  const ended = resOutputsEvent ?? resOpFailedEvent;
  if (ended) begun.delete(ended.metadata.urn);
}

/** Leaves out resources that stay unchanged. */
function isRelevant({ resourcePreEvent, resOutputsEvent }: EngineEvent, { hasQuarantine }: UpdatePart): boolean {
  const { op } = (resourcePreEvent ?? resOutputsEvent)?.metadata ?? {};
  return hasQuarantine || op !== 'same';
}

/** Where nothing about it was to be done, it need not be read either. */
export async function reportQuarantineAfterUpdate(
  { prepared, restraint, quarantine, refusal, stop, context }: EnginePlan,
  stack: string,
  { events, unread, isUntouched }: Pick<UpdateResult, 'events' | 'unread'> & { isUntouched: boolean },
): Promise<QuarantineReport | null> {
  const isWithheld = (refusal !== null || stop !== null) && quarantine === null;
  if (prepared.resolved.blockers.length > 0) return forecastQuarantine(prepared, null);
  if (isUntouched || isWithheld) return null;
  const { declared } = restraint;
  if (declared === null && prepared.known.urns.length === 0 && !prepared.takesOver) return null;
  const wait = context.waits.directory;
  return reportQuarantine(prepared, { stack, events, unread, declared, wait });
}
