// What happens to one account next, in words with dates: once the proposal is merged, and by itself after that.
import type { AssignedLicense, Day } from '../../policy/evidence.ts';
import {
  computeMergeEffect,
  describeDisabling,
  describeForeseenStep,
  type LeftGroup,
  type MergeEffect,
} from '../../policy/files/merge-effect.ts';
import {
  isReleased,
  listReasonsAgainstBlock,
  selectStillHeldBack,
  selectUnreleased,
} from '../../policy/files/stage.ts';
import { foldId } from '../../policy/identifiers.ts';
import { sumMonthly } from '../../policy/judge/savings.ts';
import type { Move, UnmovedAccount } from '../../policy/plan/move.ts';
import { selectStages } from '../../policy/populations/population-policy.ts';
import type { AccountFile, Stage } from '../../policy/schemas/account.ts';
import { formatDates, listUpcomingSteps, type UpcomingStep } from '../../policy/words/describe-account.ts';
import { describeStay, formatGroupNames, groupDelayWords } from '../../policy/words/describe-group.ts';
import { formatDay, formatList, formatMoney } from '../../policy/words/labels.ts';
import type { AuditView } from '../audit-view.ts';
import { findContact } from './contact.ts';
import {
  computeMonthlySaving,
  findStanding,
  isEntered,
  listGroupsLeft,
  listRemovedLicenses,
  listSavedLicenses,
  listTakenBackByGroups,
} from './totals.ts';

/** For a file that moves, if it is merged on the day of the audit; a later merge moves every date along. */
export function describeMoveNext(move: Move, result: AuditView): string {
  const { to, from } = move;
  const today = result.auditedOn;
  if (to === null) return from === null ? 'stays as it is' : 'stays as it is; Dormant no longer looks after it';
  if (to === 'archive') return 'stays as it is; the file leaves the program';
  const saved = listSavedLicenses(move);
  if (saved.length > 0)
    return `${formatList(saved)} assigned again, and the mailbox becomes shared again; the licence stays`;
  const onMerge = isEntered(move) ? describeOnMerge(to, move, result) : ['nothing changes by this merge'];
  return [...onMerge, ...describeLaterSteps({ ...move, stage: to, since: today }, result)].join('; ');
}

/** For a file that stays in its stage. */
export function describeUnmovedNext(unmoved: UnmovedAccount, result: AuditView): string {
  const { stage, movesOn, judged, because } = unmoved;
  // An account that waits for more than days has no date.
  if (judged === null || movesOn === null) return formatDates(because, result.auditedOn);
  if (stage === 'keep') return `kept until ${formatDay(movesOn, result.auditedOn)}`;
  return describeLaterSteps(unmoved, result).join('; ');
}

function describeOnMerge(to: Stage, move: Move, result: AuditView): string[] {
  const { file } = move;
  switch (to) {
    case 'notify':
      return [`${findContact(file, result.policy).words} is told`];
    case 'review':
      return ['nothing changes; time to object'];
    case 'disable':
      return [...describeDisabling(computeMergeEffect(file, to, findStanding(move))), ...describeGoneWithBlock(move)];
    case 'delicense':
      return describeDelicensing(move);
    case 'restore':
      return [`gets back ${formatList(listGivenBack(move))}`];
    case 'keep':
      return [
        [
          `nothing happens for ${result.policy.stages.keepDays} days; what was taken is given back`,
          ...listMembershipsBack(move),
        ].join(', with '),
      ];
  }
}

function describeGoneWithBlock(move: Move): string[] {
  const gone = listTakenBackByGroups(move);
  if (gone.length === 0) return [];
  const names = gone.map(({ license }) => license.skuPartNumber);
  return [
    `${formatList(names)} ${gone.length === 1 ? 'goes' : 'go'} with the block, by ${gone.length === 1 ? 'its group' : 'their groups'}: ${formatMoney(sumMonthly(gone), move.file.savings.currency)} a month`,
  ];
}

function describeDelicensing(move: Move): string[] {
  const gone = listRemovedLicenses(move);
  if (gone.length === 0) return ['no licence is removed', ...describeStaying(move)];
  const groups = listGroupsLeft(move);
  const money = `${formatMoney(computeMonthlySaving(move), move.file.savings.currency)} a month`;
  return [
    `${[...describeDirect(gone, move), ...groups.map(describeLeaving)].join(', ')}: ${money}`,
    ...(groups.length > 0 ? [groupDelayWords] : []),
    ...describeStaying(move),
  ];
}

