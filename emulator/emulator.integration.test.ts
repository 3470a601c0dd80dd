import { get } from 'node:https';
import { expect, test } from 'vitest';
import { signInAs } from './api-client.fixture.ts';
import { startEmulator } from './emulator.ts';

/** A connection of its own each time: one that is kept alive would hide that trust was taken back. */
function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(`${url}/metadata/endpoints`, { agent: false }, (response) => resolve(response.resume().statusCode)).on(
      'error',
      reject,
    );
  });
}

test('the server is trusted while it is asked to be, and not after', async () => {
  const emulator = await startEmulator({ users: 0 });
  await expect(statusOf(emulator.url)).rejects.toThrow(/certificate/);
  const untrust = emulator.trust();
  expect(await statusOf(emulator.url)).toBe(200);
  untrust();
  await expect(statusOf(emulator.url)).rejects.toThrow(/certificate/);
  await emulator.close();
});

test('two tenants stand side by side, and one is not signed in at the other', async () => {
  const [one, other] = await Promise.all([startEmulator({ users: 0, seed: 1 }), startEmulator({ users: 0, seed: 2 })]);
  const stops = [one.trust(), other.trust()];
  expect(one.tenant.id).not.toBe(other.tenant.id);
  const { token } = await signInAs(one, 'audit');
  const reply = await fetch(`${other.url}/v1.0/users`, { headers: { authorization: `Bearer ${token}` } });
  expect(reply.status).toBe(401);
  for (const stop of stops) stop();
  await Promise.all([one.close(), other.close()]);
});

test('a test makes exactly the world it needs', async () => {
  const emulator = await startEmulator({
    users: 0,
    people: [
      { kind: 'ana', displayName: 'Ana Reyes', manager: 'lee', inactiveDays: 100, licenses: ['SPE_E3'] },
      { kind: 'lee', displayName: 'Lee Park' },
    ],
  });
  expect(emulator.tenant.people.size).toBe(2);
  expect(emulator.getState('ana')).toMatchObject({
    managerId: emulator.getState('lee').id,
    lastSuccessfulSignIn: '2026-08-29',
    licenses: [{ skuPartNumber: 'SPE_E3', assignedByGroup: null }],
  });
  expect(() => emulator.getState('nobody')).toThrow("'nobody'");
  await emulator.close();
});

test('a port that is taken is an error, not a second server', async () => {
  const emulator = await startEmulator({ users: 0 });
  await expect(startEmulator({ users: 0, port: emulator.port })).rejects.toThrow('EADDRINUSE');
  await emulator.close();
});
