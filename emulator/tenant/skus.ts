// The tenant's subscriptions: Microsoft's product ids and part numbers with the service plans that matter here. Source:
// Microsoft's list of product names and service plan identifiers.
import type { Switches } from '../options.ts';
import { PLANS, type ServicePlan, ZERO_WIDTH_SPACE } from './service-plans.ts';

export interface Sku {
  readonly skuId: string;
  readonly skuPartNumber: string;
  /** As the usage reports write it in Assigned Products. */
  readonly product: string;
  readonly plans: readonly ServicePlan[];
}

const P = PLANS;
const enterprise = [P.exchangeEnterprise, P.sharePointEnterprise, P.teams, P.skype, P.yammer, P.office];
const roomPlans = [P.teams, P.skype, P.phone, P.intune];
const buildSku = (skuPartNumber: string, skuId: string, product: string, plans: readonly ServicePlan[]): Sku => ({
  skuId,
  skuPartNumber,
  product,
  plans,
});

export const SKUS = {
  SPE_E3: buildSku('SPE_E3', '05e9a617-0261-4cee-bb44-138d3ef5d965', 'MICROSOFT 365 E3', [
    ...enterprise,
    P.entraP1,
    P.intune,
  ]),
  SPE_E5: buildSku('SPE_E5', '06ebc4ee-1bb5-47dd-8120-11324bc54e06', 'MICROSOFT 365 E5', [
    ...enterprise,
    P.entraP1,
    P.entraP2,
    P.intune,
    P.phone,
    P.powerBiPro,
  ]),
  SPE_F1: buildSku('SPE_F1', '66b55226-6b4f-492c-910c-a3b7a3c9d993', 'MICROSOFT 365 F3', [
    P.exchangeDeskless,
    P.sharePointDeskless,
    P.teams,
    P.yammer,
    P.entraP1,
    P.intune,
  ]),
  ENTERPRISEPACK: buildSku('ENTERPRISEPACK', '6fd2c87f-b296-42f0-b197-1e91e994b900', 'OFFICE 365 E3', enterprise),
  STANDARDPACK: buildSku('STANDARDPACK', '18181a46-0d4e-45cd-891e-60aabd171b4e', 'OFFICE 365 E1', [
    P.exchangeStandard,
    P.sharePointStandard,
    P.teams,
    P.skype,
    P.yammer,
  ]),
  O365_BUSINESS_PREMIUM: buildSku(
    'O365_BUSINESS_PREMIUM',
    'f245ecc8-75af-4f8e-b61f-27d8114de5f3',
    'MICROSOFT 365 BUSINESS STANDARD',
    [P.exchangeStandard, P.sharePointStandard, P.teams, P.skype, P.yammer, P.office],
  ),
  EXCHANGESTANDARD: buildSku('EXCHANGESTANDARD', '4b9405b0-7788-4568-add1-99614e613b69', 'EXCHANGE ONLINE (PLAN 1)', [
    P.exchangeStandard,
  ]),
  EXCHANGEENTERPRISE: buildSku(
    'EXCHANGEENTERPRISE',
    '19ec0d23-8335-4cbd-94ac-6050e30712fa',
    'EXCHANGE ONLINE (PLAN 2)',
    [P.exchangeEnterprise],
  ),
  MCOEV: buildSku('MCOEV', 'e43b5b99-8dfb-405f-9987-dc307f34bcbd', 'MICROSOFT TEAMS PHONE STANDARD', [P.phone]),
  VISIOCLIENT: buildSku('VISIOCLIENT', 'c5928f49-12ba-48f7-ada3-0d743a3601d5', 'VISIO ONLINE PLAN 2', [
    P.exchangeFoundation,
    P.oneDriveBasic,
    P.visio,
  ]),
  PROJECTPROFESSIONAL: buildSku(
    'PROJECTPROFESSIONAL',
    '53818b1b-4a27-454b-8896-0dba576410e6',
    'PROJECT ONLINE PROFESSIONAL',
    [P.exchangeFoundation, P.project],
  ),
  POWER_BI_PRO: buildSku('POWER_BI_PRO', 'f8a1db68-be16-40ed-86d5-cb42ce701560', 'POWER BI PRO', [
    P.exchangeFoundation,
    P.powerBiPro,
  ]),
  POWER_BI_STANDARD: buildSku('POWER_BI_STANDARD', 'a403ebcc-fae0-4ca2-8c8c-7a907fd6c235', 'POWER BI (FREE)', [
    P.exchangeFoundation,
    P.powerBiFree,
  ]),
  FLOW_FREE: buildSku('FLOW_FREE', 'f30db892-07e9-47e9-837c-80727f46fd3d', 'MICROSOFT POWER AUTOMATE FREE', [
    P.exchangeFoundation,
    P.flowFree,
  ]),
  TEAMS_EXPLORATORY: buildSku(
    'TEAMS_EXPLORATORY',
    '710779e8-3d4a-4c88-adb9-386c958d1fdf',
    'MICROSOFT TEAMS EXPLORATORY',
    [P.exchangeStandard, P.sharePointStandard, P.teams],
  ),
  PHONESYSTEM_VIRTUALUSER: buildSku(
    'PHONESYSTEM_VIRTUALUSER',
    '440eaaa8-b3e0-484b-a8be-62870b9ba70a',
    'MICROSOFT TEAMS PHONE RESOURCE ACCOUNT',
    [P.phoneOfMachine],
  ),
  MEETING_ROOM: buildSku(
    'MEETING_ROOM',
    '6070a4c8-34c6-4937-8dfb-39bbc6397a60',
    'MICROSOFT TEAMS ROOMS STANDARD',
    roomPlans,
  ),
  Microsoft_Teams_Rooms_Pro: buildSku(
    'Microsoft_Teams_Rooms_Pro',
    '4cde982a-ede4-4409-9ae6-b003453c8ea6',
    'MICROSOFT TEAMS ROOMS PRO',
    roomPlans,
  ),
  MTR_PREM: buildSku('MTR_PREM', '4fb214cb-a430-4a91-9c91-4976763aa78f', 'TEAMS ROOMS PREMIUM', roomPlans),
  MCOCAP: buildSku('MCOCAP', '295a8eb0-f78d-45c7-8b5b-1eed5ed02dff', 'MICROSOFT TEAMS SHARED DEVICES', roomPlans),
  EXCHANGEARCHIVE_ADDON: buildSku(
    'EXCHANGEARCHIVE_ADDON',
    'ee02fd1b-340e-4a4b-b355-4a514e4c8943',
    'EXCHANGE ONLINE ARCHIVING FOR EXCHANGE ONLINE',
    [P.archiveAddOn],
  ),
  WACONEDRIVESTANDARD: buildSku(
    'WACONEDRIVESTANDARD',
    'e6778190-713e-4e4f-9119-8b8238de25df',
    'ONEDRIVE FOR BUSINESS (PLAN 1)',
    [P.oneDriveStandard],
  ),
  MCOPSTN1: buildSku('MCOPSTN1', '0dab259f-bf13-4952-b7f8-7db8f131b28d', 'DOMESTIC CALLING PLAN', [P.callingPlan]),
  WORKPLACE_ANALYTICS: buildSku(
    'WORKPLACE_ANALYTICS',
    '3d957427-ecdc-4df2-aacd-01cc9d519da8',
    'MICROSOFT WORKPLACE ANALYTICS',
    [P.workplaceAnalytics],
  ),
  CPC_E_2C_8GB_128GB: buildSku(
    'CPC_E_2C_8GB_128GB',
    'e2aebe6c-897d-480f-9d62-fff1381581f7',
    'WINDOWS 365 ENTERPRISE 2 VCPU 8 GB 128 GB',
    [P.exchangeFoundation, P.cloudPc],
  ),
  CPC_B_2C_8RAM_128GB: buildSku(
    'CPC_B_2C_8RAM_128GB',
    '71f21848-f89b-4aaa-a2dc-780c8e8aac5b',
    'WINDOWS 365 BUSINESS 2 VCPU 8 GB 128 GB',
    [P.exchangeFoundation, P.cloudPcBusiness],
  ),
  /** The names of this product and of its plan contain a zero-width space in the tenant. */
  CPC_E_2C_4GB_64GB: buildSku(
    `CPC${ZERO_WIDTH_SPACE}_E_2C_4GB_64GB`,
    '7bb14422-3b90-4389-a7be-f1b745fc037f',
    'WINDOWS 365 ENTERPRISE 2 VCPU 4 GB 64 GB',
    [P.exchangeFoundation, P.cloudPcOddlyNamed],
  ),
  /** No longer sold: see the switch `unlistedSkus`. */
  ENTERPRISEWITHSCAL: buildSku(
    'ENTERPRISEWITHSCAL',
    '1392051d-0cb9-4b7a-88d5-621fee5e8711',
    'OFFICE 365 E4',
    enterprise,
  ),
} as const satisfies Record<string, Sku>;

export type SkuPartNumber = keyof typeof SKUS;
export const ALL_SKUS: readonly Sku[] = Object.values(SKUS);
const byId = new Map(ALL_SKUS.map((entry) => [entry.skuId, entry]));

/** The subscription with this id, or undefined when the tenant does not have it. */
export function findSku(skuId: string): Sku | undefined {
  return byId.get(skuId.toLowerCase());
}

/** Whether the tenant no longer lists the product, although people may still have it. */
export function isUnlisted({ skuId }: Sku, { unlistedSkus }: Pick<Switches, 'unlistedSkus'>): boolean {
  return unlistedSkus.some((part) => SKUS[part].skuId === skuId);
}

/** The subscription with this part number. */
export function getSku(part: SkuPartNumber): Sku {
  return SKUS[part];
}
