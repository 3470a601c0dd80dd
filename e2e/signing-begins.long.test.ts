import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAccountFile } from '../policy/files/account-file.ts';
import type { Stage } from '../policy/schemas/account.ts';
import { aFactsKey, aSigning } from '../policy/signing/signing.fixture.ts';
import { aMergedRepository, listOutcomes, type MergedRepository } from './merged-repository.fixture.ts';
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
    dora: ['sign-in-allowed', 'mailbox-regular'],
  });
}, 300_000);

// A repository that has people in every stage and in the archive, from before facts were signed, takes the new version.

const everyStage: Record<string, Stage> = {
  nina: 'notify',
  rita: 'review',
  dora: 'disable',
  lea: 'delicense',
  kai: 'keep',
  remy: 'restore',
  arno: 'delicense',
};
const kinds = Object.keys(everyStage);

/** Main as an earlier version left it: no line `signed`, and Arno in the archive. Returns its tip. */
async function mergeUnsigned(repository: MergedRepository): Promise<string> {
  for (const [kind, stage] of Object.entries(everyStage)) await repository.merge(stage, [kind]);
  for (const kind of kinds) await repository.forge(kind, (text) => text.replace(/^signed: .*\n/m, ''));
  return repository.archive('arno');
}

test('nobody is refused where signing begins, and what was forged after that is signed by no audit', async () => {
  const repository = await aMergedRepository(kinds);
  const since = await mergeUnsigned(repository);
  const signing = aSigning({ since });
  await repository.setSigning(signing);
  await repository.knowKeys(signing);

  const first = await repository.apply();
  expect(first.refusedFiles).toEqual([]);
  expect(listOutcomes(first, repository)).toMatchObject({
    dora: ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared'],
  });

  await repository.forge('kai', (text) => text.replace('monthly: 0', 'monthly: 99'));
  await repository.forge('rita', (text) => text.replace(/signIn: [\d-]+/, 'signIn: 2099-01-01'));
  const week = await auditLater(repository, 8);
  const moves = Object.fromEntries(week.plan.moves.map(({ file, to }) => [repository.findKind(file.account.id), to]));
  expect(moves).toMatchObject({ nina: 'review', rita: 'disable' });
  const written = [...week.plan.files.values()].join('\n');
  expect(written).not.toMatch(/monthly: 99|2099-01-01/);

  expect(await repository.mergePlan(week)).toEqual([]);
  expect((await applyOn(repository, week.auditedOn)).refusedFiles).toEqual([]);
  const rita = parseAccountFile('rita', await readFile(join(repository.folder, repository.findPath('rita')), 'utf8'));
  expect([rita.stage, rita.evidence.lastActivity.signIn]).toEqual(['disable', expect.not.stringContaining('2099')]);
}, 300_000);
