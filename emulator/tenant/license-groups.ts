// The groups that hand out licences: whoever is a member inherits the product, and nobody can take it away directly.
import type { SkuPartNumber } from './skus.ts';

export interface LicenseGroup {
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
