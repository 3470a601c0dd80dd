// What each stage makes of an account, and what a person's edit of `desired` may change about it. Pure.
import { foldId, type GroupId, type IdKey } from '../identifiers.ts';
import {
  type AccountFile,
  type DesiredState,
  type HeldBackReason,
  type RestoreState,
  releasableReasons,
  type Savings,
  type Stage,
} from '../schemas/account.ts';
import { buildStayingGroups, listGivenSkus, listLeftGroups, settleMemberships } from './memberships.ts';

/** Stages in which an account has lost something that `restore` can give back. */
export function isTakingStage(stage: Stage): boolean {
  return stage === 'disable' || stage === 'delicense';
}

/** The order of the stages; -1 for keep and restore, which are outside of it. */
export function getStageOrder(stage: Stage): number {
  return ['notify', 'review', 'disable', 'delicense'].indexOf(stage);
}

/**
 * What the stage asks for, before any person's edit. Held-back licences stay, unless only a released OneDrive kept them.
 */
export function buildDesiredState(
  stage: Stage,
  restore: RestoreState,
  savings: Savings,
  isReleased = false,
): DesiredState {
  const all = restore.licenses.map(({ skuPartNumber }) => skuPartNumber);
  const licenses = [...new Set(all)];
  const before: DesiredState = { accountEnabled: restore.accountEnabled, mailbox: 'unchanged', licenses };
  switch (stage) {
    case 'notify':
    case 'review':
    case 'keep':
    case 'restore':
      return before;
    case 'disable':
      return { accountEnabled: false, mailbox: getTargetMailbox(restore), licenses };
    case 'delicense': {
      const staying = new Set(listStayingLicenses(savings, isReleased));
      const desired: DesiredState = {
        accountEnabled: false,
        mailbox: getTargetMailbox(restore),
        licenses: licenses.filter((skuPartNumber) => staying.has(skuPartNumber)),
        ...(restore.groups === undefined ? {} : { groups: [] }),
      };
      return settleMemberships(desired, restore, listRescuedSkus(savings));
    }
  }
}

/**
 * What merging the file makes true. `keep` and `restore` give back what was taken, whatever `desired` still says,
 * so that a reviewer's veto is an edit of one line.
 */
export function computeEffectiveDesired({ stage, desired, restore, savings }: AccountFile): DesiredState {
  if (stage === 'keep' || stage === 'restore') return buildDesiredState(stage, restore, savings);
  const { accountEnabled, mailbox, licenses, groups } = desired;
  const released = stage === 'delicense' ? listReleasedLicenses(desired, savings) : [];
  const isHeld = (group: GroupId) => listGivenSkus(restore, group).some((sku) => !released.includes(sku));
  const effective = settleMemberships(
    {
      ...{ accountEnabled, mailbox, licenses: licenses.filter((sku) => !released.includes(sku)) },
      ...(groups === undefined ? {} : { groups: groups.filter(isHeld) }),
    },
    restore,
    listRescuedSkus(savings),
  );
  const { groups: _, ...rest } = effective;
  return { ...rest, ...buildStayingGroups(listLeftGroups(effective, restore), restore) };
}

/** Why a licence stays that the file asks for: for the file's own reason, even if that has ended since, or a reviewer's. */
export function findKeptReason({ savings }: Pick<AccountFile, 'savings'>, skuPartNumber: string): HeldBackReason {
  return savings.heldBack.find((each) => each.skuPartNumber === skuPartNumber)?.reason ?? 'kept-by-reviewer';
}

/** Whether a person has said that the files of the account's OneDrive may go. */
export function isReleased({ desired }: Pick<AccountFile, 'desired'>): boolean {
  return desired.oneDrive === 'release';
}

/** What the block would take although it has to stay, as the audit saw it: such an account is not blocked. */
export function listReasonsAgainstBlock(file: Pick<AccountFile, 'desired' | 'dynamicGroups'>): HeldBackReason[] {
  const reasons = file.dynamicGroups?.flatMap(({ keepsSignInFor = [] }) => keepsSignInFor) ?? [];
  return reasons.filter((reason) => !isReleased(file) || !releasableReasons.includes(reason));
}

function listStayingLicenses(savings: Savings, isReleased: boolean): string[] {
  return selectStillHeldBack(savings, isReleased).map(({ skuPartNumber }) => skuPartNumber);
}

/** What stays for another reason than a OneDrive that has been released. */
export function selectStillHeldBack({ heldBack }: Savings, isReleased: boolean): Savings['heldBack'] {
  return heldBack.filter(({ reason }) => !isReleased || !releasableReasons.includes(reason));
}

/** What stays until a person releases the files of the OneDrive. */
export function selectUnreleased(file: Pick<AccountFile, 'desired' | 'savings'>): Savings['heldBack'] {
  return selectStillHeldBack(file.savings, isReleased(file)).filter(({ reason }) => releasableReasons.includes(reason));
}

