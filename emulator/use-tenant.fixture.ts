// For tests of this folder: one tenant for all tests of a file, or a fresh one for each, and closed again.
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type ApiClient, signInAs } from './api-client.fixture.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { type EmulatorOptions, fastQuotas } from './options.ts';
import { getTrustedAuthority } from './trusted-authority.fixture.ts';

/** Starts a tenant before all tests or before each, and hands it to `ready`. */
export function useTenant(
  when: 'all' | 'each',
  options: EmulatorOptions,
  ready: (emulator: Emulator) => void | Promise<void>,
): void {
  const [before, after] = when === 'all' ? [beforeAll, afterAll] : [beforeEach, afterEach];
  let stop: () => Promise<void>;
  before(async () => {
    const emulator = await startEmulator({
      authority: await getTrustedAuthority(),
      ...options,
      switches: { ...fastQuotas, ...options.switches },
    });
    stop = () => emulator.close();
    await ready(emulator);
  });
  after(() => stop());
}

/** A fresh tenant of 200 for each test, and a client with the apply's identity. */
export function useApply(ready: (started: { emulator: Emulator; apply: ApiClient }) => void): void {
  useTenant('each', { users: 200 }, async (emulator) => ready({ emulator, apply: await signInAs(emulator, 'apply') }));
}
