import { expect, test } from 'vitest';
import { findLostApply } from '../cli/apply/find-lost-apply.ts';
import { aLabelledGitHub } from '../stacks/labelled-pull.fixture.ts';
import { previewStack } from '../stacks/run-stack.ts';
import { today, useEnvironment } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { applyHolding, applyOneByOne, blocked } from './applies-in-order.fixture.ts';
import { setPause } from './apply-paused.fixture.ts';
import { aMergedRepository, listOutcomes } from './merged-repository.fixture.ts';

const takes = /^(PATCH \/users|POST .*assignLicense|Set-Mailbox .* Shared)/;

test('a label in the middle of a wave stops it; the next run goes on where it stood once the label is off', async () => {
  applyOneByOne();
  const kinds = ['ana', 'bo', 'cy', 'dee'];
  const repository = await aMergedRepository(kinds);
  const github = await aLabelledGitHub();
  useEnvironment(github.environment);
  await repository.merge('disable', kinds);
  const number = await github.openPull('dormant/contoso', 'stacks/contoso/accounts/ana.yaml');

  // Held for longer than an answer of GitHub may be old.
  const stopped = await applyHolding(repository, 2, () => github.label(number));
  const outcomes = listOutcomes(stopped, repository);
  const [first, second, ...others] = kinds.map((kind) => outcomes[kind]);
  expect([first, second]).toEqual([blocked, [...blocked.slice(0, 2), 'waits: stop']]);
  expect(others).toEqual([['waits: stop'], ['waits: stop']]);
  expect(stopped.stop).toMatchObject({ kind: 'labelled', because: expect.stringContaining('by ana on') });
  expect(stopped.limited).toBeNull();

  const before = repository.writes();
  const waiting = await repository.apply();
  expect(repository.writes()).toEqual(before);
  expect(Object.values(listOutcomes(waiting, repository))).toEqual(others.concat([['waits: stop']]));
  expect((await previewStack(await repository.buildOptions())).stop).toMatchObject({ kind: 'labelled' });
  expect(await findLostApply(await repository.buildOptions())).toMatchObject({
    ...{ lost: [], waiting: ['3 accounts wait.'] },
    stop: { kind: 'labelled', because: expect.stringMatching(new RegExp(`by ana on .*, #${number}$`)) },
  });

  await github.unlabel(number);
  expect((await findLostApply(await repository.buildOptions())).lost).not.toEqual([]);
  const rest = await repository.apply();
  expect(listOutcomes(rest, repository)).toEqual({ bo: ['mailbox-shared'], cy: blocked, dee: blocked });
  expect(rest.stop).toBeNull();
});

test('in a pause of main nothing is taken and nobody is written to, giving back goes on, and then all of it is made up for', async () => {
  const repository = await aMergedRepository(['ana', 'bo', 'cy'], [{ kind: 'lee', displayName: 'Lee Park' }]);
  await repository.merge('disable', ['ana']);
  await repository.apply();
  await repository.merge('disable', ['bo']);
  await repository.merge('notify', ['cy']);
  await repository.merge('restore', ['ana']);
  await setPause(repository, { until: today, reason: 'A freeze' });

  const paused = await repository.apply();
  expect(listOutcomes(paused, repository)).toEqual({
    ana: expect.arrayContaining(['sign-in-allowed']),
    bo: ['waits: stop'],
  });
  expect(paused).toMatchObject({ mails: [], limited: null, stop: { kind: 'paused', until: today } });
  expect(paused.stop?.because).toContain('(A freeze, set by Riley on 2026-');
  // It waits, and is not lost: nothing is started for it.
  expect(await findLostApply(await repository.buildOptions())).toMatchObject({
    ...{ lost: [], stop: { kind: 'paused' } },
    waiting: ['1 account waits.', '1 mail is not sent.'],
  });

  await setPause(repository, undefined);
  expect((await findLostApply(await repository.buildOptions())).lost).not.toEqual([]);
  const after = await repository.apply();
  expect(listOutcomes(after, repository)).toMatchObject({ bo: blocked });
  expect(after.mails).toHaveLength(1);
  expect(
    repository
      .writes()
      .filter((write) => takes.test(write))
      .join(),
  ).not.toContain('cy');
});

test('a GitHub that cannot be asked lets nothing be taken and fails the run; giving back goes on', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  const github = await aLabelledGitHub({ contents: 'read', issues: 'write' });
  await repository.merge('disable', ['ana']);
  await repository.apply();
  await repository.merge('disable', ['bo']);
  await repository.merge('restore', ['ana']);
  useEnvironment(github.environment);
  const outcome = await repository.apply();
  expect(outcome.limited).toContain('GitHub cannot be asked whether a pull request of this stack is labelled');
  expect(listOutcomes(outcome, repository)).toEqual({
    ana: expect.arrayContaining(['sign-in-allowed']),
    bo: ['waits: stop'],
  });
});
