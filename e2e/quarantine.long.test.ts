import { expect, test } from 'vitest';
import { previewStack } from '../stacks/run-stack.ts';
import {
  aHybridTenant,
  applyAndListQuarantined,
  findQuarantine,
  holdFromDisableOn,
  listDirectoryWrites,
  useStandIn,
} from './hybrid-tenant.fixture.ts';
import { generousLimits } from './merged-repository.fixture.ts';

test('synced accounts are held from disable on, reported or blocked, and let go with their files', async () => {
  const { repository, mark, reportOnly } = await holdFromDisableOn();

  await repository.merge('disable', ['sam']);
  await repository.merge('keep', ['rita']);
  expect((await applyAndListQuarantined(repository)).quarantined).toEqual([
    'rita@contoso.com released',
    'sam@contoso.com report-only',
  ]);
  expect(findQuarantine(repository)).toEqual({ members: ['paul', 'sam'], ...reportOnly });

  await repository.setPolicy({ ...generousLimits, onPremises: { quarantine: 'enforced' } });
  expect((await applyAndListQuarantined(repository)).quarantined).toEqual([
    'paul@contoso.com enforced',
    'sam@contoso.com enforced',
  ]);
  expect(findQuarantine(repository)).toMatchObject({ members: ['paul', 'sam'], state: 'enabled' });
  expect(await repository.readState()).not.toMatch(/ciphertext|secret"/);

  await repository.merge('restore', ['paul']);
  await repository.removeFile('sam');
  await repository.apply();
  expect(findQuarantine(repository)).toBeNull();
  const { emulator } = repository;
  expect(emulator.log.listEntries({ method: 'DELETE' }).map(({ path }) => path.split('/')[2])).not.toContain('users');
  const order = listDirectoryWrites(repository, mark).filter((write) => /^DELETE [^$]*$/.test(write));
  expect(order.map((write) => write.split('/').at(-2))).toEqual(['policies', 'groups']);
});

test('a quarantine that could not be filled is told, the accounts go on, and the next run fills it', async () => {
  await useStandIn();
  const repository = await aHybridTenant('paul', 'rita');
  const { emulator } = repository;
  emulator.faults.add({ kind: 'status', status: 403, path: '/members/\\$ref$', count: 1, nth: 2 });
  await repository.merge('disable', ['paul', 'rita', 'cloudy']);
  const first = await repository.apply();
  expect(first.quarantine?.failures.join()).toContain('403');
  expect(first.accounts.some(({ report }) => report.done.length > 0)).toBe(true);
  expect(emulator.getState('cloudy').accountEnabled).toBe(false);

  const second = await repository.apply();
  expect(second.quarantine?.failures).toEqual([]);
  expect(findQuarantine(repository)).toMatchObject({ members: ['paul', 'rita'], blocks: true });
});

test('anyone who cannot be read stays as the state has them, and the others join, leave and are told of', async () => {
  await useStandIn();
  const repository = await aHybridTenant('paul', 'rita', 'sam', 'vera');
  await repository.merge('disable', ['paul', 'rita']);
  await repository.apply();
  repository.emulator.applyEvents('rita', { shows: { accountEnabled: null } });
  repository.emulator.applyEvents('vera', { shows: { accountEnabled: null } });
  await repository.merge('keep', ['paul']);
  await repository.merge('disable', ['sam', 'vera']);
  const preview = await previewStack({ ...(await repository.buildOptions()), identity: 'apply' });
  expect(preview.notes.join()).toMatch(/2 synced accounts .* stays held.*rita@contoso.com.*vera@contoso.com/);
  expect((await repository.apply()).notes).toEqual(preview.notes);
  expect(findQuarantine(repository)?.members).toEqual(['rita', 'sam']);
});

test('what people change by hand is put right by the next apply, whatever it is about', async () => {
  await useStandIn();
  const repository = await aHybridTenant('paul');
  await repository.merge('disable', ['paul']);
  await repository.apply();
  const { directory } = repository.emulator.tenant;
  const group = [...directory.groups.values()].at(-1);
  const [policy] = directory.policies.values();
  group?.members.add(repository.emulator.getState('cloudy').id);
  Object.assign(policy?.properties ?? {}, { state: 'disabled' });
  expect((await applyAndListQuarantined(repository)).quarantined).toContain('paul@contoso.com report-only');
  expect(findQuarantine(repository)).toEqual({
    members: ['paul'],
    state: 'enabledForReportingButNotEnforced',
    blocks: true,
  });

  directory.policies.clear();
  directory.groups.delete(group?.id ?? '');
  await repository.merge('keep', ['paul']);
  expect((await applyAndListQuarantined(repository)).failed).toEqual([]);
});
