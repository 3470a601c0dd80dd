// What an update would change, read from the engine's structured events: accounts, notices, the quarantine.
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
import { groupType, policyStates, policyType, type QuarantineMode } from '../on-premises/quarantine.ts';
import { membersIn } from '../on-premises/refresh.ts';
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

/** What changes about who is held in quarantine, and how. Object ids. */
export interface PlannedQuarantine {
  /** null: nobody is held any more. */
  mode: QuarantineMode | null;
  /** Who joins; all members when the mode changes. */
  holds: readonly string[];
  releases: readonly string[];
  /** The policy is new, or blocks where it only reported, or the other way round. */
  isNewMode: boolean;
}

/** null: nothing about it changes. */
export function plannedQuarantine(events: readonly EngineEvent[]): PlannedQuarantine | null {
  const of = (type: string) => events.find((event) => event.resourcePreEvent?.metadata.type === type);
  const group = of(groupType)?.resourcePreEvent?.metadata;
  const policy = of(policyType)?.resourcePreEvent?.metadata;
  if (!group || !policy || (group.op === 'same' && policy.op === 'same')) return null;
  const before = membersIn(group.old?.inputs);
  const after = membersIn(group.new?.inputs);
  const state = policy.new?.inputs.state;
  const joins = after.filter((id) => !before.includes(id));
  const isNewMode = state !== policy.old?.inputs.state;
  return {
    mode: modeOf(state),
    holds: isNewMode ? after : joins,
    isNewMode,
    releases: before.filter((id) => !after.includes(id)),
  };
}

/** What an update has changed about the quarantine. */
export interface QuarantineReport extends PlannedQuarantine {
  /** Why it is not as declared, as sentences; then nobody is named as held. Empty in a preview. */
  failures: readonly string[];
}

/** null: nothing about it has changed. A policy whose group failed was never come to, so a failure stands for the whole. */
export function reportedQuarantine(events: readonly EngineEvent[]): QuarantineReport | null {
  const failures = quarantineFailures(events);
  if (failures.length > 0) return { mode: null, holds: [], releases: [], isNewMode: false, failures };
  const planned = plannedQuarantine(events);
  return planned && { ...planned, failures };
}

/** What the azuread plugin said of its group, its policy or its own start. */
function quarantineFailures(events: readonly EngineEvent[]): string[] {
  return events.flatMap(({ diagnosticEvent }) => {
    const { urn = '', severity, message } = diagnosticEvent ?? {};
    return severity === 'error' && message && /::azuread:|:providers:azuread::/.test(urn)
      ? [message.trim()]
      : [];
  });
}

function modeOf(state: unknown): QuarantineMode | null {
  if (state === policyStates['report-only']) return 'report-only';
  return state === policyStates.enforced ? 'enforced' : null;
}