/** What goes in the licence's own way; what comes from a group alone goes with the membership. */
function describeDirect(gone: readonly string[], { file: { restore } }: Move): string[] {
  const isDirect = (sku: string) =>
    restore.licenses.some(({ skuPartNumber, assignedByGroup }) => skuPartNumber === sku && assignedByGroup === null);
  const direct = gone.filter(isDirect);
  if (direct.length === 0) return [];
  return [`${formatList(direct)} removed${restore.groups === undefined ? '' : ' directly'}`];
}

function describeLeaving({ displayName, gave }: LeftGroup): string {
  return `${formatList(gave)} removed by taking the account out of ${formatGroupNames([displayName])}`;
}

function describeStaying({ file, judged }: Pick<Move, 'file' | 'judged'>): string[] {
  return selectStillHeldBack(file.savings, isReleased(file)).map(
    ({ skuPartNumber, reason, error }) =>
      `${skuPartNumber} stays: ${describeStay(reason, selectProduct(skuPartNumber, judged), error)}`,
  );
}

/** How the account has a product, as the audit saw it; empty: it is not known. */
export function selectProduct(sku: string, judged: Move['judged']): readonly AssignedLicense[] {
  return judged?.evidence.licenses.filter(({ skuPartNumber }) => skuPartNumber === sku) ?? [];
}

/** Of an account that comes back from Delicense, the groups of which it shows no licence any more. */
function listMembershipsBack({ file: { restore }, from, judged }: Move): string[] {
  const giving = new Set(
    judged?.evidence.licenses.map(({ assignedByGroup }) => assignedByGroup && foldId(assignedByGroup)),
  );
  const left = from === 'delicense' ? (restore.groups ?? []).filter(({ id }) => !giving.has(foldId(id))) : [];
  const names = left.map(({ displayName }) => displayName);
  return names.length === 0 ? [] : [`its membership in ${formatGroupNames(names)}`];
}

function listGivenBack(move: Move): string[] {
  const { restore } = move.file;
  return [
    ...(restore.licenses.length > 0 ? [listPartNumbers(restore).join(', ')] : []),
    ...listMembershipsBack(move),
    ...(restore.mailbox === 'user' ? ['the mailbox as a user mailbox'] : []),
    ...(restore.accountEnabled ? ['sign-in'] : []),
  ];
}

function listPartNumbers({ licenses }: AccountFile['restore']): string[] {
  return [...new Set(licenses.map(({ skuPartNumber }) => skuPartNumber))];
}

type StagedAccount = Pick<UnmovedAccount, 'file' | 'judged' | 'stage' | 'since'>;

function describeLaterSteps(account: StagedAccount, { policy, auditedOn, uncounted }: AuditView): string[] {
  const stages = selectStages(policy, account.file.evidence.population);
  return listUpcomingSteps(account, stages, uncounted).flatMap((step) => {
    const words = describeStep(step.stage, account);
    return words === null ? [] : [`${words} from ${formatDay(pickLater(step.on, auditedOn), auditedOn)}`];
  });
}

/** null: the step does nothing to this account. */
function describeStep(step: UpcomingStep['stage'], account: StagedAccount): string | null {
  switch (step) {
    case 'review':
      return 'objections';
    case 'disable':
    case 'delicense':
      if (listReasonsAgainstBlock(account.file).length > 0)
        return step === 'disable' ? 'set aside instead of blocked' : null;
      return describeForeseen(step, computeMergeEffect(account.file, step, findStanding(account)));
    case 'deletable':
      return account.stage === 'delicense' && !needsRelease(account.file) ? 'deletable by hand' : null;
    default:
      return null;
  }
}

function describeForeseen(step: 'disable' | 'delicense', effect: MergeEffect): string | null {
  const words = describeForeseenStep(step, effect);
  const names = effect.groups.map(({ displayName }) => displayName);
  return words === null || names.length === 0 ? words : `${words} (out of ${formatGroupNames(names)})`;
}

/** The stages ahead of an account unless somebody decides, without those that it is kept from. */
export function listStepsAhead(
  { file, stage, since }: Pick<UnmovedAccount, 'file' | 'stage' | 'since'>,
  { policy, uncounted }: AuditView,
): UpcomingStep[] {
  const isSetAside = listReasonsAgainstBlock(file).length > 0;
  const stages = selectStages(policy, file.evidence.population);
  return listUpcomingSteps({ stage, since }, stages, uncounted).filter(
    (step) => step.stage === 'review' || !(isSetAside || (step.stage === 'deletable' && needsRelease(file))),
  );
}

/** Such an account is listed as waiting, however long, and never as deletable. */
function needsRelease(file: AccountFile): boolean {
  return selectUnreleased(file).length > 0;
}

/** A step whose day has passed was not merged, so it may happen from today on. */
function pickLater(day: Day, today: Day): Day {
  return day < today ? today : day;
}
