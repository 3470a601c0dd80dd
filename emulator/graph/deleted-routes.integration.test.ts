import { expect, test } from 'vitest';
import { type Caller, callAs } from '../caller.ts';
import type { Emulator } from '../emulator.ts';
import { withTenant } from '../with-tenant.ts';

let emulator: Emulator;
let audit: Caller;

withTenant(
  'each',
  { users: 0, people: [{ kind: 'ana', userPrincipalName: 'ana@contoso.com' }] },
  async (started) => {
    emulator = started;
    audit = await callAs(started, 'audit');
  },
);

const ofBin = (id: string) => audit.get(`/v1.0/directory/deletedItems/${id}?$select=id,deletedDateTime`);

test('a deleted user is in the bin for 30 days, under the same id, and nowhere else', async () => {
  const { id } = emulator.state('ana');
  expect((await ofBin(id)).status).toBe(404);
  emulator.live('ana', { delete: true });
  expect((await audit.get(`/v1.0/users/${id}`)).status).toBe(404);
  expect((await ofBin(id)).body).toMatchObject({
    id,
    deletedDateTime: expect.stringContaining('2026-12-07'),
  });
  const { body } = await audit.get('/v1.0/directory/deletedItems/microsoft.graph.user');
  expect(body.value).toMatchObject([{ userPrincipalName: `${id.replaceAll('-', '')}ana@contoso.com` }]);
  emulator.tenant.clock.advance({ days: 31 });
  expect((await ofBin(id)).status).toBe(404);
  expect(() => emulator.live('ana', { restore: true })).toThrow('not among the deleted users');
});

test('whoever is restored has id, name and licences as before; nobody restores whom the bin does not have', async () => {
  const before = emulator.state('ana');
  expect(() => emulator.live('ana', { restore: true })).toThrow('not among the deleted users');
  emulator.live('ana', { delete: true });
  emulator.live('ana', { restore: true });
  expect(emulator.state('ana')).toEqual({ ...before, isChanged: true });
  emulator.live('ana', { delete: 'for good' });
  expect((await ofBin(before.id)).status).toBe(404);
});

test('audit and apply read the bin, and neither takes anybody out of it', async () => {
  const { id } = emulator.state('ana');
  emulator.live('ana', { delete: true });
  for (const caller of [audit, await callAs(emulator, 'apply')]) {
    expect((await caller.get(`/v1.0/directory/deletedItems/${id}`)).status).toBe(200);
    expect((await caller.post(`/v1.0/directory/deletedItems/${id}/restore`, {})).status).toBe(403);
  }
});
