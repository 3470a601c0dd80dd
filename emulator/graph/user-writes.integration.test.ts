import { expect, test } from 'vitest';
import { type ApiClient, formatError, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { useApply } from '../use-tenant.fixture.ts';

let emulator: Emulator;
let apply: ApiClient;

useApply((started) => {
  ({ emulator, apply } = started);
});

const id = (kind: string) => emulator.tenant.people.requireKind(kind).id;
const disable = (kind: string) => apply.patch(`/v1.0/users/${id(kind)}`, { accountEnabled: false });

test('a cloud account is blocked with 204 and reads back blocked', async () => {
  expect((await disable('inactiveDirect')).status).toBe(204);
  const { body } = await apply.get(`/v1.0/users/${id('inactiveDirect')}?$select=accountEnabled`);
  expect(body.accountEnabled).toBe(false);
});

test('a block shows after its delay, and has happened before', async () => {
  emulator.tenant.switches.directoryDelaySeconds = 60;
  const isShown = async () =>
    (await apply.get(`/v1.0/users/${id('inactiveDirect')}?$select=accountEnabled`)).body.accountEnabled;
  await disable('inactiveDirect');
  expect([await isShown(), emulator.getState('inactiveDirect').accountEnabled]).toEqual([true, false]);
  emulator.tenant.clock.advance({ seconds: 61 });
  expect(await isShown()).toBe(false);
});

test('sessions are revoked with 200 and true', async () => {
  const reply = await apply.post(`/v1.0/users/${id('inactiveDirect')}/revokeSignInSessions`, {});
  expect([reply.status, reply.body.value]).toEqual([200, true]);
  expect(emulator.getState('inactiveDirect').sessionsRevokedAt).toMatch(/^2026-12-07/);
});

test('the right to block accounts does not reach other properties', async () => {
  const path = `/v1.0/users/${id('inactiveDirect')}`;
  expect((await apply.patch(path, { accountEnabled: false, department: 'Attic' })).status).toBe(403);
  expect(emulator.getState('inactiveDirect')).toMatchObject({ accountEnabled: true, department: 'Sales' });
});

test('the audit writes to nobody', async () => {
  const audit = await signInAs(emulator, 'audit');
  const path = `/v1.0/users/${id('inactiveDirect')}`;
  expect((await audit.patch(path, { accountEnabled: false })).status).toBe(403);
  expect((await audit.post(`${path}/assignLicense`, { addLicenses: [], removeLicenses: [] })).status).toBe(403);
  expect((await audit.delete(path)).status).toBe(403);
});

test('a deletion is refused to the apply and leaves its trace in the log', async () => {
  expect((await apply.delete(`/v1.0/users/${id('inactiveDirect')}`)).status).toBe(403);
  expect(emulator.log.listEntries({ method: 'DELETE', path: '/users/' })).toHaveLength(1);
});

test.each([
  'privilegedActive',
  'privilegedThroughGroup',
  'privilegedThroughNestedGroup',
  'roleAssignableGroupMember',
  'breakGlassOne',
])('%s answers 403 to an app without an Entra role', async (kind) => {
  const reply = await disable(kind);
  expect(reply.status).toBe(403);
  expect(formatError(reply)).toBe('Authorization_RequestDenied: Insufficient privileges to complete the operation.');
  expect(emulator.getState(kind).accountEnabled).toBe(true);
});

test('eligibility alone does not protect an account from an app', async () => {
  expect((await disable('privilegedEligible')).status).toBe(204);
});

test('a synced account is taken and undone by the next sync', async () => {
  expect((await disable('inactiveSynced')).status).toBe(204);
  expect(emulator.getState('inactiveSynced').accountEnabled).toBe(false);
  emulator.tenant.clock.advance({ minutes: 31 });
  expect(emulator.getState('inactiveSynced').accountEnabled).toBe(true);
});

test('a synced account is refused where the tenant does so', async () => {
  emulator.tenant.switches.syncedAccounts = 'refuse';
  const reply = await disable('inactiveSynced');
  expect([reply.status, formatError(reply)]).toEqual([400, expect.stringContaining('on-premises mastered')]);
});

test('what the AD admin does to a synced account stays', async () => {
  emulator.applyEvents('inactiveSynced', { accountEnabled: false });
  emulator.tenant.clock.advance({ days: 1 });
  expect(emulator.getState('inactiveSynced').accountEnabled).toBe(false);
});
