import { expect, test } from 'vitest';
import { aFactsKey } from '../policy/signing/signing.fixture.ts';
import { aMergedRepository, listOutcomes } from './merged-repository.fixture.ts';
import { applyOn, auditLater } from './signing-begins.fixture.ts';

test('a stolen key: who was taken on its word is signed anew by what the state noted, and can be given back', async () => {
  const repository = await aMergedRepository(['dora']);
  const stolen = await repository.merge('notify', ['dora']);
  await repository.merge('disable', ['dora']);
  expect(listOutcomes(await repository.apply(), repository)).toHaveProperty('dora');
  await repository.setSigning({ current: aFactsKey('second'), revoked: [{ ...aFactsKey(), commit: stolen }] });

  const refused = await repository.apply();
  expect(refused.refusedFiles.map(({ problems }) => problems.map(({ code }) => code))).toEqual([['not-signed']]);
  const week = await auditLater(repository, 7, 'second');
  expect(week.plan.moves).toContainEqual(
    expect.objectContaining({ from: 'disable', to: 'disable', reason: 'not-signed' }),
  );
  expect(await repository.mergePlan(week)).toEqual([]);
  expect((await applyOn(repository, week.auditedOn)).refusedFiles).toEqual([]);

  const giveBack = (text: string) => text.replace(/^stage: \w+/m, 'stage: restore\nreason: is missed');
  await repository.forge('dora', giveBack);
  expect(listOutcomes(await applyOn(repository, week.auditedOn), repository)).toEqual({
    dora: ['mailbox-regular', 'sign-in-allowed'],
  });
}, 300_000);
