import { expect, test } from 'vitest';
import { azureadPlugin } from '../bootstrap/azuread-plugin.fixture.ts';
import { aHybridTenant, findQuarantine, holdFromDisableOn, listDirectoryWrites } from './hybrid-tenant.fixture.ts';

test('synced accounts are held from disable on, and let go with their files', async () => {
  const { repository, mark } = await holdFromDisableOn();

  expect(await repository.readState()).not.toMatch(/ciphertext|secret"/);

  await repository.merge('restore', ['paul']);
  await repository.removeFile('rita');
  await repository.apply();
  expect(findQuarantine(repository)).toBeNull();
  const { emulator } = repository;
  expect(emulator.log.listEntries({ method: 'DELETE' }).map(({ path }) => path.split('/')[2])).not.toContain('users');
  const order = listDirectoryWrites(repository, mark).filter((write) => /^DELETE [^$]*$/.test(write));
  expect(order.map((write) => write.split('/').at(-2))).toEqual(['policies', 'groups']);
});

// The plugin waits until Entra is consistent: minutes.
test.skipIf(!azureadPlugin.isInstalled)(
  azureadPlugin.titled('the real plugin makes the quarantine and takes it down'),
  async () => {
    const repository = await aHybridTenant('paul', 'rita');
    await repository.merge('disable', ['paul', 'rita']);
    await repository.apply();
    expect(findQuarantine(repository)).toMatchObject({ members: ['paul', 'rita'], blocks: true });
    await repository.merge('keep', ['paul', 'rita']);
    await repository.apply();
    expect(findQuarantine(repository)).toBeNull();
  },
  20 * 60_000,
);
