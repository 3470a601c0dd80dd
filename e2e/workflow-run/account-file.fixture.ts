// The file that an audit would write for a person of the embedded tenant, at any stage.
import type { Emulator } from '../../emulator/emulator.ts';
import { SKUS } from '../../emulator/tenant/skus.ts';
import { serialiseAccountFile } from '../../policy/files/account-file.ts';
import { buildDesiredState } from '../../policy/files/stage.ts';
import type { AccountFile, Stage } from '../../policy/schemas/account.ts';

/** Judged on 7 December 2026, inactive since 15 July; `jobTitle` as the reviewer sees it. */
export function renderAccountFile(tenant: Emulator, kind: string, stage: Stage, jobTitle = 'Clerk'): string {
  const { id, userPrincipalName, displayName, licenses } = tenant.getState(kind);
  const restore: AccountFile['restore'] = {
    accountEnabled: true,
    mailbox: 'user',
    licenses: licenses.map(({ skuPartNumber }) => ({
      ...{ skuPartNumber, skuId: findSkuId(skuPartNumber), assignedByGroup: null, disabledPlans: [] },
    })),
  };
  const savings = { monthly: 36, currency: 'USD', heldBack: [] };
  return serialiseAccountFile({
    account: {
      ...{ id, userPrincipalName, displayName, department: 'Sales', jobTitle, manager: null },
      onPremisesSyncEnabled: false,
    },
    stage,
    desired: buildDesiredState(stage, restore, savings),
    evidence: {
      ...{ auditedOn: '2026-12-07', reportRefreshDate: '2026-12-05', inactiveDays: 143 },
      lastActivity: {
        ...{ exchange: '2026-07-15', oneDrive: null, sharePoint: null, teams: null, yammer: null },
        signIn: '2026-07-15',
      },
    },
    restore,
    savings,
  });
}

function findSkuId(skuPartNumber: string): string {
  return Object.values(SKUS).find((sku) => sku.skuPartNumber === skuPartNumber)?.skuId ?? '';
}
