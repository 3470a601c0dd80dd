// Which product a licence is says its skuId. The name beside it may be another one at another time: Microsoft renames products,
// and what a tenant may not show is named by Microsoft's list. Pure.
import { foldId, type IdKey, type SkuId } from '../identifiers.ts';

interface NamedLicense {
  skuId: SkuId;
  skuPartNumber: string;
}

/** Gives a licence the name that `licenses` have for its product; one of another product keeps its own. */
export function createLicenseNamer(licenses: readonly NamedLicense[]): (license: NamedLicense) => string {
  const names = new Map<IdKey, string>(licenses.map(({ skuId, skuPartNumber }) => [foldId(skuId), skuPartNumber]));
  return ({ skuId, skuPartNumber }) => names.get(foldId(skuId)) ?? skuPartNumber;
}