/** SKU part numbers that a mailbox needs because it turned back after its licences had gone. */
function listRescuedSkus({ heldBack }: Savings): string[] {
  return heldBack.flatMap(({ skuPartNumber, reason }) => (reason === 'mailbox-flipped-back' ? skuPartNumber : []));
}

function listReleasedLicenses(desired: DesiredState, savings: Savings): string[] {
  const staying = listStayingLicenses(savings, isReleased({ desired }));
  return savings.heldBack
    .map(({ skuPartNumber }) => skuPartNumber)
    .filter((skuPartNumber) => !staying.includes(skuPartNumber));
}

/** The next stage's desired state; what a person kept beyond the present stage stays kept. */
export function buildNextDesiredState(file: AccountFile, next: Stage, savings: Savings): DesiredState {
  const stageDesired = buildDesiredState(file.stage, file.restore, file.savings);
  const nextDesired = buildDesiredState(next, file.restore, savings, isReleased(file));
  const keptLicenses = file.desired.licenses.filter((sku) => !stageDesired.licenses.includes(sku));
  const desired: DesiredState = {
    accountEnabled: nextDesired.accountEnabled || (file.desired.accountEnabled && !stageDesired.accountEnabled),
    mailbox:
      file.desired.mailbox === 'unchanged' && stageDesired.mailbox === 'shared' ? 'unchanged' : nextDesired.mailbox,
    licenses: [...new Set([...nextDesired.licenses, ...keptLicenses])],
    ...(nextDesired.groups === undefined ? {} : { groups: nextDesired.groups }),
    ...(file.desired.oneDrive === undefined ? {} : { oneDrive: file.desired.oneDrive }),
  };
  return settleMemberships(desired, file.restore, listRescuedSkus(savings));
}

/** What `desired` takes away beyond what its stage asks for, as sentences; empty for a file in order. */
export function describeDesiredBeyondStage({ stage, desired, restore, savings }: AccountFile): string[] {
  const stageDesired = buildDesiredState(stage, restore, savings, isReleased({ desired }));
  const desiredSkus = new Set(desired.licenses);
  const missing = stageDesired.licenses.filter((sku) => !desiredSkus.has(sku));
  const asked = listLeftGroups(stageDesired, restore);
  const leftBeyond = listLeftGroups(desired, restore).filter((group) => !asked.includes(group));
  return [
    ...(stageDesired.accountEnabled && !desired.accountEnabled
      ? [`accountEnabled is false, which ${stage} does not ask for`]
      : []),
    ...(stageDesired.mailbox === 'unchanged' && desired.mailbox === 'shared'
      ? [`mailbox is shared, which ${stage} does not ask for`]
      : []),
    ...(missing.length > 0 ? [`licenses lack ${missing.join(', ')}, which ${stage} does not take`] : []),
    ...leftBeyond.map(({ id, displayName }) => `groups lack ${id} (${displayName}), which ${stage} does not leave`),
    ...listUnknownGroups(desired, restore).map((id) => `groups name ${id}, which is none of restore.groups`),
  ];
}

/** A slip of the pen would leave a group that somebody meant to keep. */
function listUnknownGroups({ groups = [] }: DesiredState, restore: RestoreState): GroupId[] {
  const known = new Set(restore.groups?.map(({ id }) => foldId(id)));
  return groups.filter((id) => !known.has(foldId(id)));
}

/**
 * Ids of the accounts whose mailbox these files have made shared, for `RunFacts.convertedMailboxes`. With
 * keep and restore `desired` no longer says so, but the mailbox may still be shared.
 */
export function listConvertedMailboxes(files: Iterable<AccountFile>): Set<IdKey> {
  const converted = new Set<IdKey>();
  for (const file of files) {
    const isAsked = isAskedToShare(file);
    if (isOwnConversion(file.restore, { isAsked, isBegun: isAsked })) converted.add(foldId(file.account.id));
  }
  return converted;
}

/** Whether the file has had its mailbox shared: it asks for it, or comes back from a stage that did. */
export function isAskedToShare({ stage, desired }: Pick<AccountFile, 'stage' | 'desired'>): boolean {
  return desired.mailbox === 'shared' || stage === 'keep' || stage === 'restore';
}

/**
 * Whether this pipeline has shared a mailbox that is shared now, so that it is still a person's. The one rule for audit,
 * guard and quarantine. A mailbox of unknown kind may have been shared before: it is ours only once an apply has begun to
 * convert it (`isBegun`); the audit, which sees no apply, takes the merged file for that.
 */
export function isOwnConversion(
  { mailbox }: Pick<RestoreState, 'mailbox'>,
  { isAsked, isBegun }: { isAsked: boolean; isBegun: boolean },
): boolean {
  if (mailbox === 'user') return isAsked || isBegun;
  return mailbox === 'unknown' && isBegun;
}

/** The mailbox that disable and delicense ask for. */
export function getTargetMailbox({ mailbox }: RestoreState): DesiredState['mailbox'] {
  return mailbox === 'user' || mailbox === 'unknown' ? 'shared' : 'unchanged';
}
