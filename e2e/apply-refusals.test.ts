import { expect, test } from 'vitest';
import { addDays } from '../policy/evidence.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { aMergedRepository, generousLimits, listOutcomes } from './merged-repository.fixture.ts';

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
