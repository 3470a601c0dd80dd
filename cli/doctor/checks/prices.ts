// Prices: what the tenant pays for and nobody put a price to, and prices that look like a product misspelt.
import { fieldsOf, numberOrNull, textOf } from '../../../graph/fields.ts';
import { listAll } from '../../../graph/pages.ts';
import { type Check, type Finding, pass, warn } from '../check.ts';

export const prices: Check = {
  name: 'prices',
  needs: 'sign-in',
  async run({ connection, files }) {
    const { monthly, currency } = files.prices.value;
    const path = '/subscribedSkus';
    const skus = (await listAll(connection.graph, { source: 'doctor', path })).map((sku) =>
      fieldsOf(sku, path),
    );
    const inUse = skus.filter((sku) => (numberOrNull(sku, 'consumedUnits', path) ?? 0) > 0);
    const held = inUse.map((sku) => textOf(sku, 'skuPartNumber', path));
    const owned = skus.map((sku) => textOf(sku, 'skuPartNumber', path));
    return [
      { ...unpriced(held, monthly), about: 'of the SKUs in use' },
      { ...withoutSku(owned, monthly), about: 'without a SKU' },
      { ...sameCurrency(currency, files.tenant.value.currency), about: 'currency' },
    ];
  },
};

type Monthly = Readonly<Record<string, number>>;

function unpriced(held: readonly string[], monthly: Monthly): Finding {
  const missing = held.filter((skuPartNumber) => !Object.hasOwn(monthly, skuPartNumber)).sort();
  return missing.length === 0
    ? pass(`all ${held.length} have a price`)
    : warn(`no price for ${missing.join(', ')}: reclaimed, but in no sum`, 'add them to policy/prices.yaml');
}

/** A list of prices may know more products than one tenant has; one that differs only in spelling is a mistake. */
function withoutSku(owned: readonly string[], monthly: Monthly): Finding {
  const strangers = Object.keys(monthly).filter((name) => !owned.includes(name));
  const bySpelling = new Map(owned.map((name) => [spelling(name), name]));
  const misspelt = strangers.flatMap((name) => {
    const meant = bySpelling.get(spelling(name));
    return meant === undefined ? [] : [`${name} (meant ${meant}?)`];
  });
  return misspelt.length > 0
    ? warn(misspelt.join(', '), 'correct the part numbers in policy/prices.yaml')
    : pass(
        `${strangers.length} of ${Object.keys(monthly).length} prices are for products that this tenant has not`,
      );
}

function spelling(skuPartNumber: string): string {
  return skuPartNumber.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function sameCurrency(ofPrices: string, ofTenant: string): Finding {
  return ofPrices === ofTenant
    ? pass(ofPrices)
    : warn(
        `prices are in ${ofPrices}, the tenant’s sums are to be in ${ofTenant}; nothing is converted`,
        'use one currency in policy/prices.yaml and tenant.yaml',
      );
}
