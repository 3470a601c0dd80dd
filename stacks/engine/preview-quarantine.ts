// What the engine would change about the quarantine, which is made of resources whose provider is not ours: only the engine can tell.
import type { EngineEvent, Stack } from '@pulumi/pulumi/automation/index.js';
import { readDeclaredMembers } from '../program.ts';
import type { Restraint } from '../restraint.ts';
import type { EnginePlan, StackRunOptions } from './engine-plan.ts';
import { excludeQuarantine, findQuarantineFailure, type PreparedQuarantine } from './prepare-quarantine.ts';
import { planQuarantine } from './report-quarantine.ts';
import { buildPart, listQuarantineTargets } from './update-parts.ts';
import { maxParallelOperations } from './workspace.ts';

type RestrainedRun = StackRunOptions & { restraint: Restraint };

/** Also fills in what is to be taken over, and of the restraint what the program has declared. */
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

/** Not kept: what is said of each account, that it is left alone. */
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
