// From judged evidence to the blocks of an account file. Pure.
import { type Day, type Evidence, findActivity, type RunFacts } from '../evidence.ts';
import { listGivenSkus } from '../files/memberships.ts';
import { buildDesiredState, buildNextDesiredState, getStageOrder, isReleased } from '../files/stage.ts';
import { foldId } from '../identifiers.ts';
import type { StackRules } from '../judge/judge.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import { applyRelease, buildBelongings } from '../judge/savings.ts';
import { buildDynamicGroupFacts, buildOneDriveFacts, isOneDriveKept } from '../licenses/belongings.ts';
import { findLostWithBlock, isOneDriveLostWithBlock } from '../licenses/block-losses.ts';
import { selectStages } from '../populations/population-policy.ts';
import type { AccountFile, AccountIdentity, PinnedEvidence, RestoreState, Stage } from '../schemas/account.ts';
import { listUpcomingSteps } from '../words/describe-account.ts';
import { buildSavings } from './build-savings.ts';
import { removeKnownFiles } from './known-files.ts';

/** What one audit says about an account: the judgement, by which rules, and on which days. */
interface AccountAudit {
  judged: JudgedAccount;
  rules: StackRules;
  run: RunFacts;
}

export function buildNewAccountFile(judged: JudgedAccount, rules: StackRules, run: RunFacts): AccountFile {
  const audit = { judged, rules, run };
  const restore = buildRestoreState(judged, run);
  const savings = buildSavings(audit, restore);
  return {
    account: toIdentity(judged),
    stage: 'notify',
    desired: buildDesiredState('notify', restore, savings),
    evidence: pinEvidence(judged, run),
    restore,
    savings,
    ...buildFactBlocks(audit, 'notify'),
  };
}

/**
 * The file at its next stage, on today's evidence. `restore` stays as it was written at the start; only memberships are added
 * to it that policy.yaml has named since, as long as none can have been taken.
 */
export function buildMovedFile(
  file: AccountFile,
  { to, because }: { to: Stage; because: string },
  audit: AccountAudit,
): AccountFile {
  const { judged, run } = audit;
  const restore = mayGainGroups(file, to) ? addGroups(file.restore, judged) : file.restore;
  const savings = buildSavings(audit, restore, { file, to });
  return {
    account: resolveIdentity(file, judged),
    stage: to,
    ...(to === 'restore' ? { reason: because } : {}),
    desired: buildNextDesiredState({ ...file, restore }, to, savings),
    evidence: pinEvidence(judged, run),
    restore,
    savings,
    ...buildFactBlocks(audit, to, isReleased(file)),
  };
}

function mayGainGroups({ stage }: AccountFile, to: Stage): boolean {
  return getStageOrder(to) > getStageOrder(stage) && stage !== 'keep' && stage !== 'restore';
}

/** With the groups that policy.yaml names and that give a licence which the file lists. */
function addGroups(restore: RestoreState, { evidence }: Pick<JudgedAccount, 'evidence'>): RestoreState {
  const groups = new Map(restore.groups?.map((group) => [foldId(group.id), group]));
  for (const { assignedByGroup: id, groupName, groupObstacles } of evidence.licenses) {
    const isNamed = id !== null && groupObstacles !== undefined && listGivenSkus(restore, id).length > 0;
    // Its rule decides who is in it, and takes its licence back with the block: there is nothing to leave later.
    const isDynamic = groupObstacles?.some(({ reason }) => reason === 'group-dynamic') ?? false;
    if (isNamed && !isDynamic && !groups.has(foldId(id)))
      groups.set(foldId(id), { id, displayName: (groupName ?? id).toWellFormed() });
  }
  return groups.size === 0 ? restore : { ...restore, groups: [...groups.values()] };
}

/** The file in its stage on today's evidence; what was reviewed, and what it takes, stays. */
export function buildRenewedFile(file: AccountFile, audit: AccountAudit): AccountFile {
  const { judged, run } = audit;
  return {
    ...removeKnownFiles(file, judged),
    account: resolveIdentity(file, judged),
    evidence: pinEvidence(judged, run),
    ...keepRunningClock(buildFactBlocks(audit, file.stage, isReleased(file)), file, judged),
  };
}

/** A clock that runs keeps its first day. */
function keepRunningClock<Found extends Pick<AccountFile, 'oneDrive'>>(
  found: Found,
  { oneDrive }: AccountFile,
  { evidence }: JudgedAccount,
): Found {
  const hasBegun = oneDrive?.byDefault !== undefined && !hasOneDriveLicense(evidence);
  if (found.oneDrive === undefined || !hasBegun) return found;
  return { ...found, oneDrive: { ...found.oneDrive, byDefault: oneDrive.byDefault } };
}

