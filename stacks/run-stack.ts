// preview and apply of one stack: the engine runs the program, the limits come first, the outcome is returned.
import { noRequest } from '../graph/request-ids.ts';
import { isCapped } from '../policy/files/removals.ts';
import type { StackFiles } from '../policy/files/stack-files.ts';
import { foldId } from '../policy/identifiers.ts';
import type { TakingStop } from '../policy/pause/taking-stop.ts';
import type { NewWitness } from '../policy/signing/key-trust.ts';
import type { RefusedFile } from '../policy/signing/stand-files.ts';
import { isChange } from './account/account-change.ts';
import { applyAccount } from './account/apply-account.ts';
import type { ApplyContext } from './account/apply-context.ts';
import { createDryRunContext } from './account/dry-run.ts';
import { describeMove, shortenCommit } from './contained-main.ts';
import { translateEngineError } from './engine/engine-errors.ts';
import { buildEnginePlan, type EnginePlan, type StackRunOptions } from './engine/engine-plan.ts';
import { mayChangeTenant, type PlannedChange } from './engine/plan-changes.ts';
import type { QuarantineReport } from './engine/quarantine-changes.ts';
import { forecastQuarantine } from './engine/report-quarantine.ts';
import { noUpdate, reportQuarantineAfterUpdate, runUpdate, type UpdateResult } from './engine/update.ts';
import type { DraftedNotice } from './notice/deliver.ts';
import { findOnPremisesOrder, type OnPremisesOrder } from './on-premises/orders.ts';
import { extractMailReports, extractOutcome, type NoticeReport } from './provider/provider-messages.ts';
import { createApplyLog, identifyRun, logRun, readApplyLog } from './record/apply-log.ts';
import { buildBrokenMails, buildBrokenReport, selectRun } from './record/broken-outcome.ts';
import { type ApplyOutcome, createOutcome, toStopWait } from './tenant/outcome.ts';

export interface AccountOutcome extends PlannedChange {
  report: ApplyOutcome;
}

export interface StackOutcome {
  mode: 'preview' | 'apply';
  /** As they stand: what was applied, or would be. */
  files: StackFiles;
  accounts: AccountOutcome[];
  /** Files that may not stand as they are written. */
  refusedFiles: readonly RefusedFile[];
  /** Keys whose word does not count yet. */
  newWitnesses: readonly NewWitness[];
  mails: NoticeReport[];
  /** Mails that could not be sent, as sentences. */
  unsent: string[];
  /** What Active Directory's admins have to do, one entry per account. */
  onPremises: OnPremisesOrder[];
  /** null: nothing about it changes. */
  quarantine: QuarantineReport | null;
  /** Accounts that enter the stack without any change. */
  adopted: number;
  /** Something is taken although these people's sign-ins cannot be read; `signIns: optional` allows it. */
  withoutSignIns: boolean;
  /** Why nothing is taken, though giving back goes on; null: no limit was passed. */
  limited: string | null;
  /** Why nothing is taken now, or no longer was; null: nothing stops it. */
  stop: TakingStop | null;
  /** Main has moved on, so that the rest is the next run's: no failure. */
  gaveWay: boolean;
  /** What a reader has to know besides, as sentences. */
  notes: string[];
}

/** What an apply would do, from the engine's own plan and fresh reads; nothing is written. */
export function previewStack(options: StackRunOptions): Promise<StackOutcome> {
  return preview({ ...options, isPreview: true }).catch(throwTranslated);
}

async function preview(options: StackRunOptions): Promise<StackOutcome> {
  const plan = await buildEnginePlan(options);
  const { changes, quarantine, refusal, stop, context, trusted } = plan;
  const isUnknown = stop?.kind === 'forge-unknown';
  const dryRun = createDryRunContext(context);
  const reported = await Promise.all(
    changes.filter(mayChangeTenant).map(async (planned) => ({
      ...planned,
      report: await applyAccount(planned.change, dryRun),
    })),
  );
  const accounts = [...reported.filter(isWorthReporting), ...listTooNew(plan)];
  return {
    mode: 'preview',
    ...reportTrust(plan),
    accounts,
    mails: await draftNoticeReports(plan),
    unsent: listUnsent(trusted),
    onPremises: await listOnPremisesOrders(accounts, context),
    quarantine: forecastQuarantine(plan.prepared, quarantine),
    adopted: changes.length - reported.filter(isWorthReporting).length,
    withoutSignIns: await isTakingWithoutSignIns(changes, context),
    limited: describeRefusal(refusal),
    // Who previews need not have the apply's rights.
    stop: isUnknown ? null : stop,
    gaveWay: false,
    notes: [...plan.notes, ...(isUnknown ? [describeUnknown(stop)] : [])],
  };
}

