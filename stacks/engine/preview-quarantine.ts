// What the engine would change about the quarantine. Only the engine knows: the provider of these resources is not ours.
import type { EngineEvent, Stack } from '@pulumi/pulumi/automation/index.js';
import { readDeclaredMembers } from '../program.ts';
import type { Restraint } from '../restraint.ts';
import type { EnginePlan, StackRunOptions } from './engine-plan.ts';
import { excludeQuarantine, findQuarantineFailure, type PreparedQuarantine } from './prepare-quarantine.ts';
import { planQuarantine } from './report-quarantine.ts';
import { buildPart, listQuarantineTargets } from './update-parts.ts';
import { maxParallelOperations } from './workspace.ts';

type RestrainedRun = StackRunOptions & { restraint: Restraint };

/** Also sets whether it is taken over, and in the restraint what the program declared. */
export async function previewQuarantine(
  stack: Stack,
  prepared: PreparedQuarantine,
  options: RestrainedRun,
): Promise<Pick<EnginePlan, 'quarantine' | 'isQuarantineDue'>> {
  if (!prepared.isNeeded) return { quarantine: null, isQuarantineDue: false };
  const { restraint } = options;
  const events = await previewQuarantinePart(stack, prepared, options).catch((error) => {
    excludeQuarantine(prepared, restraint, error);
    return previewQuarantinePart(stack, prepared, options);
  });
  const { imports } = prepared.resolved;
  prepared.takesOver = restraint.declared === null && (imports.group ?? imports.policy) !== null;
  const isQuarantineDue = events.some(isQuarantineStep);
  return { quarantine: planQuarantine(events, prepared), isQuarantineDue };
}

async function previewQuarantinePart(
  stack: Stack,
  { isLeftAlone }: PreparedQuarantine,
  options: RestrainedRun,
): Promise<EngineEvent[]> {
  const events: EngineEvent[] = [];
  if (isLeftAlone) {
    await readDeclaredMembers(options.files, options);
    return events;
  }
  options.restraint.part = buildPart('rest', [], true);
  const onEvent = (event: EngineEvent) => void (isRelevant(event) && events.push(event));
  const target = listQuarantineTargets(options.files.stack);
  await stack.preview({ parallel: maxParallelOperations, onEvent, target }).catch((error: unknown) => {
    throw findQuarantineFailure(events) ?? error;
  });
  return events;
}

/** Leaves out the events of accounts, which are not part of this. */
function isRelevant(event: EngineEvent): boolean {
  const { type } = (event.resourcePreEvent ?? event.resOutputsEvent)?.metadata ?? {};
  return type === undefined || isAzureadType(type);
}

function isQuarantineStep({ resourcePreEvent }: EngineEvent): boolean {
  const { type = '', op } = resourcePreEvent?.metadata ?? {};
  return isAzureadType(type) && op !== 'same';
}

function isAzureadType(type: string): boolean {
  return type.startsWith('azuread:') || type === 'pulumi:providers:azuread';
}