function hasOneDriveLicense({ licenses }: Evidence): boolean {
  return licenses.some(({ carries }) => carries.oneDrive !== null);
}

/** An incomplete directory entry does not replace what an earlier one said. */
export function resolveIdentity({ account }: AccountFile, judged: JudgedAccount): AccountIdentity {
  return judged.evidence.incomplete.length > 0 ? account : toIdentity(judged);
}

/** Half a character, which JSON may carry and no file can, is written and signed as U+FFFD. */
function toIdentity({ evidence }: JudgedAccount): AccountIdentity {
  const { id, userPrincipalName, displayName, department, jobTitle, manager, onPremisesSyncEnabled } = evidence;
  return {
    id,
    userPrincipalName,
    displayName: displayName.toWellFormed(),
    department: department?.toWellFormed() ?? null,
    jobTitle: jobTitle?.toWellFormed() ?? null,
    manager: manager && {
      displayName: manager.displayName.toWellFormed(),
      mail: manager.mail?.toWellFormed() ?? null,
    },
    onPremisesSyncEnabled,
  };
}

function pinEvidence({ evidence, judgement }: JudgedAccount, run: RunFacts): PinnedEvidence {
  const seen = findActivity(evidence.usage);
  return {
    auditedOn: run.auditedOn,
    reportRefreshDate: run.reportRefreshDate,
    ...(judgement.population === null ? {} : { population: judgement.population }),
    inactiveDays: judgement.inactiveDays,
    lastActivity: {
      exchange: seen?.exchange ?? null,
      oneDrive: seen?.oneDrive ?? null,
      sharePoint: seen?.sharePoint ?? null,
      teams: seen?.teams ?? null,
      yammer: seen?.yammer ?? null,
      signIn: evidence.signIns.kind === 'read' ? evidence.signIns.lastSuccessful : null,
    },
  };
}

/** A mailbox that an earlier file of this pipeline shared was a person's, and is to be given back. */
function buildRestoreState({ evidence }: JudgedAccount, { convertedMailboxes }: RunFacts): RestoreState {
  const { recipientType } = evidence.mailbox;
  const isOwn = recipientType === 'shared' && convertedMailboxes.has(foldId(evidence.id));
  const restore: RestoreState = {
    accountEnabled: evidence.accountEnabled,
    mailbox: isOwn ? 'user' : recipientType,
    licenses: evidence.licenses.map(({ skuPartNumber, skuId, assignedByGroup, disabledPlans }) => ({
      skuPartNumber,
      skuId,
      assignedByGroup,
      disabledPlans: [...disabledPlans],
    })),
  };
  return addGroups(restore, { evidence });
}

/** The blocks about what depends on the licences; left out where there is nothing. */
function buildFactBlocks(
  audit: AccountAudit,
  stage: Stage,
  isReleased = false,
): Pick<AccountFile, 'oneDrive' | 'dynamicGroups'> {
  const { rules } = audit;
  const { evidence } = audit.judged;
  const oneDrive = buildOneDriveFacts(evidence, findClockStart(audit, stage, isReleased));
  const lost = findLostWithBlock(
    evidence.accountEnabled ? evidence.licenses : [],
    buildBelongings(evidence, rules.policy, false),
    rules.policy,
  );
  const dynamicGroups = buildDynamicGroupFacts(evidence.licenses, lost);
  return {
    ...(oneDrive === null ? {} : { oneDrive }),
    ...(dynamicGroups.length === 0 ? {} : { dynamicGroups }),
  };
}

/** The first day on which the OneDrive may lose its licence; null: it keeps one, or the stage does not lead there. */
function findClockStart({ judged, rules, run }: AccountAudit, stage: Stage, isReleased: boolean): Day | null {
  const { evidence, judgement } = judged;
  const { policy } = rules;
  const { auditedOn, uncounted } = run;
  const { heldBack } = applyRelease(judgement.savings, isReleased);
  // As if the files were released: other reasons against the block remain.
  const lost = findLostWithBlock(evidence.licenses, buildBelongings(evidence, policy, true), policy);
  // Without a licence its clock runs already, from an unknown day.
  if (!hasOneDriveLicense(evidence) || isOneDriveKept(heldBack, evidence.accountEnabled && lost.size > 0)) return null;
  const takenBy = evidence.accountEnabled && isOneDriveLostWithBlock(evidence.licenses) ? 'disable' : 'delicense';
  if (getStageOrder(stage) >= getStageOrder(takenBy)) return auditedOn;
  const steps = listUpcomingSteps({ stage, since: auditedOn }, selectStages(policy, judgement.population), uncounted);
  return steps.find((step) => step.stage === takenBy)?.on ?? null;
}
