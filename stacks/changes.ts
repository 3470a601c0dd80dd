// Which accounts an update would change, read from the engine's structured events.
import type { EngineEvent } from '@pulumi/pulumi/automation/index.js';
import { type AccountInputs, type AccountOutputs, accountType } from './account.ts';
import { type NoticeInputs, type NoticeOutputs, noticeType } from './manager-notice.ts';
import type { ManagerNotice } from './notice/notice.ts';
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

/** A notice that would tell somebody. */
export interface PlannedNotice {
  urn: string;
  notice: ManagerNotice;
  /** Ids of the accounts that have been told of before. */
  told: readonly string[];
}

export function plannedNotices(events: readonly EngineEvent[]): PlannedNotice[] {
  return events.flatMap(({ resourcePreEvent }) => {
    const metadata = resourcePreEvent?.metadata;
    if (metadata?.type !== noticeType || (metadata.op !== 'create' && metadata.op !== 'update')) return [];
    const inputs = metadata.new?.inputs as NoticeInputs;
    const before = metadata.old?.outputs as NoticeOutputs | undefined;
    return [{ urn: metadata.urn, notice: inputs.notice, told: before?.told ?? [] }];
  });
}
