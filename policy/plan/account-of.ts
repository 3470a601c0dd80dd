// From judged evidence to the blocks of an account file. Pure.
import { type Day, type Evidence, type RunFacts, readActivity } from '../evidence.ts';
import type { Rules } from '../judge.ts';
import type { JudgedAccount } from '../judgement.ts';
import { dynamicGroupFacts, keepsOneDrive, oneDriveFacts } from '../licenses/belongings.ts';
import { findLostWithBlock, takesOneDrive } from '../licenses/goes-with-block.ts';
import { withoutKnownFiles } from '../licenses/known-files.ts';
import { findBelongings, monthlyCost, nameHeldBack, savingsOutlook } from '../savings.ts';
import type {
  AccountFile,
  AccountIdentity,
  PinnedEvidence,
  RestoreState,
  Savings,
  Stage,
} from '../schemas/account.ts';
import { stepsAfter } from '../sentence.ts';
import { desiredAfter, desiredFor, isReleased, stageOrder } from '../stage.ts';
import { readStandingBefore } from '../taken.ts';

/** The file of an account that enters the plan. */
export function newAccountFile(judged: JudgedAccount, rules: Rules, run: RunFacts): AccountFile {
  const restore = restoreStateOf(judged, run);
  const savings = savingsOf(judged, restore, rules, false);
  return {
    account: identityOf(judged),
    stage: 'notify',
    desired: desiredFor('notify', restore, savings),
    evidence: pinnedEvidence(judged, run),
    restore,
    savings,
    ...belongingsOf(judged, 'notify', rules, run),
  };
}

/** The file at its next stage, on today's evidence; `restore` stays as it was written at the start. */
export function movedFile(
  file: AccountFile,
  to: Stage,
  because: string,
  judged: JudgedAccount,
  rules: Rules,
  run: RunFacts,
): AccountFile {
  const savings = savingsOf(judged, file.restore, rules, isReleased(file));
  return {
    account: identityIn(file, judged),
    stage: to,
    ...(to === 'restore' ? { reason: because } : {}),
    desired: desiredAfter(file, to, savings),
    evidence: pinnedEvidence(judged, run),
    restore: file.restore,
    savings,
    ...belongingsOf(judged, to, rules, run, isReleased(file)),
  };
}

/** The file in its stage on today's evidence: what was reviewed stays, and so does what it takes. */
export function renewedFile(
  file: AccountFile,
  judged: JudgedAccount,
  rules: Rules,
  run: RunFacts,
): AccountFile {
  return {
    ...withoutKnownFiles(file, judged.evidence, rules),
    account: identityIn(file, judged),
    evidence: pinnedEvidence(judged, run),
    ...withRunningClock(belongingsOf(judged, file.stage, rules, run, isReleased(file)), file, judged),
  };
}

/** A clock that has begun goes on from its first day. */
function withRunningClock<Found extends Pick<AccountFile, 'oneDrive'>>(
  found: Found,
  { oneDrive }: AccountFile,
  { evidence }: JudgedAccount,
): Found {
  const hasBegun = oneDrive?.byDefault !== undefined && !carriesOneDrive(evidence);
  if (found.oneDrive === undefined || !hasBegun) return found;
  return { ...found, oneDrive: { ...found.oneDrive, byDefault: oneDrive.byDefault } };
}

function carriesOneDrive({ licenses }: Evidence): boolean {
  return licenses.some(({ carries }) => carries.oneDrive !== null);
}

/** What the directory garbles does not replace what it has said before. */
export function identityIn({ account }: AccountFile, judged: JudgedAccount): AccountIdentity {
  return judged.evidence.incomplete.length > 0 ? account : identityOf(judged);
}

function identityOf({ evidence }: JudgedAccount): AccountIdentity {
  const { id, userPrincipalName, displayName, department, jobTitle, manager, onPremisesSyncEnabled } =
    evidence;
  return {
    id,
    userPrincipalName,
    displayName,
    department,
    jobTitle,
    manager: manager && { displayName: manager.displayName, mail: manager.mail },
    onPremisesSyncEnabled,
  };
}

