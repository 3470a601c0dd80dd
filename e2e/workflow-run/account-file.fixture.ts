// The file that an audit would write for a person of the embedded tenant, at any stage.
import type { Emulator } from 'dormant-emulator';
import { SKUS } from 'dormant-emulator/tenant';
import { anAccountFile } from '../../policy/account-file.fixture.ts';
import { serialiseAccountFile } from '../../policy/files/account-file.ts';
import type { AccountFile, Stage } from '../../policy/schemas/account.ts';

/** `jobTitle` as the reviewer sees it. */
export function renderAccountFile(tenant: Emulator, kind: string, stage: Stage, jobTitle = 'Clerk'): string {
  const { id, userPrincipalName, displayName, licenses } = tenant.getState(kind);
  const restore: AccountFile['restore'] = {
    accountEnabled: true,
    mailbox: 'user',
    licenses: licenses.map(({ skuPartNumber }) => ({
      ...{ skuPartNumber, skuId: findSkuId(skuPartNumber), assignedByGroup: null, disabledPlans: [] },
    })),
  };
  const account = { id, userPrincipalName, displayName, jobTitle };
  const savings = { monthly: 36, currency: 'USD', heldBack: [] };
  return serialiseAccountFile(anAccountFile(stage, { account, restore, savings }));
}

function findSkuId(skuPartNumber: string): string {
  return Object.values(SKUS).find((sku) => sku.skuPartNumber === skuPartNumber)?.skuId ?? '';
}
