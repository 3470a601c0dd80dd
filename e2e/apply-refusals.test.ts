import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addDays } from '../policy/evidence.ts';
import { writeRecord } from '../stacks/record/apply-record.ts';
import { renderChangesComment } from '../stacks/record/changes-comment.ts';
import { summariseChanges } from '../stacks/record/summarise-changes.ts';
import { previewStack } from '../stacks/run-stack.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { aMergedRepository, generousLimits, listOutcomes, stack } from './merged-repository.fixture.ts';

test('anyone who is not who was reviewed is left alone, and the rest goes on', async () => {
  const kinds = ['gone', 'renamed', 'active', 'admin', 'exempt', 'old', 'clean'];
  const repository = await aMergedRepository(kinds, [{ kind: 'guest', userType: 'Guest', licenses: ['SPE_E3'] }]);
  const { emulator } = repository;
  await repository.merge('disable', [...kinds.filter((kind) => kind !== 'old'), 'guest']);
  await repository.merge('disable', ['old'], (file) => ({
    ...file,
    evidence: { ...file.evidence, auditedOn: addDays(today, -31) },
  }));
  emulator.applyEvents('gone', { delete: 'for good' });
  emulator.applyEvents('renamed', { userPrincipalName: 'new.hire@contoso.com', displayName: 'New Hire' });
  emulator.applyEvents('active', { signIn: { successful: 'now' } });
  emulator.applyEvents('admin', { addRoles: ['Global Administrator'] });
  const until = addDays(today, 30);
  await repository.exempt({ account: 'exempt@contoso.com', reason: 'On leave', owner: 'HR team', until });

  const outcome = await repository.apply();
  expect(listOutcomes(outcome, repository)).toEqual({
    gone: ['refused: gone'],
    renamed: ['refused: renamed'],
    guest: ['refused: guest'],
    active: ['refused: active-again'],
    admin: ['refused: protected'],
    exempt: ['refused: exempt'],
    old: ['refused: evidence-too-old'],
    clean: ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared'],
  });
  const writes = ['PATCH /users/clean', 'POST /users/clean/revokeSignInSessions', 'Set-Mailbox clean Shared'];
  expect(repository.writes()).toEqual(writes);
});

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

test('above a cap nothing is written; below it one failure does not stop the others, and the next run does the rest', async () => {
  const repository = await aMergedRepository(['ana', 'bo', 'cy']);
  const { emulator } = repository;
  await repository.merge('delicense', ['ana', 'bo', 'cy']);
  await repository.setPolicy({ limits: { ...generousLimits.limits, changesPerApply: 2 } });
  await expect(repository.apply()).rejects.toMatchObject({ code: 'over-limit' });
  expect(repository.writes()).toEqual([]);

  await repository.setPolicy(generousLimits);
  const [ana, bo, cy] = ['ana', 'bo', 'cy'].map((kind) => `/users/${emulator.getState(kind).id}`);
  emulator.faults.add({
    kind: 'status',
    status: 429,
    retryAfter: 1,
    path: `${ana}$`,
    method: 'PATCH',
    count: 1,
  });
  emulator.faults.add({ kind: 'status', status: 409, path: `${cy}$`, method: 'PATCH', count: 1 });
  const faultId = emulator.faults.add({ kind: 'status', status: 400, path: `${bo}/assignLicense` });
  const first = listOutcomes(await repository.apply(), repository);
  const all = ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared', 'licenses-changed'];
  expect(first.ana).toEqual(all);
  expect(first.bo).toEqual([...all.slice(0, 3), expect.stringMatching('failed')]);

  emulator.faults.remove(faultId);
  const before = repository.writes().length;
  const second = listOutcomes(await repository.apply(), repository);
  expect(second).toMatchObject({ bo: ['licenses-changed'] });
  expect(second.ana).toBeUndefined();
  expect(repository.writes().slice(before)).toContain('POST /users/bo/assignLicense');
  expect(
    repository
      .writes()
      .slice(before)
      .filter((write) => /ana|sign/i.test(write) && write.includes('bo/revoke')),
  ).toEqual([]);
  for (const kind of ['ana', 'bo', 'cy']) {
    expect(emulator.getState(kind)).toMatchObject({ accountEnabled: false, licenses: [] });
  }
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
