import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeRecord } from '../stacks/record/apply-record.ts';
import { renderChangesComment } from '../stacks/record/changes-comment.ts';
import { summariseChanges } from '../stacks/record/summarise-changes.ts';
import { previewStack } from '../stacks/run-stack.ts';
import { aMergedRepository, generousLimits, listOutcomes, stack } from './merged-repository.fixture.ts';

test('where sign-ins cannot be read nothing is taken, or, if the policy says so, preview, record and comment tell', async () => {
  const repository = await aMergedRepository(['ana'], [], { switches: { signInsShownOf: 'nobody' } });
  await repository.merge('disable', ['ana']);
  const required = await repository.apply();
  expect(listOutcomes(required, repository)).toEqual({ ana: ['refused: sign-ins-unavailable'] });
  expect(required.withoutSignIns).toBe(false);
  expect(repository.writes()).toEqual([]);

  await repository.setPolicy({ ...generousLimits, signIns: 'optional' });
  const options = await repository.buildOptions();
  expect(await previewStack(options)).toMatchObject({ withoutSignIns: true });
  const outcome = await repository.apply();
  expect(listOutcomes(outcome, repository).ana).toContain('sign-in-blocked');
  const changes = summariseChanges(outcome, options.files);
  await writeRecord(join(repository.folder, 'out', stack), options, { outcome, changes });
  const record = await readFile(join(repository.folder, 'out', stack, 'apply.json'), 'utf8');
  expect(JSON.parse(record)).toMatchObject({ withoutSignIns: true });
  expect(renderChangesComment(changes)).toContain('was not checked');

  await repository.merge('restore', ['ana']);
  expect(await repository.apply()).toMatchObject({ withoutSignIns: false });
});

test('what a mailbox or a group holds stays, and what Active Directory owns waits for it', async () => {
  const repository = await aMergedRepository(
    [],
    [
      { kind: 'big', mailbox: { sizeGb: 60 } },
      { kind: 'archived', mailbox: { archive: true } },
      { kind: 'held', mailbox: { litigationHold: true } },
      { kind: 'member', licenses: [{ sku: 'SPE_E3', group: true }] },
      { kind: 'synced', synced: true },
      { kind: 'remote', synced: true, mailbox: null },
    ],
    { switches: { conversionDelaySeconds: 1, licenseDelaySeconds: 1 } },
  );
  const { emulator } = repository;
  const kinds = ['big', 'archived', 'held', 'member', 'synced', 'remote'];
  await repository.merge('delicense', kinds.slice(1));
  // The audit reads sizes, so what the review saw of them is in the file.
  const heldBack = [{ skuPartNumber: 'SPE_E3', reason: 'mailbox-over-limit' as const }];
  await repository.merge('delicense', ['big'], (file) => ({
    ...file,
    desired: { ...file.desired, licenses: ['SPE_E3'] },
    savings: { ...file.savings, monthly: 0, heldBack },
  }));
  const outcome = await repository.apply();
  const shared = ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared'];
  expect(listOutcomes(outcome, repository)).toEqual({
    big: shared,
    archived: [...shared, 'held back: archive'],
    held: [...shared, 'held back: litigation-hold'],
    member: [...shared, 'held back: inherited-from-group'],
    synced: ['waits: active-directory'],
    remote: ['waits: active-directory'],
  });
  expect(JSON.stringify(outcome.accounts)).toContain('Licensing: Microsoft 365 E3');
  expect(outcome.onPremises.map(({ account }) => account.userPrincipalName).sort()).toEqual([
    'remote@contoso.com',
    'synced@contoso.com',
  ]);

  emulator.applyEvents('synced', { accountEnabled: false });
  emulator.applyEvents('remote', { accountEnabled: false });
  expect(listOutcomes(await repository.apply(), repository)).toEqual({
    synced: ['sessions-revoked', 'mailbox-shared', 'licenses-changed'],
    remote: ['sessions-revoked', 'licenses-changed'],
  });
  expect(repository.writes().filter((write) => /^PATCH .*(synced|remote)$/.test(write))).toEqual([]);
  expect(emulator.log.listEntries({ method: 'DELETE' })).toEqual([]);
});
