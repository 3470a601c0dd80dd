// The service plans of the products this tenant knows: which include a mailbox, a OneDrive or a Cloud PC, and which depend
// on others. Source: Microsoft's list of product names and service plan identifiers.
export interface ServicePlan {
  readonly servicePlanId: string;
  readonly servicePlanName: string;
}

/** Invisible in some names of a tenant, so that these differ from what they look like. */
export const ZERO_WIDTH_SPACE = '\u200B';

const buildServicePlan = (servicePlanName: string, servicePlanId: string): ServicePlan => ({
  servicePlanId,
  servicePlanName,
});

export const PLANS = {
  exchangeEnterprise: buildServicePlan('EXCHANGE_S_ENTERPRISE', 'efb87545-963c-4e0d-99df-69c6916d9eb0'),
  exchangeStandard: buildServicePlan('EXCHANGE_S_STANDARD', '9aaf7827-d63c-4b61-89c3-182f06f82e5c'),
  exchangeDeskless: buildServicePlan('EXCHANGE_S_DESKLESS', '4a82b400-a79f-41a4-b4e2-e94f5787b113'),
  exchangeFoundation: buildServicePlan('EXCHANGE_S_FOUNDATION', '113feb6c-3fe4-4440-bddc-54d774bf0318'),
  sharePointEnterprise: buildServicePlan('SHAREPOINTENTERPRISE', '5dbe027f-2339-4123-9542-606e4d348a72'),
  sharePointStandard: buildServicePlan('SHAREPOINTSTANDARD', 'c7699d2e-19aa-44de-8edf-1736da088ca1'),
  sharePointDeskless: buildServicePlan('SHAREPOINTDESKLESS', '902b47e5-dcb2-4fdc-858b-c63a90a2bdb9'),
  teams: buildServicePlan('TEAMS1', '57ff2da0-773e-42df-b2af-ffb7a2317929'),
  skype: buildServicePlan('MCOSTANDARD', '0feaeb32-d00e-4d66-bd5a-43b5b83db82c'),
  yammer: buildServicePlan('YAMMER_ENTERPRISE', '7547a3fe-08ee-4ccb-b430-5077c5041653'),
  office: buildServicePlan('OFFICESUBSCRIPTION', '43de0ff5-c92c-492b-9116-175376d08c38'),
  entraP1: buildServicePlan('AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d'),
  entraP2: buildServicePlan('AAD_PREMIUM_P2', 'eec0eb4f-6444-4f95-aba0-50c24d67f998'),
  intune: buildServicePlan('INTUNE_A', 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5'),
  phoneOfMachine: buildServicePlan('MCOEV_VIRTUALUSER', 'f47330e9-c134-43b3-9993-e7f004506889'),
  phone: buildServicePlan('MCOEV', '4828c8ec-dc2e-4779-b502-87ac9ce28ab7'),
  powerBiPro: buildServicePlan('BI_AZURE_P2', '70d33638-9c74-4d01-bfd3-562de28bd4ba'),
  powerBiFree: buildServicePlan('BI_AZURE_P0', '2049e525-b859-401b-b2a0-e0a31c4b1fe4'),
  flowFree: buildServicePlan('FLOW_P2_VIRAL', '50e68c76-46c6-4674-81f9-75456511b170'),
  visio: buildServicePlan('VISIO_CLIENT_SUBSCRIPTION', '663a804f-1c30-4ff0-9915-9db84f0d1cea'),
  oneDriveStandard: buildServicePlan('ONEDRIVESTANDARD', '13696edf-5a08-49f6-8134-03083ed8ba30'),
  oneDriveBasic: buildServicePlan('ONEDRIVE_BASIC', 'da792a53-cbc0-4184-a10d-e544dd34b3c1'),
  archiveAddOn: buildServicePlan('EXCHANGE_S_ARCHIVE_ADDON', '176a09a6-7ec5-4039-ac02-b2791c6ba793'),
  callingPlan: buildServicePlan('MCOPSTN1', '4ed3ff63-69d7-4fb7-b984-5aec7f605ca8'),
  workplaceAnalytics: buildServicePlan('WORKPLACE_ANALYTICS', 'f477b0f0-3bb1-4890-940c-40fcee6ce05f'),
  cloudPc: buildServicePlan('CPC_2', '3efff3fe-528a-4fc5-b1ba-845802cc764f'),
  cloudPcBusiness: buildServicePlan('CPC_SS_2', '9d2eed2c-b0c0-4a89-940c-bc303444a41b'),
  cloudPcOddlyNamed: buildServicePlan(`${ZERO_WIDTH_SPACE}CPC_E_2C_4GB_64GB`, '23a25099-1b2f-4e07-84bd-b84606109438'),
  project: buildServicePlan('PROJECT_CLIENT_SUBSCRIPTION', 'fafd7243-e5c1-4a3a-9e40-495efcb1d3c3'),
} as const;

const P = PLANS;

/**
 * Plans that need another plan: the key works only together with one of the listed ones. Workplace Analytics is Microsoft's
 * example (Entra, "Identify and resolve license assignment problems for a group"); the calling plan's need is from memory.
 */
export const PLAN_NEEDS: ReadonlyMap<string, readonly string[]> = new Map([
  [P.phone.servicePlanId, [P.skype.servicePlanId, P.teams.servicePlanId]],
  [P.callingPlan.servicePlanId, [P.phone.servicePlanId]],
  [P.workplaceAnalytics.servicePlanId, [P.exchangeEnterprise.servicePlanId, P.exchangeStandard.servicePlanId]],
]);

/** Pairs of plans that nobody can hold together. */
export const EXCLUSIVE_PLANS: readonly (readonly [string, string])[] = [
  [P.sharePointEnterprise.servicePlanId, P.sharePointStandard.servicePlanId],
];

const mailboxPlans = collectIds([P.exchangeEnterprise, P.exchangeStandard, P.exchangeDeskless]);
const oneDrivePlans = collectIds([
  P.sharePointEnterprise,
  P.sharePointStandard,
  P.sharePointDeskless,
  P.oneDriveStandard,
  P.oneDriveBasic,
]);

/** Whether a plan includes a mailbox. */
export function isMailboxPlan({ servicePlanId }: ServicePlan): boolean {
  return mailboxPlans.has(servicePlanId);
}

/** Whether a plan includes a OneDrive: those of SharePoint do, and those of OneDrive alone, which Visio also has. */
export function isOneDrivePlan({ servicePlanId }: ServicePlan): boolean {
  return oneDrivePlans.has(servicePlanId);
}

/** Whether a plan is one of Windows 365. */
export function isCloudPcPlan({ servicePlanName }: ServicePlan): boolean {
  return servicePlanName.replaceAll(ZERO_WIDTH_SPACE, '').startsWith('CPC_');
}

function collectIds(plans: readonly ServicePlan[]): ReadonlySet<string> {
  return new Set(plans.map(({ servicePlanId }) => servicePlanId));
}
