import { expect, test } from 'vitest';
import { aReader } from './a-reader.ts';
import { readLicences } from './licences.ts';

const e3 = {
  skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965',
  skuPartNumber: 'SPE_E3',
  servicePlans: [
    { servicePlanId: 'efb87545-963c-4e0d-99df-69c6916d9eb0', servicePlanName: 'EXCHANGE_S_ENTERPRISE' },
  ],
};
const visioId = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';

async function licencesOf(...value: unknown[]) {
  const { reader } = await aReader(() => ({ body: { value } }));
  return await readLicences(reader);
}

test.each<[string, unknown, number]>([
  ['null', null, 0],
  ['without an id', { skuPartNumber: 'X' }, 0],
  ['without a part number', { skuId: visioId }, 1],
  ['whose plans are a text', { skuId: visioId, skuPartNumber: 'VISIOCLIENT', servicePlans: 'none' }, 1],
  ['of which a plan has no name', { ...e3, skuId: visioId, servicePlans: [{ servicePlanId: visioId }] }, 1],
  [
    'of which a mailbox plan has no id',
    { ...e3, skuId: visioId, servicePlans: [{ servicePlanName: 'EXCHANGE_S_STANDARD' }] },
    1,
  ],
])(
  'a product that is %s is a doubt about whoever has it, and the others are read',
  async (_, odd, oddProducts) => {
    const licences = await licencesOf(odd, e3);
    expect(licences.oddProducts).toBe(oddProducts);
    expect(licences.held({ skuId: e3.skuId }, 'user a')).toMatchObject({
      skuPartNumber: 'SPE_E3',
      carries: { mailbox: 'plan-2' },
    });
    if (oddProducts > 0)
      expect(() => licences.held({ skuId: visioId.toUpperCase() }, 'user a')).toThrow(/user a: its product/);
  },
);
