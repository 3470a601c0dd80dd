// When a file's evidence is renewed within its stage: the apply would refuse the rest as too old. Pure.
import { countDaysBetween, type Day, type Evidence } from '../evidence.ts';
import { isTakeable } from '../files/memberships.ts';
import { computeEffectiveDesired, isReleased, isTakingStage } from '../files/stage.ts';
import { foldId } from '../identifiers.ts';
import type { StackRules } from '../judge/judge.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import { applyRelease, computeSavings } from '../judge/savings.ts';
import { hasMailboxLicense } from '../licenses/mailbox-loss.ts';
import type { AccountFile } from '../schemas/account.ts';
import type { Policy } from '../schemas/policy.ts';
import { formatList } from '../words/labels.ts';
import type { InForceFile, PlanInput } from './input.ts';
import { listKnownFileLicenses } from './known-files.ts';

/** Up to half of the age at which the apply refuses it: the other half is the reviewers'. A future day is refused, too. */
export function canOutlastReview(auditedOn: Day, today: Day, { evidenceMaxAgeDays }: Policy): boolean {
  const age = countDaysBetween(auditedOn, today);
  return age >= 0 && age * 2 < evidenceMaxAgeDays;
}

/**
 * Why this file needs new evidence; null: it does not. Only the tenant shows what the apply has not done: a refusal leaves
 * no trace in the repository. Only for accounts that are certainly inactive.
 */
export function findRenewalReason({ file, since }: Tracked, judged: JudgedAccount, context: Context): string | null {
  const { evidence, judgement } = judged;
  const { rules, run } = context;
  const { policy } = rules;
  const today = run.auditedOn;
  const { auditedOn } = file.evidence;
  const isDue = isTakingStage(file.stage) && !canOutlastReview(auditedOn, today, policy);
  if (!isDue || judgement.verdict !== 'inactive') return null;
  const missing = listNotYetTaken(file, evidence, rules);
  const known = listKnownFileLicenses(file, judged);
  const isTried = missing.length === 0 || isWaitingForHold({ file, since }, evidence, context);
  if (isTried && known.length === 0) return null;
  const days = countDaysBetween(auditedOn, today);
  const age = days < 0 ? 'from a day in the future' : `${days} days old, allowed are ${policy.evidenceMaxAgeDays}`;
  const because = [
    ...(missing.length > 0 ? [`the tenant does not show ${formatList(missing)}`] : []),
    ...(known.length > 0 ? [`what its OneDrive holds is known by now, so that ${formatList(known)} may go`] : []),
  ];
  return `its evidence of ${auditedOn} is ${age}, and ${because.join('; ')}`;
}

type Tracked = Pick<InForceFile, 'file' | 'since'>;

/** A hold that the apply found is likely still there in two weeks; one that was lifted is noticed within a quarter. */
const holdRetryDays = 90;

/**
 * Where the audit may not ask Exchange, a licence that stayed after a try on new evidence most likely pays for a hold that
 * only the apply sees: it is tried again, but not every other week.
 */
function isWaitingForHold({ file, since }: Tracked, evidence: Evidence, { rules, run }: Context): boolean {
  const { auditedOn } = file.evidence;
  const wasRenewed = auditedOn > since;
  if (file.stage !== 'delicense' || evidence.mailbox.hold !== null || !wasRenewed) return false;
  if (auditedOn > run.auditedOn || countDaysBetween(auditedOn, run.auditedOn) >= holdRetryDays) return false;
  const paying = evidence.licenses.filter(({ carries }) => carries.mailbox !== null || carries.archive);
  const others = evidence.licenses.filter((license) => !paying.includes(license));
  return listNotYetTaken(file, { ...evidence, licenses: others }, rules).length === 0;
}

type Context = Pick<PlanInput, 'rules' | 'run'>;

/** What merging the file should have taken and the account still has, without what a reviewer kept in `desired`. */
export function listNotYetTaken(file: AccountFile, evidence: Evidence, rules: StackRules): string[] {
  const { desired, stage } = file;
  const type = evidence.mailbox.recipientType;
  const licenses = listNotYetRemoved(file, evidence, rules);
  // A mailbox that flipped back after delicensing is handled in mailbox-loss.ts; a licence keeps it as it is.
  const isLeft = stage === 'delicense' && licenses.length === 0 && hasMailboxLicense(evidence);
  const isPersons = (type === 'user' && !isLeft) || (type === 'unknown' && stage === 'disable');
  return [
    ...(!desired.accountEnabled && evidence.accountEnabled ? ['sign-in blocked'] : []),
    ...(desired.mailbox === 'shared' && isPersons ? ['the mailbox as a shared mailbox'] : []),
    ...(licenses.length > 0 ? [`${licenses.join(', ')} removed`] : []),
  ];
}

/** Without those assigned since or that have to stay: the apply left them, and would again. */
function listNotYetRemoved(file: AccountFile, evidence: Evidence, { policy, prices }: StackRules): string[] {
  const { restore, evidence: reviewed } = file;
  const desired = computeEffectiveDesired(file);
  const { heldBack, withBlock } = applyRelease(computeSavings(evidence, policy, prices), isReleased(file));
  const stays = new Set([...heldBack.map(({ license }) => license), ...withBlock]);
  const removable = evidence.licenses.filter(
    (license) =>
      isTakeable(license, restore) &&
      (license.assignedOn === null || license.assignedOn <= reviewed.auditedOn) &&
      !stays.has(license),
  );
  const ids = new Set(removable.map(({ skuId }) => foldId(skuId)));
  const notRemoved = restore.licenses.filter(
    (license) =>
      isTakeable(license, restore) &&
      ids.has(foldId(license.skuId)) &&
      !desired.licenses.includes(license.skuPartNumber),
  );
  return [...new Set(notRemoved.map(({ skuPartNumber }) => skuPartNumber))];
}
