// The body of assignLicense, of a user as of a group.
import { badRequest } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';
import type { LicenseOrder } from '../tenant/license-changes.ts';

/** The order; 400 without one of its two lists. */
export function parseLicenseOrder({ addLicenses, removeLicenses }: Record<string, unknown>): LicenseOrder {
  const missing = Object.entries({ addLicenses, removeLicenses }).filter(([, value]) => !Array.isArray(value));
  if (missing.length > 0) {
    const names = missing.map(([name]) => name).join(', ');
    throw badRequest(
      `One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: ${names}.`,
    );
  }
  return {
    addLicenses: toList(addLicenses).map((entry) => {
      if (!isRecord(entry) || typeof entry.skuId !== 'string') throw badRequest('Each added license needs a skuId.');
      return {
        skuId: entry.skuId,
        disabledPlans: toList(entry.disabledPlans).filter((plan) => typeof plan === 'string'),
      };
    }),
    removeLicenses: toList(removeLicenses).filter((skuId) => typeof skuId === 'string'),
  };
}

function toList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
