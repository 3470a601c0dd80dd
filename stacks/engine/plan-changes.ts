// What an update would change, from the files and the state: accounts, notices, and what the state is to forget. Pure. The
// functions that decide whether a resource differs are those that answer the engine.
import type { DesiredState } from '../../policy/schemas/account.ts';
import { type AccountChange, isChange } from '../account/account-change.ts';
import {
  type AccountInputs,
  buildAccountChange,
  needsApply,
  unpackInputs,
  unpackOutputs,
} from '../account/account-state.ts';
import { listSteps } from '../account/done-earlier.ts';
import {
  findHrNotice,
  type HrNotice,
  hrNoticeName,
  listNewExecutives,
  type NotifiedExecutive,
} from '../notice/hr-notice.ts';
import { type HrNoticeOutputs, hrNoticeType } from '../notice/hr-notice-state.ts';
import { buildNoticeName, type ManagerNotice } from '../notice/manager-notice.ts';
import { type NoticeOutputs, noticeType } from '../notice/manager-notice-state.ts';
import { listManagerNotices } from '../program.ts';
import type { StateResource } from '../provider/resource.ts';
import { buildUrn } from '../provider/resource-name.ts';
import type { AccountOutcome } from '../run-stack.ts';
import { createOutcome } from '../tenant/outcome.ts';
import type { TrustedStack } from '../trusted-files.ts';
import type { StackRunOptions } from './engine-plan.ts';
import { ownTypes } from './locks.ts';

/** One account that the update would create (adopt) or update. */
export interface PlannedChange {
  urn: string;
  inputs: AccountInputs;
  change: AccountChange;
  /** Adopted as the tenant shows it, so that it may differ from what its file alone says. */
  isAdopted: boolean;
}

export interface PlannedNotice {
  urn: string;
  notice: ManagerNotice;
  /** Ids of the accounts that were reported before. */
  told: readonly string[];
  /** Ids of those of whom a mail was under way when a run was killed. */
  unsure: readonly string[];
}

export interface PlannedHrNotice {
  urn: string;
  notice: HrNotice;
  told: readonly NotifiedExecutive[];
  unsure: readonly string[];
}

interface PlannedChanges {
  /** New or different, in the files' order. */
  accounts: PlannedChange[];
  notices: PlannedNotice[];
  /** null: unchanged. */
  hrNotice: PlannedHrNotice | null;
  /** URNs of files that are gone and of waves that are over: the state forgets them, and the tenant is not changed. */
  released: string[];
  /** How many accounts a run was killed at. */
  killed: number;
  /** What a run did that came to have its accounts as done in the state, and not to its end. */
  doneEarlier: AccountOutcome[];
}

export function planChanges(
  state: readonly StateResource[],
  { files, declared: accounts, kept, record }: Pick<TrustedStack, 'files' | 'declared' | 'kept' | 'record'>,
  since?: StackRunOptions['since'],
): PlannedChanges {
  const outputs = new Map(state.map((resource) => [resource.urn, resource.outputs]));
  const { stack } = files;
  const notices = listManagerNotices(files, since).map((notice) => {
    return { urn: buildUrn(stack, noticeType, buildNoticeName(notice)), notice };
  });
  const forHr = findHrNotice(files);
  const hrUrn = buildUrn(stack, hrNoticeType, hrNoticeName);
  const stays = new Set([...kept, ...[...accounts, ...notices].map(({ urn }) => urn)]);
  if (forHr !== null) stays.add(hrUrn);
  return {
    accounts: accounts.flatMap(({ urn, inputs }) => planAccount(urn, inputs, outputs.get(urn))),
    notices: notices.flatMap(({ urn, notice }) => planNotice(urn, notice, outputs.get(urn))),
    hrNotice: forHr && planHrNotice(hrUrn, forHr, outputs.get(hrUrn)),
    released: state.flatMap(({ urn, type }) => (ownTypes.has(type) && !stays.has(urn) ? urn : [])),
    killed: accounts.filter(({ urn }) => isBegun(outputs.get(urn))).length,
    doneEarlier: state.flatMap((resource) => findDoneEarlier(resource, record?.unreported?.[resource.urn])),
  };
}

function findDoneEarlier(
  { urn, inputs: packed, outputs }: StateResource,
  from: DesiredState | undefined,
): AccountOutcome[] {
  if (from === undefined || outputs === undefined) return [];
  const inputs = unpackInputs(packed);
  const known = unpackOutputs(outputs);
  // What main's history says was taken counts as reached before it is given back.
  if (inputs.taken !== undefined && !known.isSettled) return [];
  const change = buildAccountChange(inputs, known);
  const doneEarlier = listSteps(from, change.from, change.restore);
  const report = { ...createOutcome(change), doneEarlier };
  return doneEarlier.length === 0 ? [] : [{ urn, inputs, change: { ...change, from }, isAdopted: false, report }];
}

function isBegun(outputs: object | undefined): boolean {
  return outputs !== undefined && unpackOutputs(outputs).begun !== undefined;
}

function planAccount(urn: string, inputs: AccountInputs, outputs: object | undefined): PlannedChange[] {
  const known = outputs === undefined ? null : unpackOutputs(outputs);
  if (known !== null && !needsApply(known, inputs)) return [];
  return [{ urn, inputs, change: buildAccountChange(inputs, known), isAdopted: false }];
}

function planNotice(urn: string, notice: ManagerNotice, outputs: object | undefined): PlannedNotice[] {
  const { told, unsure = [] } = (outputs ?? { told: [] }) as NoticeOutputs;
  const isTold = outputs !== undefined && notice.people.every(({ id }) => told.includes(id));
  return isTold ? [] : [{ urn, notice, told, unsure }];
}

function planHrNotice(urn: string, notice: HrNotice, outputs: object | undefined): PlannedHrNotice | null {
  const { told, unsure = [] } = (outputs ?? { told: [] }) as HrNoticeOutputs;
  const isTold = outputs !== undefined && listNewExecutives(notice, told).length === 0;
  return isTold ? null : { urn, notice, told, unsure };
}

/** Whether it may change the tenant. What is new and asks for no change is only adopted. */
export function mayChangeTenant({ change, isAdopted }: PlannedChange): boolean {
  return isChange(change) || isAdopted || !change.isNew;
}
