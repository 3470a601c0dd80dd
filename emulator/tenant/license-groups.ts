// The licensing groups: members inherit the product, which cannot be removed from them directly.
import { generateGuid, hashText, type SeededRandom } from './seeded-random.ts';
import type { SkuPartNumber } from './skus.ts';

interface LicenseGroup {
  readonly id: string;
  readonly displayName: string;
  readonly skuPartNumber: SkuPartNumber;
}

export const LICENSE_GROUPS: readonly LicenseGroup[] = [
  {
    id: '3c0f2b0e-5a1d-4c5e-9d52-0b7a6b1f3e01',
    displayName: 'Licensing: Microsoft 365 E3',
    skuPartNumber: 'SPE_E3',
  },
  {
    id: '3c0f2b0e-5a1d-4c5e-9d52-0b7a6b1f3e02',
    displayName: 'Licensing: Microsoft 365 F3',
    skuPartNumber: 'SPE_F1',
  },
  {
    id: '3c0f2b0e-5a1d-4c5e-9d52-0b7a6b1f3e03',
    displayName: 'Licensing: Visio',
    skuPartNumber: 'VISIOCLIENT',
  },
];

/** The group that gives a product of the generated people, where the option `groupLicensedShare` asks for groups. */
export function findShareGroupId(random: SeededRandom, part: SkuPartNumber): string {
  const known = LICENSE_GROUPS.find(({ skuPartNumber }) => skuPartNumber === part);
  return known?.id ?? generateGuid(random, hashText(part), 8800);
}

/** A product that a group gives, and the plans of it that it turns off. */
export type GroupProduct = SkuPartNumber | { readonly sku: SkuPartNumber; readonly disabledPlans?: readonly string[] };

/** A group whose members Entra finds by a rule; they inherit `licenses`. */
export interface DynamicGroupInput {
  readonly id?: string;
  readonly displayName: string;
  readonly membershipRule: string;
  /** Paused: nobody joins or leaves. Default On. */
  readonly processingState?: 'On' | 'Paused';
  readonly licenses?: readonly GroupProduct[];
}

/** One whose rule asks whether sign-in is allowed, and one whose rule does not. */
export const DYNAMIC_LICENSE_GROUPS: readonly DynamicGroupInput[] = [
  {
    id: '3c0f2b0e-5a1d-4c5e-9d52-0b7a6b1f3e11',
    displayName: 'Licensing: everybody who may sign in',
    membershipRule: '(user.accountEnabled -eq true) -and (user.userType -eq "Member")',
    licenses: ['SPE_E3'],
  },
  {
    id: '3c0f2b0e-5a1d-4c5e-9d52-0b7a6b1f3e12',
    displayName: 'Licensing: everybody in Sales',
    membershipRule: 'user.department -eq "Sales"',
    licenses: ['SPE_E3'],
  },
];
