// What a merged Disable should have done and the tenant does not show yet: licences wait for it. Pure.
import { countDaysBetween } from '../evidence.ts';
import { buildDesiredState } from '../files/stage.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import { describeMailLoss, hasMailboxLicense, judgeMailboxState } from '../licenses/mailbox-loss.ts';
import { mailboxDays } from '../licenses/microsoft-clocks.ts';
import type { InForceFile } from './input.ts';
import type { StepContext } from './next-stage.ts';

type Context = Pick<StepContext, 'rules' | 'run'>;

/** Waits for what a reviewer kept, too: otherwise licences would go while the mailbox needs them. */
export function listNotYetDisabled(tracked: InForceFile, judged: JudgedAccount, context: Context): string[] {
  const { account, desired, restore, savings } = tracked.file;
  const { evidence } = judged;
  const stageDesired = buildDesiredState('disable', restore, savings);
  const isConverted = stageDesired.mailbox === 'unchanged' || isSharedOrGone(tracked, judged, context);
  const byDirectory = account.onPremisesSyncEnabled ? ' (Active Directory has to disable it)' : '';
  return [
    ...(evidence.accountEnabled ? [`sign-in blocked${desired.accountEnabled ? keptWords : byDirectory}`] : []),
    ...(isConverted ? [] : [`the mailbox as a shared mailbox${describeWhoConverts(tracked, judged, context)}`]),
  ];
}

const keptWords = ' (a reviewer kept it as it is)';

/**
 * A mailbox that is not found any more was disconnected for want of a licence: after a month its mail is lost, and there is
 * nothing to wait for.
 */
function isSharedOrGone({ file, since }: InForceFile, { evidence }: JudgedAccount, { rules, run }: Context): boolean {
  const type = evidence.mailbox.recipientType;
  if (type !== 'none') return type === 'shared';
  if (file.restore.mailbox !== 'user' || hasMailboxLicense(evidence)) return true;
  if (judgeMailboxState(evidence, file, run.auditedOn).kind === 'lost') return true;
  return countDaysBetween(since, run.auditedOn) > rules.policy.stages.disableDays + mailboxDays;
}

function describeWhoConverts({ file }: InForceFile, { evidence }: JudgedAccount, { rules, run }: Context): string {
  const state = judgeMailboxState(evidence, file, run.auditedOn);
  if (state.kind === 'losing')
    return ` (no licence carries it any more, and ${describeMailLoss(state.facts)}: somebody has to assign one)`;
  if (file.desired.mailbox === 'unchanged') return keptWords;
  return rules.policy.mailbox.convert === 'manual' ? ' (an admin converts it by hand)' : '';
}
