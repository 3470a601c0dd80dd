// What an admin of Active Directory has to do for synced accounts, because the cloud cannot: one order per account. Pure.
import type { AccountIdentity } from '../../policy/schemas/account.ts';
import type { AccountChange } from '../account/account-change.ts';
import type { LiveUser } from '../tenant/live-account.ts';
import { buildAdAccountCommand } from './power-shell.ts';

export interface OnPremisesOrder {
  action: 'disable' | 'enable';
  account: Pick<AccountIdentity, 'id' | 'userPrincipalName' | 'displayName' | 'department'>;
  /** The line to run in PowerShell on a machine with the ActiveDirectory module. */
  command: string;
}

/**
 * The order for one account; null: Active Directory has nothing to do. `found` null: the tenant could not be read; then
 * only the file counts, and the order may have been carried out already.
 */
export function findOnPremisesOrder(change: AccountChange, found: LiveUser | null): OnPremisesOrder | null {
  const action = findAction(change, found);
  if (action === null) return null;
  const { id, userPrincipalName, displayName, department } = change.account;
  const account = { id, userPrincipalName, displayName, department };
  return { action, account, command: buildAdAccountCommand(action, toAdName(change, found)) };
}

/** Only what this pipeline asked for is reverted. */
function findAction(
  { account, from, to, restore, attempted }: AccountChange,
  found: LiveUser | null,
): OnPremisesOrder['action'] | null {
  const isSynced = found?.onPremisesSyncEnabled ?? account.onPremisesSyncEnabled;
  const isEnabled = found?.accountEnabled ?? from.accountEnabled;
  if (!isSynced) return null;
  if (!to.accountEnabled) return isEnabled && restore.accountEnabled ? 'disable' : null;
  const wasAsked = !from.accountEnabled || attempted?.accountEnabled === false;
  return !isEnabled && restore.accountEnabled && wasAsked ? 'enable' : null;
}

function toAdName({ account }: AccountChange, found: LiveUser | null) {
  return {
    securityIdentifier: found?.onPremises.securityIdentifier ?? null,
    userPrincipalName: found?.onPremises.userPrincipalName ?? account.userPrincipalName,
  };
}
