import { expect, test } from 'vitest';
import { type ApiClient, signInAs } from '../api-client.fixture.ts';
import { type Emulator, startEmulator } from '../emulator.ts';
import { fastQuotas } from '../options.ts';
import { getTrustedAuthority } from '../trusted-authority.fixture.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;
let apply: ApiClient;

const tenant = { users: 200, switches: { budgets: 'off' } } as const;

useTenant('each', tenant, async (started) => {
  emulator = started;
  apply = await signInAs(started, 'apply');
});

const setWeather = (weather: string | null) =>
  fetch(`${emulator.url}/_emulator/switches`, { method: 'PATCH', body: JSON.stringify({ weather }) });

/** What becomes of so many reads of users: a status with its wait and the kind of its body, or why there was none. */
async function readUsers(client: ApiClient, times: number): Promise<string[]> {
  const fates: string[] = [];
  for (let at = 0; at < times; at++) {
    const reply = await client.get(`/v1.0/users?$select=id&$top=${1 + (at % 100)}`).catch((error: unknown) => error);
    fates.push(reply instanceof Error ? 'no answer' : describeReply(Object(reply)));
  }
  return fates;
}

function describeReply({ status, headers }: { status: number; headers: Headers }): string {
  return `${status} ${headers.get('retry-after') ?? '-'} ${headers.get('content-type')?.split(';')[0] ?? '-'}`;
}

test('one seed brings throttling with whole, broken and no waits, every 5xx in three forms, and lost connections', async () => {
  await setWeather('a stormy night');
  const fates = new Set(await readUsers(apply, 1500));
  expect(fates).toContain('200 - application/json');
  expect(fates).toContain('no answer');
  expect([...fates].filter((fate) => /^429 \d+ /.test(fate))).not.toEqual([]);
  expect([...fates].filter((fate) => /^429 0\.\d+ /.test(fate))).not.toEqual([]);
  expect(fates).toContain('429 - application/json');
  for (const form of ['application/json', 'text/html', '-'])
    expect([...fates].filter((fate) => fate.startsWith('5') && fate.endsWith(` ${form}`))).not.toEqual([]);
  for (const status of [500, 502, 503, 504])
    expect([...fates].filter((fate) => fate.startsWith(String(status)))).not.toEqual([]);
});

test('the same seed brings the same weather to another tenant; without one there is none', async () => {
  expect(new Set(await readUsers(apply, 200))).toEqual(new Set(['200 - application/json']));
  await setWeather('again');
  const fates = await readUsers(apply, 200);
  expect(new Set(fates).size).toBeGreaterThan(2);
  const switches = { ...fastQuotas, ...tenant.switches, weather: 'again' };
  const other = await startEmulator({ ...tenant, switches, authority: await getTrustedAuthority() });
  expect(other.tenant.switches).toEqual(emulator.tenant.switches);
  const client = await signInAs(other, 'apply');
  expect(await readUsers(client, 200)).toEqual(fates);
  await other.close();
});

test('what is set beside the seed holds, and null takes the rest back', async () => {
  const before = { ...emulator.tenant.switches };
  const body = JSON.stringify({ weather: 7, replicas: 1, licenseDelaySeconds: 0.5 });
  await fetch(`${emulator.url}/_emulator/switches`, { method: 'PATCH', body });
  expect(emulator.tenant.switches).toMatchObject({ weather: 7, replicas: 1, licenseDelaySeconds: 0.5 });
  expect(emulator.tenant.switches.directoryDelaySeconds).toBeGreaterThan(0);
  await setWeather(null);
  expect({ ...emulator.tenant.switches, concealmentDelaySeconds: 1 }).toEqual({
    ...before,
    concealmentDelaySeconds: 1,
  });
});

test('the third try in a row is answered', async () => {
  await setWeather('hail');
  const path = `/v1.0/users?$select=id&$top=5`;
  let failed = 0;
  for (let at = 0; at < 600; at++) {
    const reply = await apply.get(path).catch(() => null);
    failed = reply?.status === 200 ? 0 : failed + 1;
    expect(failed).toBeLessThanOrEqual(2);
  }
});

test('a write that was answered has happened, of the others some have, and a throttled one has not', async () => {
  await setWeather('fog');
  const kinds = [...emulator.tenant.people.kinds.keys()].filter(
    (kind) => emulator.getState(kind).onPremisesSyncEnabled !== true && emulator.getState(kind).accountEnabled,
  );
  const seen = { answered: 0, lostAndDone: 0, lost: 0 };
  for (const kind of kinds) {
    for (let again = 0; again < 12; again++) {
      const { id, accountEnabled: before } = emulator.getState(kind);
      const reply = await apply.patch(`/v1.0/users/${id}`, { accountEnabled: !before }).catch(() => null);
      const isDone = emulator.getState(kind).accountEnabled !== before;
      if (reply?.status === 204) expect(isDone).toBe(true);
      if (reply?.status === 429 || reply?.status === 403) expect(isDone).toBe(false);
      if (reply?.status === 204) seen.answered++;
      else if (reply === null || reply.status >= 500) seen[isDone ? 'lostAndDone' : 'lost']++;
    }
  }
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
});

test('items of a batch are throttled and fail on their own, while the batch is answered', async () => {
  await setWeather('drizzle');
  const requests = Array.from({ length: 20 }, (_, at) => ({
    id: String(at),
    method: 'GET',
    url: `/users?$select=id&$top=${at + 1}`,
  }));
  const statuses = new Set<number>();
  for (let round = 0; round < 40; round++) {
    const reply = await apply.post('/v1.0/$batch', { requests }).catch(() => null);
    if (reply?.status !== 200) continue;
    for (const { status } of Object(reply.body).responses) statuses.add(status);
  }
  expect([...statuses]).toEqual(expect.arrayContaining([200, 429, 503]));
});
