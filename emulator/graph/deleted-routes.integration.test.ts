import { expect, test } from 'vitest';
import { type ApiClient, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;
let audit: ApiClient;

useTenant('each', { users: 0, people: [{ kind: 'ana', userPrincipalName: 'ana@contoso.com' }] }, async (started) => {
  emulator = started;
  audit = await signInAs(started, 'audit');
});

const ofBin = (id: string) => audit.get(`/v1.0/directory/deletedItems/${id}?$select=id,deletedDateTime`);

test('a deleted user is in the bin for 30 days, under the same id, and nowhere else', async () => {
  const { id } = emulator.getState('ana');
  expect((await ofBin(id)).status).toBe(404);
  emulator.applyEvents('ana', { delete: true });
  expect((await audit.get(`/v1.0/users/${id}`)).status).toBe(404);
  expect((await ofBin(id)).body).toMatchObject({
    id,
    deletedDateTime: expect.stringContaining('2026-12-07'),
  });
  const { body } = await audit.get('/v1.0/directory/deletedItems/microsoft.graph.user');
  expect(body.value).toMatchObject([{ userPrincipalName: `${id.replaceAll('-', '')}ana@contoso.com` }]);
  emulator.tenant.clock.advance({ days: 31 });
  expect((await ofBin(id)).status).toBe(404);
  expect(() => emulator.applyEvents('ana', { restore: true })).toThrow('not among the deleted users');
});

test('anyone who is restored has id, name and licences as before; nobody restores whom the bin does not have', async () => {
  const before = emulator.getState('ana');
  expect(() => emulator.applyEvents('ana', { restore: true })).toThrow('not among the deleted users');
  emulator.applyEvents('ana', { delete: true });
  emulator.applyEvents('ana', { restore: true });
  expect(emulator.getState('ana')).toEqual({ ...before, isChanged: true });
  emulator.applyEvents('ana', { delete: 'for good' });
  expect((await ofBin(before.id)).status).toBe(404);
});

test('audit and apply read the bin, and neither takes anybody out of it', async () => {
  const { id } = emulator.getState('ana');
  emulator.applyEvents('ana', { delete: true });
  for (const caller of [audit, await signInAs(emulator, 'apply')]) {
    expect((await caller.get(`/v1.0/directory/deletedItems/${id}`)).status).toBe(200);
    expect((await caller.post(`/v1.0/directory/deletedItems/${id}/restore`, {})).status).toBe(403);
  }
});
