// The file that an audit would write for a person of the embedded tenant, at any stage.
import type { Emulator } from '@dormant-m365/emulator';
import { SKUS } from '@dormant-m365/emulator/tenant';
import { anAccountFile, listFormerFiles } from '../../policy/account-file.fixture.ts';
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

export function renderAccountFile(tenant: Emulator, person: SignedPerson): string {
  return signAndSerialise(tenant, person, buildFile(tenant, person));
}

/** What audits wrote in the weeks before, the earliest first: as main has to have it for that stage. */
export function renderFormerFiles(tenant: Emulator, person: SignedPerson): string[] {
  return listFormerFiles(buildFile(tenant, person)).map((file) => signAndSerialise(tenant, person, file));
}

function buildFile(tenant: Emulator, { kind, stage, jobTitle = 'Clerk' }: SignedPerson): AccountFile {
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
  return anAccountFile(stage, { account, restore, savings });
}

function signAndSerialise(tenant: Emulator, { stack = 'contoso' }: SignedPerson, file: AccountFile): string {
  return serialiseAccountFile(aSignedFile(file, { tenant: { stack, tenantId: tenant.tenant.id } }));
}

function findSkuId(skuPartNumber: string): string {
  return Object.values(SKUS).find((sku) => sku.skuPartNumber === skuPartNumber)?.skuId ?? '';
}
