// The file that an audit would write for a person of the embedded tenant, at any stage.
import type { Emulator } from 'dormant-emulator';
import { SKUS } from 'dormant-emulator/tenant';
import { anAccountFile } from '../../policy/account-file.fixture.ts';
import { serialiseAccountFile } from '../../policy/files/account-file.ts';
import type { AccountFile, Stage } from '../../policy/schemas/account.ts';
import { aSignedFile } from '../../policy/signing/signing.fixture.ts';

interface SignedPerson {
  kind: string;
  stage: Stage;
  stack?: string;
  /** As the reviewer sees it. */
  jobTitle?: string;
}

export function renderAccountFile(
  tenant: Emulator,
  { kind, stage, stack = 'contoso', jobTitle = 'Clerk' }: SignedPerson,
): string {
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
  const file = anAccountFile(stage, { account, restore, savings });
  return serialiseAccountFile(aSignedFile(file, { tenant: { stack, tenantId: tenant.tenant.id } }));
}

function findSkuId(skuPartNumber: string): string {
  return Object.values(SKUS).find((sku) => sku.skuPartNumber === skuPartNumber)?.skuId ?? '';
}
