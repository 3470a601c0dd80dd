import { expect, test } from 'vitest';
import { parseSubscriptions } from '../../graph/subscriptions.ts';
import { findUnreadableProduct, hasMailboxPlan } from './subscriptions.ts';

const plan = { servicePlanId: 'p1', servicePlanName: 'EXCHANGE_S_ENTERPRISE' };
const good = { skuId: 'GOOD', skuPartNumber: 'SPE_E3', servicePlans: [plan], prepaidUnits: { enabled: 5 } };
const held = (skuId: string) => [{ skuId, disabledPlans: [] }];

test.each<[string, unknown]>([
  ['without a part number', { ...good, skuId: 'odd', skuPartNumber: null }],
  ['whose plans are no list', { ...good, skuId: 'odd', servicePlans: 'none' }],
  ['with a plan without a name', { ...good, skuId: 'odd', servicePlans: [{ servicePlanId: 'p1' }] }],
  ['with seats that are no number', { ...good, skuId: 'odd', consumedUnits: 'many' }],
])('a product %s is a doubt about who holds it, and about nobody else', (_, odd) => {
  const subscriptions = parseSubscriptions([odd, good]);
  expect(findUnreadableProduct(held('ODD'), subscriptions)).toMatchObject({ code: 'unexpected-answer' });
  expect(hasMailboxPlan({ skuId: 'odd', disabledPlans: [] }, subscriptions)).toBeNull();
  expect(findUnreadableProduct(held('good'), subscriptions)).toBeNull();
  expect(hasMailboxPlan({ skuId: 'good', disabledPlans: [] }, subscriptions)).toBe(true);
});

test.each([null, 'SPE_E3', { skuPartNumber: 'SPE_E3' }])(
  'where a product does not say which it is (%j), nobody can tell what an unlisted licence is',
  (odd) => {
    const subscriptions = parseSubscriptions([odd, good]);
    expect(findUnreadableProduct(held('unlisted'), subscriptions)).toMatchObject({
      code: 'unexpected-answer',
    });
    expect(findUnreadableProduct(held('good'), subscriptions)).toBeNull();
  },
);

test('a licence of a product that the tenant lists no more is no odd answer', () => {
  expect(findUnreadableProduct(held('unlisted'), parseSubscriptions([good]))).toBeNull();
});
