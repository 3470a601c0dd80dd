// Which accounts an update would change, read from the engine's structured events.
import type { EngineEvent } from '@pulumi/pulumi/automation/index.js';
import { type AccountInputs, type AccountOutputs, accountType } from './account.ts';
import { accountChange, stateBefore } from './provider/account-resource.ts';
import type { AccountChange } from './tenant/change.ts';

/** One account that the engine would create (adopt) or update. */
export interface PlannedChange {
  urn: string;
  inputs: AccountInputs;
  change: AccountChange;
}

/** The accounts of the events that are new or differ, in the engine's order. */
export function plannedChanges(events: readonly EngineEvent[]): PlannedChange[] {
  return events.flatMap(({ resourcePreEvent }) => {
    const metadata = resourcePreEvent?.metadata;
    if (metadata?.type !== accountType || (metadata.op !== 'create' && metadata.op !== 'update')) return [];
    const inputs = metadata.new?.inputs as AccountInputs;
    const before = stateBefore(metadata.old?.outputs as AccountOutputs | undefined, inputs);
    return [{ urn: metadata.urn, inputs, change: accountChange(inputs, before) }];
  });
}