/**
 * Brings the tenant to what the files say; above the limits only as far as that takes nothing. Throws `locked`, and
 * `over-limit` if that leaves nothing to do, before the first write; an account's own failure is in its outcome.
 */
export function applyStack(options: StackRunOptions): Promise<StackOutcome> {
  return apply(options).catch(throwTranslated);
}

function reportTrust({ trusted: { files, refused, newWitnesses } }: EnginePlan) {
  return { files, refusedFiles: refused, newWitnesses };
}

function listUnsent({ unsignedList }: EnginePlan['trusted']): string[] {
  return unsignedList === null ? [] : [unsignedList];
}

/** They wait, and nothing of them is noted: the next run finds them as this one did. */
function listHeld({ held, stop }: EnginePlan): AccountOutcome[] {
  const waits = stop === null ? [] : [toStopWait(stop)];
  return held.map((planned) => ({ ...planned, report: { ...createOutcome(planned.change), waits } }));
}

function listTooNew({ tooNew, trusted }: EnginePlan): AccountOutcome[] {
  return tooNew.map((planned) => {
    const day = trusted.tooNew.get(foldId(planned.change.account.id));
    const because = `the key that signed its facts is new here: nothing is taken on its word before ${day}`;
    return { ...planned, report: { ...createOutcome(planned.change), refused: [{ code: 'key-too-new', because }] } };
  });
}

/** An account that was adopted without a change is only counted, unless there is something to report. */
function isWorthReporting({ change, report }: AccountOutcome): boolean {
  const { done, doneEarlier = [], refused, waits, failure } = report;
  return isChange(change) || [done, doneEarlier, refused, waits].flat().length > 0 || failure !== null;
}

function describeUnknown({ because }: TakingStop): string {
  return `Whether an apply would take anything now is not known here: ${because}.`;
}

/** For the comment: what is too much, and what can be done about it. */
function describeRefusal(refusal: EnginePlan['refusal']): string | null {
  return refusal && `${refusal.message} ${refusal.remedy}`;
}

function throwTranslated(error: unknown): never {
  throw translateEngineError(error);
}

async function apply(options: StackRunOptions): Promise<StackOutcome> {
  if (options.main.movedTo !== null) return giveWayAtOnce(options, options.main.movedTo);
  const plan = await buildEnginePlan(options);
  const { changes, notices, hrNotice, quarantineUrns, isNothing, refusal, notes, context, trusted } = plan;
  // An outcome names each file that is refused.
  if (refusal && isNothing && trusted.refused.length === 0) throw refusal;
  const withoutSignIns = await isTakingWithoutSignIns(changes, context);
  const isUntouched = isNothing && quarantineUrns.length === 0;
  const hasNoUpdate = isUntouched && !plan.recordDue.atEnd && !plan.isToBePrepared;
  const updated = hasNoUpdate ? noUpdate : await updateAndLog(plan, options);
  const changing = changes.filter(mayChangeTenant);
  const changed = changing
    .map((planned) => ({ ...planned, report: extractOutcome(updated.events, planned) }))
    .filter(isWorthReporting);
  const accounts = addDoneEarlier(
    [...changed, ...listHeld(plan), ...listTooNew(plan)],
    hasNoUpdate ? [] : plan.doneEarlier,
  );
  const mails = extractMailReports(updated.events, notices, hrNotice);
  const moved = listMoves(accounts, updated.movedTo);
  const isLeft = moved.length > 0 || updated.doubt !== null;
  const onPremises = await listOnPremisesOrders(accounts, context);
  return {
    mode: 'apply',
    ...reportTrust(plan),
    accounts,
    ...mails,
    unsent: [...mails.unsent, ...listUnsent(trusted)],
    onPremises,
    quarantine: await reportQuarantineAfterUpdate(plan, options.files.stack, {
      ...updated,
      isUntouched: isUntouched || isLeft,
    }),
    adopted: changes.length - changed.length,
    withoutSignIns,
    limited: describeRefusal(refusal ?? updated.doubt),
    stop: plan.stop ?? updated.stop,
    gaveWay: moved.length > 0,
    notes: [...notes, ...moved, ...(hasNoUpdate ? describeSettled(plan) : [])],
  };
}

/** What an earlier run did comes before what this one found. */
function addDoneEarlier(accounts: readonly AccountOutcome[], earlier: readonly AccountOutcome[]): AccountOutcome[] {
  const before = new Map(earlier.map(({ urn, report: { doneEarlier = [] } }) => [urn, doneEarlier]));
  const told = accounts.map((account) => {
    const { report } = account;
    const doneEarlier = [...(before.get(account.urn) ?? []), ...(report.doneEarlier ?? [])];
    return doneEarlier.length === 0 ? account : { ...account, report: { ...report, doneEarlier } };
  });
  const urns = new Set(accounts.map(({ urn }) => urn));
  return [...told, ...earlier.filter(({ urn }) => !urns.has(urn))];
}

