// What an update would change, read from the engine's structured events: accounts and notices.
import type { EngineEvent } from '@pulumi/pulumi/automation/index.js';
import {
  type AccountInputs,
  accountChange,
  accountType,
  unpackedInputs,
  unpackedOutputs,
} from '../account.ts';
import { type HrNoticeInputs, type HrNoticeOutputs, hrNoticeType } from '../hr-notice.ts';
import { type NoticeInputs, type NoticeOutputs, noticeType } from '../manager-notice.ts';
import type { HrNotice, Telling } from '../notice/hr.ts';
import type { ManagerNotice } from '../notice/notice.ts';
import type { AccountChange } from '../tenant/change.ts';

/** One account that the engine would create (adopt) or update. */
export interface PlannedChange {
  urn: string;
  inputs: AccountInputs;
  change: AccountChange;
  /** Adopted as the tenant shows it, so that it may differ from what its file alone would have made of it. */
  isAdopted: boolean;
}

/** The accounts of the events that are new or differ, in the engine's order. */
export function plannedChanges(events: readonly EngineEvent[]): PlannedChange[] {
  return events.flatMap(({ resourcePreEvent }) => {
    const metadata = resourcePreEvent?.metadata;
    if (metadata?.type !== accountType || (metadata.op !== 'create' && metadata.op !== 'update')) return [];
    const inputs = unpackedInputs(metadata.new?.inputs);
    const known = metadata.old ? unpackedOutputs(metadata.old.outputs) : null;
    return [{ urn: metadata.urn, inputs, change: accountChange(inputs, known), isAdopted: false }];
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
    return [{ urn: metadata.urn, notice: inputs.notice, told: before?.told ?? inputs.presumedTold ?? [] }];
  });
}

/** HR's notice, that may tell of somebody. */
export interface PlannedHrNotice {
  urn: string;
  notice: HrNotice;
  told: readonly Telling[];
}

/** null: it is as it was. */
export function plannedHrNotice(events: readonly EngineEvent[]): PlannedHrNotice | null {
  const found = events.find(({ resourcePreEvent }) => {
    const { type, op } = resourcePreEvent?.metadata ?? {};
    return type === hrNoticeType && (op === 'create' || op === 'update');
  });
  const metadata = found?.resourcePreEvent?.metadata;
  if (metadata === undefined) return null;
  const inputs = metadata.new?.inputs as HrNoticeInputs;
  const before = metadata.old?.outputs as HrNoticeOutputs | undefined;
  const { notice, presumedTold = [] } = inputs;
  return { urn: metadata.urn, notice, told: before?.told ?? presumedTold };
}
