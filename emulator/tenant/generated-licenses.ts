// The licences of generated people: mostly one suite, direct or through a licensing group, with add-ons and free
// products on top, as real tenants have them.
import { formatDate } from '../clock.ts';
import { findShareGroupId, LICENSE_GROUPS } from './license-groups.ts';
import type { License } from './person.ts';
import type { Population, Standing } from './populations.ts';
import { PLANS } from './service-plans.ts';
import { SKUS, type SkuPartNumber } from './skus.ts';
import type { World } from './world.ts';

const SUITES: readonly (readonly [number, SkuPartNumber])[] = [
  [0.6, 'SPE_E3'],
  [0.72, 'SPE_E5'],
  [0.82, 'SPE_F1'],
  [0.91, 'ENTERPRISEPACK'],
  [1, 'O365_BUSINESS_PREMIUM'],
];

const ADD_ONS: readonly (readonly [number, SkuPartNumber])[] = [
  [0.04, 'VISIOCLIENT'],
  [0.03, 'PROJECTPROFESSIONAL'],
  [0.06, 'POWER_BI_PRO'],
  [0.35, 'FLOW_FREE'],
  [0.25, 'POWER_BI_STANDARD'],
];

const DIRECT_SHARE = 0.55;

const SERVICE_ACCOUNT_PRODUCT = 'EXCHANGESTANDARD' satisfies SkuPartNumber;

/** All products that generated people have. */
export const GENERATED_PRODUCTS: readonly SkuPartNumber[] = [
  ...[...SUITES, ...ADD_ONS].map(([, part]) => part),
  SERVICE_ACCOUNT_PRODUCT,
];

/** The licences of a generated person. */
export function generateLicenses(
  world: World,
  index: number,
  { population, standing }: { population: Population; standing: Standing },
): License[] {
  if (population !== 'employee' && population !== 'serviceAccount') return [];
  const { random } = world;
  const assignedDay = world.startDay - (standing === 'brandNew' ? 3 : random.getBetween(index, 41, 120, 900));
  const buildLicense: Assign = (part, assignedByGroup = null) => ({
    skuId: SKUS[part].skuId,
    assignedByGroup,
    disabledPlans: part.startsWith('SPE_E') && random.getUnit(index, 42) < 0.06 ? [PLANS.yammer.servicePlanId] : [],
    state: 'Active',
    error: 'None',
    lastUpdatedDateTime: `${formatDate(assignedDay)}T10:00:00Z`,
  });
  const shared: Assign =
    world.groupLicensedShare === null ? buildLicense : (part) => shareLicense(world, index, part, buildLicense(part));
  if (population === 'serviceAccount') return [shared(SERVICE_ACCOUNT_PRODUCT)];
  if (standing === 'former' && random.getUnit(index, 30) < 0.5) return [];
  return [...pickSuite(world, index, shared), ...pickAddOns(world, index, shared)];
}

/** From the product's group instead, if the person is in the share of those who have it from there. */
function shareLicense({ random, groupLicensedShare }: World, index: number, part: SkuPartNumber, license: License) {
  if (groupLicensedShare === null) return license;
  if (random.getUnit(index, 600 + GENERATED_PRODUCTS.indexOf(part)) >= groupLicensedShare) return license;
  return { ...license, assignedByGroup: findShareGroupId(random, part), disabledPlans: [] };
}

type Assign = (part: SkuPartNumber, assignedByGroup?: string | null) => License;

function pickSuite({ random, groupLicensedShare }: World, index: number, license: Assign): License[] {
  const roll = random.getUnit(index, 31);
  const part = SUITES.find(([below]) => roll < below)?.[1] ?? 'SPE_E3';
  const group = LICENSE_GROUPS.find((entry) => entry.skuPartNumber === part);
  if (!group || groupLicensedShare !== null || random.getUnit(index, 32) < DIRECT_SHARE) return [license(part)];
  const inherited = license(part, group.id);
  return random.getUnit(index, 33) < 0.03 ? [license(part), inherited] : [inherited];
}

function pickAddOns({ random }: World, index: number, license: Assign): License[] {
  return ADD_ONS.flatMap(([share, part], place) => (random.getUnit(index, 35 + place) < share ? [license(part)] : []));
}
