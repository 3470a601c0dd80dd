// Preview and apply on the terminal: the same lists, in the same order, as the comment on the pull request.
import pc from 'picocolors';
import type { ChangedAccount, Changes } from '../../audit/proposal/body-changes.ts';

export function printChanges(changes: Changes): void {
  const { mode, stopped } = changes;
  const will = mode === 'preview';
  if (stopped) console.log(`${pc.red('stopped')} ${stopped}`);
  list(pc.red('failed'), changes.failed, ({ because }) => because);
  list(pc.yellow('refused'), changes.refused, ({ because }) => because);
  list(will ? 'to block' : 'blocked', changes.disabled, ({ mailbox }) => `mailbox ${mailbox}`);
  list(will ? 'to delicense' : 'delicensed', changes.delicensed, ({ removed, stays }) => {
    const kept =
      stays.length > 0 ? `; stays: ${stays.map(({ skuPartNumber }) => skuPartNumber).join(', ')}` : '';
    return `${removed.join(', ') || 'nothing'}${kept}`;
  });
  list(will ? 'to give back' : 'given back', changes.restored, ({ gives }) => gives.join(', '));
  for (const { to, kind, about } of changes.mailed) console.log(`  ${kind} to ${to} about ${about.length}`);
  const total =
    changes.disabled.length + changes.delicensed.length + changes.restored.length + changes.mailed.length;
  if (total + changes.refused.length + changes.failed.length === 0 && !stopped)
    console.log('No account changes.');
}

/** The first of a long list, so that the terminal stays readable; the files have all of them. */
const shown = 10;

function list<T extends ChangedAccount>(
  what: string,
  accounts: readonly T[],
  more: (account: T) => string,
): void {
  if (accounts.length === 0) return;
  console.log(`${pc.bold(what)}: ${accounts.length}`);
  for (const account of accounts.slice(0, shown))
    console.log(`  ${account.userPrincipalName} ${pc.dim(more(account))}`);
  if (accounts.length > shown) console.log(pc.dim(`  … and ${accounts.length - shown} more`));
}
