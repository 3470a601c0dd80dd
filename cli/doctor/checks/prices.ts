// Prices: SKUs in use without a price, and prices whose product looks misspelt.
import { findNumber, requireFields, requireText } from '../../../graph/json-fields.ts';
import { listAll } from '../../../graph/pages.ts';
import { type Check, type Finding, pass, warn } from '../check.ts';

export const prices: Check = {
  name: 'prices',
  needs: 'sign-in',
  async run({ connection, files }) {
    const { monthly, currency } = files.prices.value;
    const path = '/subscribedSkus';
    const skus = (await listAll(connection.graph, { source: 'doctor', path })).map((sku) => requireFields(sku, path));
    const inUse = skus.filter((sku) => (findNumber(sku, 'consumedUnits', path) ?? 0) > 0);
    const inUseNames = inUse.map((sku) => requireText(sku, 'skuPartNumber', path));
    const owned = skus.map((sku) => requireText(sku, 'skuPartNumber', path));
    return [
      { ...judgeUnpriced(inUseNames, monthly), about: 'of the SKUs in use' },
      { ...judgeMisspelt(owned, monthly), about: 'without a SKU' },
      { ...judgeCurrency(currency, files.tenant.value.currency), about: 'currency' },
    ];
  },
};

type Monthly = Readonly<Record<string, number>>;

function judgeUnpriced(skuNames: readonly string[], monthly: Monthly): Finding {
  const missing = skuNames.filter((skuPartNumber) => !Object.hasOwn(monthly, skuPartNumber)).sort();
  return missing.length === 0
    ? pass(`all ${skuNames.length} have a price`)
    : warn(`no price for ${missing.join(', ')}: their savings are not counted`, 'add them to policy/prices.yaml');
}

/** A price list may have more products than one tenant; a name that differs only in spelling is a mistake. */
function judgeMisspelt(owned: readonly string[], monthly: Monthly): Finding {
  const strangers = Object.keys(monthly).filter((name) => !owned.includes(name));
  const bySpelling = new Map(owned.map((name) => [foldSpelling(name), name]));
  const misspelt = strangers.flatMap((name) => {
    const meant = bySpelling.get(foldSpelling(name));
    return meant === undefined ? [] : [`${name} (meant ${meant}?)`];
  });
  return misspelt.length > 0
    ? warn(misspelt.join(', '), 'correct the part numbers in policy/prices.yaml')
    : pass(
        `${strangers.length} of ${Object.keys(monthly).length} prices are for products that this tenant does not have`,
      );
}

function foldSpelling(skuPartNumber: string): string {
  return skuPartNumber.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function judgeCurrency(ofPrices: string, ofTenant: string): Finding {
  return ofPrices === ofTenant
    ? pass(ofPrices)
    : warn(
        `prices are in ${ofPrices}, but tenant.yaml says ${ofTenant}; nothing is converted`,
        'use one currency in policy/prices.yaml and tenant.yaml',
      );
}