function pinnedEvidence({ evidence, judgement }: JudgedAccount, run: RunFacts): PinnedEvidence {
  const seen = readActivity(evidence.usage);
  return {
    auditedOn: run.auditedOn,
    reportRefreshDate: run.reportRefreshDate,
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

/** A mailbox that an earlier file of this pipeline has shared was a person's before that, and is one to give back. */
function restoreStateOf({ evidence }: JudgedAccount, { convertedMailboxes }: RunFacts): RestoreState {
  const { recipientType } = evidence.mailbox;
  const isOwn = recipientType === 'shared' && convertedMailboxes.has(evidence.id.toLowerCase());
  return {
    accountEnabled: evidence.accountEnabled,
    mailbox: isOwn ? 'user' : recipientType,
    licenses: evidence.licenses.map(({ skuPartNumber, skuId, assignedByGroup, disabledPlans }) => ({
      skuPartNumber,
      skuId,
      assignedByGroup,
      disabledPlans: [...disabledPlans],
    })),
  };
}

/** The blocks of what hangs on the licences; each is left out where there is nothing of it. */
function belongingsOf(
  { evidence }: JudgedAccount,
  stage: Stage,
  rules: Rules,
  { auditedOn }: RunFacts,
  isReleased = false,
): Pick<AccountFile, 'oneDrive' | 'dynamicGroups'> {
  const oneDrive = oneDriveFacts(evidence, clockStartsOn(evidence, stage, rules, auditedOn, isReleased));
  const lost = findLostWithBlock(
    evidence.accountEnabled ? evidence.licenses : [],
    findBelongings(evidence, rules.policy, false),
    rules.policy,
  );
  const dynamicGroups = dynamicGroupFacts(evidence.licenses, lost);
  return {
    ...(oneDrive === null ? {} : { oneDrive }),
    ...(dynamicGroups.length === 0 ? {} : { dynamicGroups }),
  };
}

/** The first day on which the OneDrive may lose its licence; null where it keeps one, or the stage is on no way there. */
function clockStartsOn(
  evidence: Evidence,
  stage: Stage,
  { policy, prices }: Rules,
  auditedOn: Day,
  isReleased: boolean,
): Day | null {
  const { heldBack } = savingsOutlook(evidence, policy, prices, isReleased);
  // As if the files were released: what else stands against the block stays so.
  const lost = findLostWithBlock(evidence.licenses, findBelongings(evidence, policy, true), policy);
  // Where no licence carries it, its clock runs already, and nobody here knows since when.
  if (!carriesOneDrive(evidence) || keepsOneDrive(heldBack, evidence.accountEnabled && lost.size > 0))
    return null;
  const takenBy = evidence.accountEnabled && takesOneDrive(evidence.licenses) ? 'disable' : 'delicense';
  if (stageOrder(stage) >= stageOrder(takenBy)) return auditedOn;
  return stepsAfter(stage, auditedOn, policy.stages).find((step) => step.stage === takenBy)?.on ?? null;
}

/** A licence that came after the file was written goes with no merge, and saves nothing. */
function savingsOf(
  { evidence }: JudgedAccount,
  restore: RestoreState,
  { policy, prices }: Rules,
  isReleased: boolean,
): Savings {
  const outlook = savingsOutlook(evidence, policy, prices, isReleased);
  const named = new Set(readStandingBefore(restore).licenses);
  return {
    monthly: monthlyCost(
      outlook.reclaimable.filter(({ skuPartNumber }) => named.has(skuPartNumber)),
      prices,
    ),
    currency: prices.currency,
    heldBack: nameHeldBack(outlook).map(({ license: { skuPartNumber, error }, reason }) => ({
      skuPartNumber,
      reason,
      ...(error === undefined ? {} : { error }),
    })),
  };
}
