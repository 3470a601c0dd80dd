// The update itself: what is left behind is cleared, the quarantine read, the plan carried out, and the quarantine read again.
import type { EngineEvent } from '@pulumi/pulumi/automation/index.js';
import { refreshQuarantine } from '../on-premises/refresh.ts';
import { nothingFound } from '../on-premises/settle-quarantine.ts';
import { parallel } from './engine.ts';
import { isStateUnsaved } from './failure.ts';
import { follow } from './follow.ts';
import { pastLeftovers } from './interrupted.ts';
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
  const { stack, changes, held, prepared, restraint } = plan;
  const { isForced = false, onNote = () => {} } = options;
  const events: EngineEvent[] = [];
  const watch = follow(changes, options);
  const onEvent = (event: EngineEvent) => {
    events.push(event);
    watch(event);
  };
  const unread = await pastLeftovers(stack, { isForced, onCleared: onNote }, async () => {
    const why = prepared.exclude.length > 0 ? [] : await refreshQuarantine(stack, [...held]);
    await bringUp(plan, events, onEvent);
    if (!prepared.takesOver) return why;
    // What was taken over is declared no more, and goes.
    restraint.quarantine = nothingFound;
    await bringUp(plan, events, onEvent);
    return why;
  });
  return { events, unread };
}

async function bringUp(
  { stack, targets, prepared: { exclude } }: EnginePlan,
  events: readonly EngineEvent[],
  onEvent: (event: EngineEvent) => void,
): Promise<void> {
  const only = targets ? { target: targets } : { exclude };
  try {
    await stack.up({ parallel, continueOnError: true, onEvent, ...only });
  } catch (error) {
    const isOfResources = events.some(({ resOpFailedEvent }) => resOpFailedEvent !== undefined);
    if (!isOfResources || isStateUnsaved(error)) throw error;
  }
}

/** Where nothing about it was to be done, nobody has to look either. */
export async function quarantineAfter(
  { prepared, restraint, quarantine, targets, context }: EnginePlan,
  { files }: RunOptions,
  isUntouched: boolean,
  events: readonly EngineEvent[],
  unread: readonly string[],
): Promise<QuarantineReport | null> {
  const isWithheld = targets !== null && quarantine === null;
  if (prepared.settled.blockers.length > 0) return foreseenQuarantine(prepared, null);
  if (isUntouched || isWithheld) return null;
  const { declared } = restraint;
  if (declared === null && prepared.known.urns.length === 0 && !prepared.takesOver) return null;
  const wait = context.waits.directory;
  return reportQuarantine(prepared, { stack: files.stack, events, unread, declared, wait });
}
