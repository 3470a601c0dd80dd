// Preview and apply on the terminal: the same lists in the same order as the comment on the pull request. A workflow's log
// gets the counts only.
import { withoutSignInsWords } from '../../policy/words/apply-words.ts';
import { formatGroupNames, groupDelaySentence } from '../../policy/words/describe-group.ts';
import { formatList } from '../../policy/words/labels.ts';
import { type ChangedAccount, type Changes, hasGroupsThatTake } from '../../stacks/record/changes-comment.ts';
import { pc } from '../colors.ts';
import { isOnActions, sanitiseLog } from '../github-actions.ts';

export function printChanges(changes: Changes): void {
  const { mode, stopped, limited = null, shared = [], doneEarlier = [], waiting = [], notes = [] } = changes;
  const isPreview = mode === 'preview';
  if (stopped) console.log(`${pc.red('stopped')} ${sanitiseLog(stopped)}`);
  if (limited) console.log(`${pc.red('only giving back goes on')} ${sanitiseLog(limited)}`);
  if (changes.stop && !limited) {
    const what = isPreview ? 'nothing would be taken now' : 'nothing is taken now';
    console.log(`${pc.yellow(`${what}:`)} ${sanitiseLog(changes.stop.because)}`);
  }
  if (changes.withoutSignIns) console.log(`${pc.yellow('note')} ${withoutSignInsWords}`);
  for (const note of notes) console.log(`${pc.yellow('note')} ${sanitiseLog(note)}`);
  printList(pc.red('failed'), changes.failed, ({ because }) => because);
  printList(pc.yellow('refused'), changes.refused, ({ because }) => because);
  printList(pc.yellow('waiting'), waiting, ({ because }) => because);
  printList(isPreview ? 'to block' : 'blocked', changes.disabled, describeBlock);
  printList(isPreview ? 'mailbox to share' : 'mailbox shared', shared, () => 'sign-in as it is');
  printList(isPreview ? 'to delicense' : 'delicensed', changes.delicensed, describeLicenses);
  for (const sentence of [...(hasGroupsThatTake(changes) ? [groupDelaySentence] : []), ...(changes.clocks ?? [])])
    console.log(`  ${sentence}`);
  printList(isPreview ? 'to give back' : 'given back', changes.restored, ({ gives }) => gives.join(', '));
  printList('done by an earlier run that ended early', doneEarlier, ({ what }) => what.join(', '));
  printList('quarantine', changes.quarantined, ({ how }) => how);
  for (const sentence of changes.corrected ?? []) console.log(`${pc.bold('put right')} ${sanitiseLog(sentence)}`);
  if (changes.mailed.length > 0) console.log(`${pc.bold(isPreview ? 'to mail' : 'mailed')}: ${changes.mailed.length}`);
  if (!isOnActions()) printMails(changes);
  const { disabled, delicensed, restored, quarantined, corrected = [], mailed } = changes;
  const total = [disabled, shared, delicensed, restored, doneEarlier, quarantined, corrected, mailed, waiting].flat()
    .length;
  if (total + changes.refused.length + changes.failed.length === 0 && !stopped && !limited)
    console.log('No account changes.');
}

function describeBlock({ mailbox, withBlock }: Changes['disabled'][number]): string {
  const gone = withBlock === undefined ? '' : `; ${withBlock.licenses.join(', ')} with it, by its group`;
  return `mailbox ${mailbox}${gone}`;
}

function describeLicenses({ removed, groups = [], phones = [], stays }: Changes['delicensed'][number]): string {
  const names = groups.map(({ displayName }) => displayName);
  const left = names.length > 0 ? `, out of ${formatGroupNames(names)}` : '';
  const phone = phones.length > 0 ? `, with ${formatList(phones)} a phone number, if one is assigned` : '';
  const kept = stays.map(({ skuPartNumber, because }) => `${skuPartNumber} (${because})`);
  const staying = kept.length > 0 ? `; stays: ${kept.join(', ')}` : '';
  return `${removed.join(', ') || 'nothing'}${left}${phone}${staying}`;
}

/** Of a long list the terminal shows the first; the files have all. */
const mostShown = 10;

function printList<T extends ChangedAccount>(
  what: string,
  accounts: readonly T[],
  describe: (account: T) => string,
): void {
  if (accounts.length === 0) return;
  console.log(`${pc.bold(what)}: ${accounts.length}`);
  if (isOnActions()) return;
  for (const account of accounts.slice(0, mostShown))
    console.log(`  ${account.userPrincipalName} ${pc.dim(sanitiseLog(describe(account)))}`);
  if (accounts.length > mostShown) console.log(pc.dim(`  … and ${accounts.length - mostShown} more`));
}

function printMails({ mailed }: Changes): void {
  for (const { to, kind, about, mayBeSecond } of mailed.slice(0, mostShown)) {
    const what = mayBeSecond ? `${kind}, perhaps for the second time,` : kind;
    console.log(
      `  ${to} ${pc.dim(`${what} about ${about.slice(0, 3).join(', ')}${about.length > 3 ? ` and ${about.length - 3} more` : ''}`)}`,
    );
  }
  if (mailed.length > mostShown) console.log(pc.dim(`  … and ${mailed.length - mostShown} more`));
}
