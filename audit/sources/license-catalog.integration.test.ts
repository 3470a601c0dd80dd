import { expect, test } from 'vitest';
import { readLicenseCatalog } from './license-catalog.ts';
import { aReader } from './reader.fixture.ts';

const e3 = {
  skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965',
  skuPartNumber: 'SPE_E3',
  servicePlans: [{ servicePlanId: 'efb87545-963c-4e0d-99df-69c6916d9eb0', servicePlanName: 'EXCHANGE_S_ENTERPRISE' }],
};
const visioId = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';

async function readCatalog(...value: unknown[]) {
  const { reader } = await aReader(() => ({ body: { value } }));
  return await readLicenseCatalog(reader);
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
  'a product that is %s is a doubt about anyone who has it, and the others are read',
  async (_, product, unreadableProducts) => {
    const catalog = await readCatalog(product, e3);
    expect(catalog.unreadableProducts).toBe(unreadableProducts);
    expect(catalog.parseAssignment({ skuId: e3.skuId }, 'user a')).toMatchObject({
      skuPartNumber: 'SPE_E3',
      carries: { mailbox: 'plan-2' },
    });
    if (unreadableProducts > 0)
      expect(() => catalog.parseAssignment({ skuId: visioId.toUpperCase() }, 'user a')).toThrow(/user a: its product/);
  },
);

test.each([
  ['Error', 'CountViolation', { doubt: 'in-error', error: 'CountViolation' }],
  ['Error', 'MutuallyExclusiveViolation', { doubt: 'in-error', error: 'MutuallyExclusiveViolation' }],
  ['error', 'DependencyViolation', { doubt: 'in-error', error: 'DependencyViolation' }],
  ['Error', 'None', { doubt: 'in-error' }],
  ['Error', null, { doubt: 'in-error' }],
  ['Error', 'a whole <b>sentence</b>', { doubt: 'in-error' }],
  ['ActiveWithError', 'DependencyViolation', {}],
  ['Active', 'None', {}],
  ['Disabled', 'None', {}],
])('an assignment in state %s with the error %s is in effect, or says why not', async (state, error, expected) => {
  const license = (await readCatalog(e3)).parseAssignment({ skuId: e3.skuId, state, error }, 'user a');
  expect({ doubt: license.doubt, error: license.error }).toEqual({
    doubt: undefined,
    error: undefined,
    ...expected,
  });
});

test('an assignment in error of a product that cannot be read fails nobody: nothing is held by it', async () => {
  const catalog = await readCatalog({ skuId: visioId, skuPartNumber: 'VISIOCLIENT', servicePlans: 'none' }, e3);
  expect(catalog.parseAssignment({ skuId: visioId, state: 'Error' }, 'user a')).toMatchObject({
    doubt: 'in-error',
  });
});

test('what is assigned and in no state is held, without a word of how it came', async () => {
  const catalog = await readCatalog(e3);
  const states = [{ skuId: e3.skuId.toUpperCase() }];
  const assigned = [{ skuId: e3.skuId }, { skuId: visioId, disabledPlans: [] }, { skuId: visioId.toUpperCase() }];
  expect(catalog.listUnstated(assigned, states, 'user a')).toMatchObject([
    { skuPartNumber: 'VISIOCLIENT', doubt: 'without-assignment', assignedByGroup: null, assignedOn: null },
  ]);
  expect(catalog.listUnstated(assigned, [], 'user a')).toHaveLength(2);
  expect(catalog.listUnstated([], states, 'user a')).toEqual([]);
});

test('what the states tell as in error is not taken for something without a state', async () => {
  const catalog = await readCatalog(e3);
  expect(catalog.listUnstated([{ skuId: e3.skuId }], [{ skuId: e3.skuId, state: 'Error' }], 'user a')).toEqual([]);
});

test('a product that the tenant lists no longer is held, and stays because nobody knows what hangs on it', async () => {
  const catalog = await readCatalog(e3);
  expect(catalog.parseAssignment({ skuId: visioId }, 'user a')).toMatchObject({
    skuPartNumber: 'VISIOCLIENT',
    doubt: 'product-unknown',
  });
});