/** What an apply that ends early does not come to find out. */
const nothingDone = {
  mode: 'apply',
  unsent: [],
  onPremises: [],
  quarantine: null,
  adopted: 0,
  withoutSignIns: false,
  stop: null,
} satisfies Partial<StackOutcome>;

/** Main moved between the checkout and this run. */
function giveWayAtOnce({ files, main }: StackRunOptions, movedTo: string): StackOutcome {
  return {
    ...{ ...nothingDone, files, refusedFiles: [], newWitnesses: [], accounts: [], mails: [] },
    ...{ limited: null, gaveWay: true },
    notes: [
      `Nothing is done: main has moved from ${shortenCommit(main.applied ?? '')} to ${shortenCommit(movedTo)} since this run checked it out; the run of that push applies it.`,
    ],
  };
}

function listMoves(accounts: readonly AccountOutcome[], movedTo: string | null): string[] {
  const waits = accounts.flatMap(({ report }) => report.waits.filter((wait) => wait.for === 'newer-main'));
  const [because] = [...(movedTo === null ? [] : [describeMove(movedTo)]), ...waits.map((wait) => wait.because)];
  return because === undefined ? [] : [`${because[0]?.toUpperCase()}${because.slice(1)}.`];
}

/** Where anything is refused or waits, the tip is not all that there is to say. */
function describeSettled({ trusted, refusal, tooNew, isHeldBack, restraint: { seen } }: EnginePlan): string[] {
  const isOpen =
    refusal !== null || isHeldBack || trusted.refused.length + tooNew.length > 0 || trusted.unsignedList !== null;
  return isOpen || seen === null ? [] : [`Main's tip ${shortenCommit(seen.commit)} is applied already.`];
}

async function updateAndLog(plan: EnginePlan, options: StackRunOptions): Promise<UpdateResult> {
  const { repository, env, files, main, today, onBroken = () => {} } = options;
  const [run, place] = [identifyRun(env), { repository, stack: files.stack }];
  const log = createApplyLog(place, { run, commit: main.applied });
  try {
    return await logRun(log, today, () => runUpdate(plan, options));
  } catch (error) {
    onBroken(buildBrokenOutcome(plan, selectRun(await readApplyLog(place), run)));
    throw error;
  }
}

/** What the run had done by then; what it would have found out at its end is left out. */
function buildBrokenOutcome(plan: EnginePlan, steps: ReturnType<typeof selectRun>): StackOutcome {
  const accounts = plan.changes.flatMap((planned) => {
    const report = buildBrokenReport(planned, steps);
    return report === null ? [] : { ...planned, report };
  });
  return {
    ...{ ...nothingDone, ...reportTrust(plan), accounts, mails: buildBrokenMails(plan.notices, steps) },
    ...{ limited: describeRefusal(plan.refusal), stop: plan.stop, gaveWay: false, notes: plan.notes },
  };
}

/** With `signIns: required` each account's refusal says it instead. */
async function isTakingWithoutSignIns(
  moving: readonly PlannedChange[],
  { reader, guard }: ApplyContext,
): Promise<boolean> {
  if (guard.policy.signIns === 'required' || !moving.some(({ change }) => isCapped(change))) return false;
  return (await reader.readSignInAccess()) === 'unavailable';
}

async function listOnPremisesOrders(
  accounts: readonly AccountOutcome[],
  context: ApplyContext,
): Promise<OnPremisesOrder[]> {
  const waiting = accounts.filter(({ report }) => report.waits.some((wait) => wait.for === 'active-directory'));
  const orders = await Promise.all(
    waiting.map(async ({ change }) => findOnPremisesOrder(change, await context.look(change.account.id))),
  );
  return orders.filter((order) => order !== null);
}

/** One after the other, as they are sent. */
async function draftNoticeReports({ notices, hrNotice, sender }: EnginePlan): Promise<NoticeReport[]> {
  const reports: NoticeReport[] = [];
  for (const { notice, told, unsure } of notices)
    reports.push(...(await sender.draft(notice, told, unsure)).map((draft) => toNoticeReport(draft, notice.stage)));
  const draft = hrNotice && (await sender.draftHr(hrNotice.notice, hrNotice.told, hrNotice.unsure));
  if (draft !== null) reports.push(toNoticeReport(draft, 'escalation'));
  return reports;
}

function toNoticeReport(draft: DraftedNotice, stage: NoticeReport['stage']): NoticeReport {
  const { recipient, message, people, mayBeSecond } = draft;
  const { address: to, because } = recipient;
  return { to, because, stage, subject: message.subject, people, mayBeSecond, ...noRequest };
}
