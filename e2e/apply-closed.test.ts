// Nothing is taken while the policy's calendar is closed; on the first open hour what waits is.
import { expect, test } from 'vitest';
import { findLostApply } from '../cli/apply/find-lost-apply.ts';
import { applyStack, previewStack } from '../stacks/run-stack.ts';
import { blocked } from './applies-in-order.fixture.ts';
import { aMergedRepository, generousLimits, listOutcomes } from './merged-repository.fixture.ts';

const closed = { weekdays: ['monday' as const], hours: ['16:00-08:00'] };

test('what is merged on a closed day waits for the first open hour; giving back does not', async () => {
  const repository = await aMergedRepository(['ana', 'bo', 'cy'], [{ kind: 'lee', displayName: 'Lee Park' }]);
  await repository.setPolicy({ ...generousLimits, calendar: { closed: {} } });
  await repository.merge('disable', ['ana']);
  await repository.apply();
  await repository.setPolicy({ ...generousLimits, calendar: { closed } });
  await repository.merge('disable', ['bo']);
  await repository.merge('notify', ['cy']);
  await repository.merge('restore', ['ana']);
  const options = await repository.buildOptions();

  const monday = await repository.apply();
  expect(listOutcomes(monday, repository)).toEqual({
    ana: expect.arrayContaining(['sign-in-allowed']),
    bo: ['waits: stop'],
  });
  // What a mail announces comes on an open day.
  expect(monday.mails).toHaveLength(1);
  expect(monday).toMatchObject({
    ...{ limited: null, gaveWay: false },
    stop: { kind: 'closed', because: 'Mondays are closed; it opens on 2026-12-08 08:00 (Europe/Berlin)' },
  });

  const early = { ...options, today: '2026-12-08', startsAt: '2026-12-08T06:59:00Z' };
  expect((await previewStack(early)).stop).toMatchObject({ until: '2026-12-08T07:00:00.000Z' });
  expect(await findLostApply(early)).toMatchObject({ lost: [], waiting: ['1 account waits.'] });
  const open = { ...options, today: '2026-12-08', startsAt: '2026-12-08T07:00:00Z' };
  expect((await findLostApply(open)).lost).toEqual([expect.stringMatching(/^No apply has gone through/)]);
  expect(listOutcomes(await applyStack(open), repository)).toMatchObject({ bo: blocked });
});
