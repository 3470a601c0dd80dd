import { expect, test } from 'vitest';
import { type ApiClient, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;
let audit: ApiClient;

useTenant(
  'each',
  {
    users: 0,
    people: [{ kind: 'ana', userPrincipalName: 'ana.reyes@contoso.com' }],
    switches: { displayConcealedNames: false },
  },
  async (started) => {
    emulator = started;
    audit = await signInAs(started, 'audit');
  },
);

/** What the report says of Ana: whether her mailbox is deleted, and when; null without a row. */
async function rowOf(upn = 'ana.reyes@contoso.com'): Promise<string[] | null> {
  const { headers } = await audit.get("/v1.0/reports/getMailboxUsageDetail(period='D30')");
  const csv = await (await fetch(headers.get('location') ?? '')).text();
  const row = csv.split('\r\n').find((line) => line.includes(upn));
  return row ? row.split(',').slice(3, 5) : null;
}

test('a disconnected mailbox is shown as deleted, with its day, until it is lost', async () => {
  emulator.applyEvents('ana', { removeLicenses: ['SPE_E3'] });
  expect(await rowOf()).toEqual(['False', '']); // the report lags two days behind
  emulator.tenant.clock.advance({ days: 2 });
  expect(await rowOf()).toEqual(['True', '2026-12-07']);
  emulator.tenant.clock.advance({ days: 29 });
  expect(await rowOf()).toEqual(['True', '2026-12-07']);
  emulator.tenant.clock.advance({ days: 1 });
  expect(await rowOf()).toBeNull();
});

test('it is shown as before once a licence is back', async () => {
  emulator.applyEvents('ana', { removeLicenses: ['SPE_E3'] });
  emulator.tenant.clock.advance({ days: 10 });
  emulator.applyEvents('ana', { addLicenses: ['SPE_E3'] });
  expect(await rowOf()).toEqual(['False', '']);
});

test('its row goes at once where the tenant does so', async () => {
  emulator.tenant.switches.disconnectedMailboxRows = 'gone';
  emulator.applyEvents('ana', { removeLicenses: ['SPE_E3'] });
  emulator.tenant.clock.advance({ days: 2 });
  expect(await rowOf()).toBeNull();
});
