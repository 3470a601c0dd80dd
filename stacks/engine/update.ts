// The update itself: what is left behind is cleared, the quarantine read, the plan carried out, and the quarantine read again.
import type { EngineEvent, Stack } from '@pulumi/pulumi/automation/index.js';
import { formatCount } from '../../policy/words.ts';
import { refreshQuarantine } from '../on-premises/refresh.ts';
import { nothingFound } from '../on-premises/settle-quarantine.ts';
import type { Part } from '../restraint.ts';
import { isLookedAt } from './changes.ts';
import { parallel } from './engine.ts';
import { isStateUnsaved } from './failure.ts';
import { follow } from './follow.ts';
import { pastLeftovers } from './interrupted.ts';
import { partOf, portionsOf, quarantineTargets } from './parts.ts';
import type { EnginePlan, RunOptions } from './plan.ts';
import type { QuarantineReport } from './quarantine-changes.ts';
import { foreseenQuarantine, reportQuarantine } from './report-quarantine.ts';

interface Updated {
  events: EngineEvent[];
  /** Why the quarantine could not be read before the update. */
  unread: readonly string[];
}

export const untouched: Updated = { events: [], unread: [] };

/** One account's failure does not stop the others; the engine then ends with an error that says less than its events. */
export async function update(plan: EnginePlan, options: RunOptions): Promise<Updated> {
  const { isForced = false, onNote = () => {} } = options;
  const events: EngineEvent[] = [];
  const watch = follow(plan.changes, options);
  const unread = await pastLeftovers(plan.stack, { isForced, onCleared: onNote }, async () => {
    const run = engineRun(plan, events, watch);
    await changeAccounts(plan, run, events, onNote);
    return updateRest(plan, options, run);
  });
  return { events, unread };
}

/**
 * In two passes without checkpoints: the first notes in the state what the second is about to do, so that whatever becomes of the
 * second the next run knows of it, and looks in the tenant how far it came.
 */
async function changeAccounts(
  plan: EnginePlan,
  run: EngineRun,
  events: readonly EngineEvent[],
  onNote: (sentence: string) => void,
): Promise<void> {
  const { changes, presumed, released, killed } = plan;
  const begun = [...changes.map(({ urn }) => urn), ...presumed];
  if (begun.length + released.length > 0) await run(partOf('begin', begun), released);
  if (killed > 0)
    onNote(
      `A run before this one was killed in the middle of ${formatCount(killed, 'account')}; what is left to do there is done.`,
    );
  const failed = new Set(events.map(({ resOpFailedEvent }) => resOpFailedEvent?.metadata.urn));
  const looked = changes.filter((planned) => isLookedAt(planned) && !failed.has(planned.urn));
  if (looked.length > 0)
    await run(
      partOf(
        'changes',
        looked.map(({ urn }) => urn),
      ),
      [],
    );
}

/** With checkpoints: a mail cannot be seen in the tenant. Returns why the quarantine could not be read. */
async function updateRest(plan: EnginePlan, { files }: RunOptions, run: EngineRun): Promise<string[]> {
  const { stack, held, notices, hrNotice, prepared, restraint, isQuarantineDue } = plan;
  const hasQuarantine = !prepared.isLeftAlone && (isQuarantineDue || held.length > 0);
  const mails = restraint.isStateLost ? [] : [...notices, ...(hrNotice ? [hrNotice] : [])];
  const part = partOf(
    'rest',
    mails.map(({ urn }) => urn),
    hasQuarantine,
  );
  const targets = hasQuarantine ? quarantineTargets(files.stack) : [];
  const why = hasQuarantine ? await refreshQuarantine(stack, [...held]) : [];
  if (mails.length > 0 || hasQuarantine) await run(part, targets);
  if (!prepared.takesOver || !hasQuarantine) return why;
  // What was taken over is declared no more, and goes.
  restraint.quarantine = nothingFound;
  await run(partOf('rest', [], true), targets);
  return why;
}

type EngineRun = (part: Part, targets: readonly string[]) => Promise<void>;

function engineRun(
  { stack, restraint, changes, presumed }: EnginePlan,
  events: EngineEvent[],
  watch: (event: EngineEvent) => void,
): EngineRun {
  // Where anybody listens the engine tells of each resource that is left alone, too; to note what is known cannot fail.
  const isQuiet = presumed.length === 0 && changes.every(({ change }) => !change.isNew);
  return async (part, targets) => {
    const { workspace } = stack;
    const isSkipped = part.name !== 'rest';
    workspace.envVars = { ...workspace.envVars, PULUMI_SKIP_CHECKPOINTS: String(isSkipped) };
    const onEvent = (event: EngineEvent) => {
      if (isNews(event, part)) events.push(event);
      if (part.name !== 'begin' || event.diagnosticEvent) watch(event);
    };
    for (const [at, urns] of portionsOf([...part.urns]).entries()) {
      restraint.part = { ...part, urns: new Set(urns) };
      const isHeard = part.name !== 'begin' || !isQuiet;
      await bringUp(stack, [...urns, ...(at === 0 ? targets : [])], isHeard ? onEvent : null);
    }
  };
}

async function bringUp(
  stack: Stack,
  target: string[],
  onEvent: ((event: EngineEvent) => void) | null,
): Promise<void> {
  // Without any, everything that is not declared would be deleted from the state.
  if (target.length === 0) return;
  let isOfResources = false;
  const watched = (event: EngineEvent) => {
    isOfResources ||= event.resOpFailedEvent !== undefined;
    onEvent?.(event);
  };
  const listening = onEvent === null ? {} : { onEvent: watched };
  try {
    await stack.up({ parallel, continueOnError: true, target, ...listening });
  } catch (error) {
    if (!isOfResources || isStateUnsaved(error)) throw error;
  }
}

/** Not kept: what is said of each resource that is left alone. */
function isNews({ resourcePreEvent, resOutputsEvent }: EngineEvent, { hasQuarantine }: Part): boolean {
  const { op } = (resourcePreEvent ?? resOutputsEvent)?.metadata ?? {};
  return hasQuarantine || op !== 'same';
}

/** Where nothing about it was to be done, nobody has to look either. */
export async function quarantineAfter(
  { prepared, restraint, quarantine, refusal, context }: EnginePlan,
  { files }: RunOptions,
  isUntouched: boolean,
  events: readonly EngineEvent[],
  unread: readonly string[],
): Promise<QuarantineReport | null> {
  const isWithheld = refusal !== null && quarantine === null;
  if (prepared.settled.blockers.length > 0) return foreseenQuarantine(prepared, null);
  if (isUntouched || isWithheld) return null;
  const { declared } = restraint;
  if (declared === null && prepared.known.urns.length === 0 && !prepared.takesOver) return null;
  const wait = context.waits.directory;
  return reportQuarantine(prepared, { stack: files.stack, events, unread, declared, wait });
}
