// Executives on the merged list: HR gets one mail about each, no account changes, and no run reports anybody twice.
import { expect, test } from 'vitest';
import { idOf } from '../policy/account.fixture.ts';
import { addDays } from '../policy/evidence.ts';
import { summariseChanges } from '../stacks/record/summarise-changes.ts';
import { applyStack, previewStack } from '../stacks/run-stack.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { list, one, subjects, withHr } from './escalations.fixture.ts';
import { aMergedRepository } from './merged-repository.fixture.ts';

const two = 'For HR: 2 executives whose accounts nobody uses';

test('one mail about anyone who is new on the list, and never a second about the same person', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.setPolicy(withHr);
  await list(repository, today, 'cara', 'zoe');
  const foreseen = await previewStack(await repository.buildOptions());
  expect(foreseen.mails).toMatchObject([{ to: 'hr@contoso.com', stage: 'escalation', subject: two }]);
  expect(subjects(repository)).toEqual([]);

  const outcome = await repository.apply();
  expect(outcome).toMatchObject({ accounts: [], mails: [{ stage: 'escalation' }], unsent: [] });
  const { mailed } = summariseChanges(outcome, (await repository.buildOptions()).files);
  expect(mailed).toMatchObject([{ to: 'hr@contoso.com', kind: 'escalation', about: ['cara', 'zoe'] }]);
  expect(await repository.apply()).toMatchObject({ mails: [] });

  await list(repository, today, 'zoe');
  expect(await repository.apply()).toMatchObject({ mails: [] });
  await list(repository, addDays(today, 60), 'cara', 'zoe');
  const late = { ...(await repository.buildOptions()), today: addDays(today, 67) };
  expect(await applyStack(late)).toMatchObject({ mails: [] });

  await list(repository, addDays(today, 60), 'cara', 'eve', 'zoe');
  const later = { ...(await repository.buildOptions()), today: addDays(today, 67) };
  expect(await applyStack(later)).toMatchObject({ mails: [{ people: [idOf('eve')] }] });
  expect(subjects(repository)).toEqual([two, one]);
  expect(new Set(repository.writes())).toEqual(new Set(['POST /users/sender/sendMail']));
});
