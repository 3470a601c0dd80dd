import { expect, test } from 'vitest';
import { createClock } from '../clock.ts';
import { DEFAULT_SWITCHES } from '../options.ts';
import { createTenant } from './tenant.ts';

const listLicenses = (groupLicensedShare?: number) => {
  const clock = createClock('2026-12-07T08:00:00Z');
  const switches = { ...DEFAULT_SWITCHES };
  const tenant = createTenant({ seed: 'share', users: 1500, people: [], clock, switches, groupLicensedShare });
  const generated = [...tenant.people.listIndexes()].filter((index) => index >= tenant.world.firstGenerated);
  return { tenant, licenses: generated.map((index) => tenant.people.get(index).licenses) };
};

const share = (licenses: { assignedByGroup: string | null }[]) =>
  licenses.filter(({ assignedByGroup }) => assignedByGroup !== null).length / licenses.length;

test('the same people have the same products, by however many groups they come', () => {
  const [none, most] = [listLicenses(0), listLicenses(0.8)];
  const listProducts = ({ licenses }: typeof none) => licenses.map((each) => each.map(({ skuId }) => skuId));
  expect(listProducts(most)).toEqual(listProducts(none));
  expect(share(none.licenses.flat())).toBe(0);
  expect(share(most.licenses.flat())).toBeGreaterThan(0.77);
  expect(share(most.licenses.flat())).toBeLessThan(0.83);
});

test('each comes from an assigned group of the cloud that gives this product', () => {
  const { tenant, licenses } = listLicenses(0.8);
  for (const { skuId, assignedByGroup } of licenses.flat()) {
    if (assignedByGroup === null) continue;
    const group = tenant.directory.groups.get(assignedByGroup);
    expect([...(group?.licenses?.keys() ?? [])]).toEqual([skuId]);
    expect(group?.properties).toMatchObject({ groupTypes: [], mailEnabled: false, securityEnabled: true });
  }
});
