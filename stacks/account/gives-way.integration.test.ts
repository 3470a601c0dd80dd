import { expect, test } from 'vitest';
import { aTenantToApplyTo, disabled } from '../tenant/tenant-to-apply-to.fixture.ts';

const slow = { switches: { weather: null, conversionDelaySeconds: 900 } };

test('nothing is waited for any longer once main has moved: the run ends, and the next goes on from there', async () => {
  const { change, apply, context } = await aTenantToApplyTo([], slow);
  let asked = 0;
  const findWaitEnd = async () =>
    ++asked < 3 ? null : 'main has moved to 0123456789ab: the next run goes on from there';
  const outcome = await apply(change('ana', disabled), { shared: { ...context(), findWaitEnd } });
  expect(asked).toBe(3);
  expect(outcome).toMatchObject({
    failure: null,
    waits: [{ for: 'newer-main', because: expect.stringContaining('main has moved') }],
    reached: { accountEnabled: false, mailbox: 'unchanged' },
  });
});
