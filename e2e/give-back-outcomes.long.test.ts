// What becomes of files of give-back/ that are merged: in the apply, and in the audit after it.
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { giveBack } from './give-back.fixture.ts';
import { aMergedRepository, listOutcomes, stack } from './merged-repository.fixture.ts';

const people = ['ana', 'bo', 'cy', 'di', 'eve', 'flo', 'gus'];
const folder = `stacks/${stack}/give-back`;

test('each goes through, or says why not; the next audit writes it into the accounts’ own files', async () => {
  const repository = await aMergedRepository(people, [{ kind: 'syd' }, { kind: 'zed' }]);
  const { emulator } = repository;
  await repository.merge('delicense', people);
  await repository.merge('disable', ['syd']);
  await repository.merge('notify', ['zed']);
  await repository.apply();
  await repository.archive('flo');
  await repository.removeFile('gus');
  await repository.apply();
  emulator.applyEvents('syd', { synced: true });
  emulator.applyEvents('bo', { delete: true });
  emulator.applyEvents('cy', { displayName: 'Somebody Else', userPrincipalName: 'else@contoso.com' });
  const [license] = repository.change('di').restore.licenses;
  const { seats } = emulator.tenant;
  await giveBack(repository, 'ana', 'bo', 'cy', 'eve', 'flo', 'gus', 'syd', 'zed');
  await writeFile(join(repository.folder, folder, 'broken.yaml'), 'reason: x\n');
  await repository.commitAll('a file that cannot be read');

  const outcome = await repository.apply();
  const given = ['sign-in-allowed', 'licenses-changed', 'mailbox-regular'];
  expect(listOutcomes(outcome, repository)).toMatchObject({
    ...{ ana: given, eve: given, flo: given, gus: given },
    bo: ['waits: restoration'],
    cy: ['refused: renamed'],
    syd: ['mailbox-regular', 'waits: active-directory'],
  });
  expect(outcome.notes.join('\n')).toContain('zed@contoso.com is at stage notify: nothing is taken');
  expect(outcome.notes.join('\n')).toContain('broken.yaml');

  // Without a seat sign-in comes back, and the licence waits.
  if (license) seats.buy(license.skuId, seats.countConsumed(license.skuId));
  await giveBack(repository, 'di');
  expect(listOutcomes(await repository.apply(), repository).di).toEqual(['sign-in-allowed', 'failed: no-seats']);
  expect(emulator.getState('di')).toMatchObject({ accountEnabled: true, licenses: [] });

  const audit = await repository.audit();
  expect(await repository.mergePlan(audit)).toEqual([]);
  expect(
    (await readdir(join(repository.folder, folder)).catch(() => [])).filter((name) => name !== 'broken.yaml'),
  ).toEqual([]);
  const again = await repository.apply();
  expect(again.notes.join('\n')).not.toContain('zed@contoso.com');
  expect(emulator.getState('ana').accountEnabled).toBe(true);
});

test('more than a day allows wait, and limits on taking hold nobody up', async () => {
  const repository = await aMergedRepository(['ana', 'bo', 'cy', 'di']);
  await repository.merge('disable', ['ana', 'bo', 'cy']);
  await repository.apply();
  await repository.setPolicy({ restore: { perDay: 2 }, limits: { changesPerApply: 0 } });
  await repository.merge('disable', ['di']);
  await giveBack(repository, 'ana', 'bo', 'cy');
  const { accounts, notes, limited } = await repository.apply();
  expect(accounts.map(({ inputs, report }) => [repository.findKind(inputs.account.id), report.done[0]?.step])).toEqual([
    ['ana', 'sign-in-allowed'],
    ['bo', 'sign-in-allowed'],
  ]);
  expect(limited).toContain('limits.changesPerApply');
  expect(notes.join('\n')).toContain('cy@contoso.com.yaml waits: restore.perDay of policy.yaml is reached');
  expect(repository.emulator.getState('cy').accountEnabled).toBe(false);
});
