// What the engine would change about the quarantine, which is made of resources whose provider is not ours: only the engine can tell.
import type { EngineEvent, Stack } from '@pulumi/pulumi/automation/index.js';
import { findMembers } from '../program.ts';
import type { Restraint } from '../restraint.ts';
import { parallel } from './engine.ts';
import { partOf, quarantineTargets } from './parts.ts';
import type { EnginePlan, RunOptions } from './plan.ts';
import { leaveAlone, type PreparedQuarantine, quarantineAlone } from './prepare-quarantine.ts';
import { planQuarantine } from './report-quarantine.ts';

/** Also fills in what is to be taken over, and of the restraint what the program has declared. */
export async function previewQuarantine(
  stack: Stack,
  prepared: PreparedQuarantine,
  options: RunOptions,
  restraint: Restraint,
): Promise<Pick<EnginePlan, 'quarantine' | 'isQuarantineDue'>> {
  if (!prepared.isNeeded) return { quarantine: null, isQuarantineDue: false };
  const events = await previewAlone(stack, prepared, options, restraint).catch((error) => {
    leaveAlone(prepared, restraint, error);
    return previewAlone(stack, prepared, options, restraint);
  });
  const { imports } = prepared.settled;
  prepared.takesOver = restraint.declared === null && (imports.group ?? imports.policy) !== null;
  const isQuarantineDue = events.some(isOfQuarantine);
  return { quarantine: planQuarantine(events, prepared), isQuarantineDue };
}

async function previewAlone(
  stack: Stack,
  { isLeftAlone }: PreparedQuarantine,
  options: RunOptions,
  restraint: Restraint,
): Promise<EngineEvent[]> {
  const events: EngineEvent[] = [];
  if (isLeftAlone) {
    await findMembers(options.files, { ...options, restraint }, restraint);
    return events;
  }
  restraint.part = partOf('rest', [], true);
  const onEvent = (event: EngineEvent) => void (isNews(event) && events.push(event));
  const target = quarantineTargets(options.files.stack);
  await stack.preview({ parallel, onEvent, target }).catch((error: unknown) => {
    throw quarantineAlone(events) ?? error;
  });
  return events;
}

/** Not kept: what is said of each account, that it is left alone. */
function isNews(event: EngineEvent): boolean {
  const { type } = (event.resourcePreEvent ?? event.resOutputsEvent)?.metadata ?? {};
  return type === undefined || isAzuread(type);
}

function isOfQuarantine({ resourcePreEvent }: EngineEvent): boolean {
  const { type = '', op } = resourcePreEvent?.metadata ?? {};
  return isAzuread(type) && op !== 'same';
}

function isAzuread(type: string): boolean {
  return type.startsWith('azuread:') || type === 'pulumi:providers:azuread';
}
