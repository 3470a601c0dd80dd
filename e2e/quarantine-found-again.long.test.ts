import { expect, test } from 'vitest';
import {
  anEnforcedQuarantine,
  applyAndListQuarantined,
  countQuarantineObjects,
  deleteState,
  findQuarantine,
  previewAsAudit,
} from './hybrid-tenant.fixture.ts';

test('after a lost state the group and the policy of the tenant are taken over, and anyone who is restored is let go', async () => {
  const repository = await anEnforcedQuarantine('paul', 'rita');
  await deleteState(repository);
  await repository.merge('restore', ['rita']);
  const preview = await previewAsAudit(repository);
  expect(preview.quarantine).toMatchObject({
    releases: [repository.emulator.getState('rita').id],
    failures: [],
  });
  expect(await applyAndListQuarantined(repository)).toEqual({
    corrected: [expect.stringMatching(/did not know .*: it is taken over/)],
    quarantined: ['rita@contoso.com released'],
    failed: [],
  });
  expect(countQuarantineObjects(repository)).toEqual({ groups: 1, policies: 1 });
  expect(findQuarantine(repository)).toEqual({ members: ['paul'], state: 'enabled', blocks: true });
  expect((await repository.apply()).quarantine).toBeNull();
});

test('Two quarantines of a name: they are told with their ids, are left alone, and keep no account from its file', async () => {
  const repository = await anEnforcedQuarantine('paul', 'rita');
  const { groups, createId } = repository.emulator.tenant.directory;
  const [own] = [...groups.values()].filter(({ properties }) => properties.displayName.startsWith('Dormant'));
  if (!own) throw new Error('The quarantine has no group.');
  const twin = { ...own, id: createId(), members: new Set<string>() };
  groups.set(twin.id, twin);
  // Also if ours was renamed.
  own.properties = { ...own.properties, displayName: 'Renamed' };
  await repository.merge('restore', ['paul']);
  await repository.merge('disable', ['cloudy']);
  const { quarantined, failed } = await applyAndListQuarantined(repository);
  expect(quarantined).toEqual([]);
  expect(failed).toEqual([
    expect.objectContaining({
      because: expect.stringMatching(new RegExp(`2 groups .*${own.id}.*${twin.id}`)),
    }),
  ]);
  expect([...own.members].map(repository.findKind).sort()).toEqual(['paul', 'rita']);
  expect(repository.emulator.getState('cloudy').accountEnabled).toBe(false);

  groups.delete(twin.id);
  expect(await applyAndListQuarantined(repository)).toMatchObject({
    corrected: [expect.stringContaining('renamed')],
    quarantined: ['paul@contoso.com released'],
    failed: [],
  });
});

test('what people had changed by hand is named for what it was, and nobody else as joined or released', async () => {
  const repository = await anEnforcedQuarantine('paul', 'rita', 'sam');
  const { emulator } = repository;
  const { directory } = emulator.tenant;
  const [group] = [...directory.groups.values()].slice(-1);
  const [policy] = directory.policies.values();
  group?.members.add(emulator.getState('sender').id);
  group?.members.delete(emulator.getState('rita').id);
  Object.assign(group?.properties ?? {}, { displayName: 'Blocked people' });
  const conditions = Object(policy?.properties.conditions);
  Object.assign(conditions.users, { excludeUsers: [emulator.getState('cloudy').id], excludeRoles: [] });
  Object.assign(policy?.properties ?? {}, { displayName: 'A policy' });
  expect(await applyAndListQuarantined(repository)).toEqual({
    corrected: [
      'The group had been renamed “Blocked people”: it has its name again.',
      'The policy had been renamed “A policy”: it has its name again.',
      'The policy had been changed by hand to exclude 1 user: it no longer does.',
      'The policy had been changed by hand not to exclude 4 roles: it does again.',
    ],
    quarantined: ['it-lifecycle@contoso.com released', 'rita@contoso.com enforced'],
    failed: [],
  });

  directory.policies.clear();
  expect((await applyAndListQuarantined(repository)).corrected).toEqual([
    'The policy had been deleted by hand: it is made again.',
  ]);
});
