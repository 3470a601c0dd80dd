// What a merged Disable was to bring about and the tenant does not show yet: licences wait for it. Pure.
import { mailboxDays } from '../clocks.ts';
import { daysBetween } from '../evidence.ts';
import type { JudgedAccount } from '../judgement.ts';
import { findMailboxState, holdsMailboxLicense, lossInWords } from '../mailbox-loss.ts';
import { desiredFor } from '../stage.ts';
import type { InForceFile } from './input.ts';
import type { StepContext } from './next.ts';

type Context = Pick<StepContext, 'rules' | 'today'>;

/** What a reviewer kept in `desired` is waited for, too: without it licences would go while the mailbox needs them. */
export function notYetDisabled(tracked: InForceFile, judged: JudgedAccount, context: Context): string[] {
  const { account, desired, restore, savings } = tracked.file;
  const { evidence } = judged;
  const asked = desiredFor('disable', restore, savings);
  const isConverted = asked.mailbox === 'unchanged' || isSharedOrGone(tracked, judged, context);
  const byDirectory = account.onPremisesSyncEnabled ? ' (Active Directory has to disable it)' : '';
  return [
    ...(evidence.accountEnabled ? [`sign-in blocked${desired.accountEnabled ? kept : byDirectory}`] : []),
    ...(isConverted ? [] : [`the mailbox as a shared mailbox${byWhom(tracked, judged, context)}`]),
  ];
}

const kept = ' (a reviewer kept it from that)';

/**
 * A mailbox that was there and is found by nobody has been disconnected where no licence carries it: its mail can still be had for
 * a month. After that there is nothing left to wait for.
 */
function isSharedOrGone(
  { file, since }: InForceFile,
  { evidence }: JudgedAccount,
  { rules, today }: Context,
): boolean {
  const type = evidence.mailbox.recipientType;
  if (type !== 'none') return type === 'shared';
  if (file.restore.mailbox !== 'user' || holdsMailboxLicense(evidence)) return true;
  if (findMailboxState(evidence, file, today).kind === 'lost') return true;
  return daysBetween(since, today) > rules.policy.stages.disableDays + mailboxDays;
}

function byWhom({ file }: InForceFile, { evidence }: JudgedAccount, { rules, today }: Context): string {
  const state = findMailboxState(evidence, file, today);
  if (state.kind === 'losing')
    return ` (no licence carries it any more, and ${lossInWords(state.facts)}: somebody has to assign one)`;
  if (file.desired.mailbox === 'unchanged') return kept;
  return rules.policy.mailbox.convert === 'manual' ? ' (an admin converts it by hand)' : '';
}
