// Erasure of people in each stage, and everything that goes on afterwards.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkStackFiles } from '../cli/check/check-stack.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { aCompanyThatErases, eraseByHand, nextWeek, proposeAndMerge, runGit, staged } from './erase.fixture.ts';
import { keepRecords, readRecords, recordApply, recordAudit, runErase, runVerify } from './erase-records.fixture.ts';
import { listOutcomes, type MergedRepository, stack } from './merged-repository.fixture.ts';
import { auditLater } from './signing-begins.fixture.ts';

const toArchive = (repository: MergedRepository, kind: string) =>
  repository.findPath(kind).replace('/accounts/', '/archive/');

test('a person in each stage is erased or not, from files and records, and then audit, propose, apply, the restore of others and verify go on', async () => {
  const repository = await aCompanyThatErases();
  const { emulator } = repository;
  await keepRecords(repository);
  await recordAudit(repository, await repository.audit());
  await recordApply(repository);
  const erase = (kind: string) => runErase(repository, today, `${kind}@contoso.com`);
  const of = (kind: string) => [`${kind}@contoso.com`, emulator.getState(kind).id];
  for (const kind of [staged.notify, staged.review, staged.keep])
    expect(await eraseByHand(repository, kind)).toEqual([]);
  for (const kind of [staged.disable, staged.delicense, 'ana', 'bo'])
    await expect(eraseByHand(repository, kind)).rejects.toMatchObject({ code: 'not-erasable', exitCode: 2 });
  const before = await readRecords(repository);
  for (const kind of [staged.disable, staged.delicense, 'ana', 'bo'])
    expect(await erase(kind)).toMatchObject({ exitCode: 2, document: { error: { code: 'not-erasable' } } });
  expect(await readRecords(repository)).toBe(before);
  for (const kind of [staged.notify, staged.review, staged.keep]) {
    expect(await erase(kind)).toMatchObject({
      exitCode: 0,
      document: { records: { kept: 0, protected: 0, locked: 0 } },
    });
    for (const word of of(kind))
      expect([word, before.includes(word), (await readRecords(repository)).includes(word)]).toEqual([
        word,
        true,
        false,
      ]);
  }
  const audit = await repository.audit();
  expect(audit.plan.erasures).toMatchObject({
    erased: [{ paths: [toArchive(repository, 'ana')] }],
    kept: [{ paths: [toArchive(repository, 'bo')], because: expect.stringContaining('sign-in allowed') }],
  });
  const writes = repository.writes().length;
  expect(await proposeAndMerge(repository, audit)).toEqual([]);
  expect(await runGit(repository, 'ls-files', `stacks/${stack}/archive`)).toBe(toArchive(repository, 'bo'));
  expect(listOutcomes(await repository.apply(), repository)).not.toHaveProperty('ana');
  const written = repository.writes().slice(writes);
  expect(written.filter((each) => /ana|bo|nia|rae|kay/.test(each))).toEqual([]);
  // Main has nothing of her any more.
  expect(await erase('ana')).toMatchObject({ exitCode: 0 });
  for (const word of of('ana')) expect(await readRecords(repository)).not.toContain(word);
  await recordApply(repository);
  // What the same proposal takes from somebody else goes on.
  expect(written).toContain('POST /users/dan/assignLicense');
  const later = await auditLater(repository, 7);
  await recordAudit(repository, later);
  const { plan } = later;
  expect([plan.auditedOn, plan.erasures.erased]).toEqual([nextWeek, []]);
  // Who was taken out is a decision of people, and is not proposed again at once.
  expect(plan.setBack.map(({ judged }) => judged.evidence.userPrincipalName)).toContain('nia@contoso.com');
  await repository.merge('restore', [staged.disable]);
  await repository.apply();
  expect(emulator.getState('dan')).toMatchObject({ accountEnabled: true, mailbox: { type: 'UserMailbox' } });
  expect(emulator.getState('bo')).toMatchObject({ accountEnabled: false });
  await recordApply(repository);
  const { exitCode, verified } = await runVerify(repository);
  expect([exitCode, verified.findings]).toEqual([0, []]);
  expect(verified.records.map(({ kind }: { kind: string }) => kind)).toEqual([
    ...['audit', 'apply', 'erasure', 'erasure', 'erasure', 'erasure', 'apply', 'audit', 'apply'],
  ]);
  expect(Object.keys(verified.erased)).toEqual([today]);
  for (const word of of('bo')) expect(await readRecords(repository)).toContain(word);
});

test('a person takes no file out of the archive while its account could be given something back', async () => {
  const repository = await aCompanyThatErases();
  await runGit(repository, 'checkout', '--quiet', '-b', 'by-hand');
  for (const kind of ['ana', 'bo']) await rm(join(repository.folder, toArchive(repository, kind)));
  await repository.commitAll('tidy up');
  const problems = await checkStackFiles({ repo: repository.folder, stack, base: 'main', today });
  expect(problems.map(({ code, path }) => [code, path])).toEqual(
    ['ana', 'bo'].map((kind) => ['archive-taken-out', toArchive(repository, kind)]),
  );
});
