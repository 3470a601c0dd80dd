// The subscriptions the tenant has bought: Microsoft's product ids and part numbers with the service plans that matter
// here (who has a mailbox, what depends on what). Source: Microsoft's list of product names and service plan identifiers.

export interface ServicePlan {
  readonly servicePlanId: string;
  readonly servicePlanName: string;
}

export interface Sku {
  readonly skuId: string;
  readonly skuPartNumber: string;
  /** As the usage reports write it in Assigned Products. */
  readonly product: string;
  readonly plans: readonly ServicePlan[];
}

const plan = (servicePlanName: string, servicePlanId: string): ServicePlan => ({
  servicePlanId,
  servicePlanName,
});

export const PLANS = {
  exchangeEnterprise: plan('EXCHANGE_S_ENTERPRISE', 'efb87545-963c-4e0d-99df-69c6916d9eb0'),
  exchangeStandard: plan('EXCHANGE_S_STANDARD', '9aaf7827-d63c-4b61-89c3-182f06f82e5c'),
  exchangeDeskless: plan('EXCHANGE_S_DESKLESS', '4a82b400-a79f-41a4-b4e2-e94f5787b113'),
  exchangeFoundation: plan('EXCHANGE_S_FOUNDATION', '113feb6c-3fe4-4440-bddc-54d774bf0318'),
  sharePointEnterprise: plan('SHAREPOINTENTERPRISE', '5dbe027f-2339-4123-9542-606e4d348a72'),
  sharePointStandard: plan('SHAREPOINTSTANDARD', 'c7699d2e-19aa-44de-8edf-1736da088ca1'),
  sharePointDeskless: plan('SHAREPOINTDESKLESS', '902b47e5-dcb2-4fdc-858b-c63a90a2bdb9'),
  teams: plan('TEAMS1', '57ff2da0-773e-42df-b2af-ffb7a2317929'),
  skype: plan('MCOSTANDARD', '0feaeb32-d00e-4d66-bd5a-43b5b83db82c'),
  yammer: plan('YAMMER_ENTERPRISE', '7547a3fe-08ee-4ccb-b430-5077c5041653'),
  office: plan('OFFICESUBSCRIPTION', '43de0ff5-c92c-492b-9116-175376d08c38'),
  entraP1: plan('AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d'),
  entraP2: plan('AAD_PREMIUM_P2', 'eec0eb4f-6444-4f95-aba0-50c24d67f998'),
  intune: plan('INTUNE_A', 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5'),
  phoneOfMachine: plan('MCOEV_VIRTUALUSER', 'f47330e9-c134-43b3-9993-e7f004506889'),
  phone: plan('MCOEV', '4828c8ec-dc2e-4779-b502-87ac9ce28ab7'),
  powerBiPro: plan('BI_AZURE_P2', '70d33638-9c74-4d01-bfd3-562de28bd4ba'),
  powerBiFree: plan('BI_AZURE_P0', '2049e525-b859-401b-b2a0-e0a31c4b1fe4'),
  flowFree: plan('FLOW_P2_VIRAL', '50e68c76-46c6-4674-81f9-75456511b170'),
  visio: plan('VISIO_CLIENT_SUBSCRIPTION', '663a804f-1c30-4ff0-9915-9db84f0d1cea'),
  project: plan('PROJECT_CLIENT_SUBSCRIPTION', 'fafd7243-e5c1-4a3a-9e40-495efcb1d3c3'),
} as const;

const P = PLANS;
const enterprise = [P.exchangeEnterprise, P.sharePointEnterprise, P.teams, P.skype, P.yammer, P.office];
const roomPlans = [P.teams, P.skype, P.phone, P.intune];
const sku = (skuPartNumber: string, skuId: string, product: string, plans: readonly ServicePlan[]): Sku => ({
  skuId,
  skuPartNumber,
  product,
  plans,
});

export const SKUS = {
  SPE_E3: sku('SPE_E3', '05e9a617-0261-4cee-bb44-138d3ef5d965', 'MICROSOFT 365 E3', [
    ...enterprise,
    P.entraP1,
    P.intune,
  ]),
  SPE_E5: sku('SPE_E5', '06ebc4ee-1bb5-47dd-8120-11324bc54e06', 'MICROSOFT 365 E5', [
    ...enterprise,
    P.entraP1,
    P.entraP2,
    P.intune,
    P.phone,
    P.powerBiPro,
  ]),
  SPE_F1: sku('SPE_F1', '66b55226-6b4f-492c-910c-a3b7a3c9d993', 'MICROSOFT 365 F3', [
    P.exchangeDeskless,
    P.sharePointDeskless,
    P.teams,
    P.yammer,
    P.entraP1,
    P.intune,
  ]),
  ENTERPRISEPACK: sku('ENTERPRISEPACK', '6fd2c87f-b296-42f0-b197-1e91e994b900', 'OFFICE 365 E3', enterprise),
  STANDARDPACK: sku('STANDARDPACK', '18181a46-0d4e-45cd-891e-60aabd171b4e', 'OFFICE 365 E1', [
    P.exchangeStandard,
    P.sharePointStandard,
    P.teams,
    P.skype,
    P.yammer,
  ]),
  O365_BUSINESS_PREMIUM: sku(
    'O365_BUSINESS_PREMIUM',
    'f245ecc8-75af-4f8e-b61f-27d8114de5f3',
    'MICROSOFT 365 BUSINESS STANDARD',
    [P.exchangeStandard, P.sharePointStandard, P.teams, P.skype, P.yammer, P.office],
  ),
  EXCHANGESTANDARD: sku(
    'EXCHANGESTANDARD',
    '4b9405b0-7788-4568-add1-99614e613b69',
    'EXCHANGE ONLINE (PLAN 1)',
    [P.exchangeStandard],
  ),
  EXCHANGEENTERPRISE: sku(
    'EXCHANGEENTERPRISE',
    '19ec0d23-8335-4cbd-94ac-6050e30712fa',
    'EXCHANGE ONLINE (PLAN 2)',
    [P.exchangeEnterprise],
  ),
  MCOEV: sku('MCOEV', 'e43b5b99-8dfb-405f-9987-dc307f34bcbd', 'MICROSOFT TEAMS PHONE STANDARD', [P.phone]),
  VISIOCLIENT: sku('VISIOCLIENT', 'c5928f49-12ba-48f7-ada3-0d743a3601d5', 'VISIO ONLINE PLAN 2', [
    P.exchangeFoundation,
    P.visio,
  ]),
  PROJECTPROFESSIONAL: sku(
    'PROJECTPROFESSIONAL',
    '53818b1b-4a27-454b-8896-0dba576410e6',
    'PROJECT ONLINE PROFESSIONAL',
    [P.exchangeFoundation, P.project],
  ),
  POWER_BI_PRO: sku('POWER_BI_PRO', 'f8a1db68-be16-40ed-86d5-cb42ce701560', 'POWER BI PRO', [
    P.exchangeFoundation,
    P.powerBiPro,
  ]),
  POWER_BI_STANDARD: sku('POWER_BI_STANDARD', 'a403ebcc-fae0-4ca2-8c8c-7a907fd6c235', 'POWER BI (FREE)', [
    P.exchangeFoundation,
    P.powerBiFree,
  ]),
  FLOW_FREE: sku('FLOW_FREE', 'f30db892-07e9-47e9-837c-80727f46fd3d', 'MICROSOFT POWER AUTOMATE FREE', [
    P.exchangeFoundation,
    P.flowFree,
  ]),
  TEAMS_EXPLORATORY: sku(
    'TEAMS_EXPLORATORY',
    '710779e8-3d4a-4c88-adb9-386c958d1fdf',
    'MICROSOFT TEAMS EXPLORATORY',
    [P.exchangeStandard, P.sharePointStandard, P.teams],
  ),
  PHONESYSTEM_VIRTUALUSER: sku(
    'PHONESYSTEM_VIRTUALUSER',
    '440eaaa8-b3e0-484b-a8be-62870b9ba70a',
    'MICROSOFT TEAMS PHONE RESOURCE ACCOUNT',
    [P.phoneOfMachine],
  ),
  MEETING_ROOM: sku(
    'MEETING_ROOM',
    '6070a4c8-34c6-4937-8dfb-39bbc6397a60',
    'MICROSOFT TEAMS ROOMS STANDARD',
    roomPlans,
  ),
  Microsoft_Teams_Rooms_Pro: sku(
    'Microsoft_Teams_Rooms_Pro',
    '4cde982a-ede4-4409-9ae6-b003453c8ea6',
    'MICROSOFT TEAMS ROOMS PRO',
    roomPlans,
  ),
  MTR_PREM: sku('MTR_PREM', '4fb214cb-a430-4a91-9c91-4976763aa78f', 'TEAMS ROOMS PREMIUM', roomPlans),
  MCOCAP: sku('MCOCAP', '295a8eb0-f78d-45c7-8b5b-1eed5ed02dff', 'MICROSOFT TEAMS SHARED DEVICES', roomPlans),
} as const satisfies Record<string, Sku>;

export type SkuPartNumber = keyof typeof SKUS;
export const ALL_SKUS: readonly Sku[] = Object.values(SKUS);
const byId = new Map(ALL_SKUS.map((entry) => [entry.skuId, entry]));

/** The subscription with this id, or undefined when the tenant does not have it. */
export function skuById(skuId: string): Sku | undefined {
  return byId.get(skuId.toLowerCase());
}

/** Plans that need another plan: the key works only beside one of the listed ones. */
export const PLAN_NEEDS: ReadonlyMap<string, readonly string[]> = new Map([
  [P.phone.servicePlanId, [P.skype.servicePlanId, P.teams.servicePlanId]],
]);

/** Pairs of plans that nobody can hold together. */
export const PLANS_APART: readonly (readonly [string, string])[] = [
  [P.sharePointEnterprise.servicePlanId, P.sharePointStandard.servicePlanId],
];

const mailboxPlans = new Set<string>([
  P.exchangeEnterprise.servicePlanId,
  P.exchangeStandard.servicePlanId,
  P.exchangeDeskless.servicePlanId,
]);

/** Whether a plan carries a mailbox of its own. */
export function givesMailbox(servicePlanId: string): boolean {
  return mailboxPlans.has(servicePlanId);
}

/** The subscription with this part number. */
export function skuByPartNumber(part: SkuPartNumber): Sku {
  return SKUS[part];
}
