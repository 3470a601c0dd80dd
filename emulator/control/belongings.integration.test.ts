import { expect, test } from 'vitest';
import type { Emulator } from '../emulator.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;

useTenant('each', { users: 0, people: [{ kind: 'ana' }] }, (started) => {
  emulator = started;
});

async function control(method: string, path: string, body: unknown) {
  const init = { method, body: JSON.stringify(body) };
  const response = await fetch(`${emulator.url}/_emulator/${path}`, init);
  return { status: response.status, body: Object(await response.json()) };
}

test('a person is added with what a licence carries, and with licences that are not what they should be', async () => {
  const { status, body } = await control('POST', 'people', {
    kind: 'elin',
    licenses: ['MCOEV', 'CPC_E_2C_8GB_128GB', { sku: 'SPE_E3', withoutState: true }],
    oneDrive: { sizeMb: 120, files: 64, retention: true },
    phoneNumber: '+442079460123',
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    oneDrive: { sizeBytes: 120 * 1024 ** 2, fileCount: 64, retention: true, state: 'active', losses: [] },
    cloudPc: { unlicensedSince: null, losses: [] },
    phone: { number: '+442079460123', losses: [] },
  });
});

test('what somebody has changes, and goes as the tenant has it', async () => {
  const changed = await control('PATCH', 'people/ana', { oneDrive: { sizeGb: 5 }, phoneNumber: '+331' });
  expect(changed.body).toMatchObject({
    oneDrive: { sizeBytes: 5 * 1024 ** 3 },
    phone: { number: '+331', losses: ['phone-number'] },
  });
  expect((await control('PATCH', 'people/ana', { oneDrive: null })).body.oneDrive).toBeNull();
});

test('the switches of the OneDrive clock are set and told', async () => {
  await control('PATCH', 'people/ana', { removeLicenses: ['SPE_E3'] });
  const change = {
    oneDriveArchiveBilling: true,
    unlicensedOneDriveActiveDays: 365,
    unlistedSkus: ['SPE_E3'],
  };
  expect((await control('PATCH', 'switches', change)).body).toMatchObject({ ...change, oneDriveClock: 'on' });
  await control('POST', 'clock', { days: 365 });
  expect(emulator.getState('ana').oneDrive).toMatchObject({ state: 'archived', losses: [] });
  expect((await control('PATCH', 'switches', { unlicensedOneDriveActiveDays: 92 })).status).toBe(400);
});
