import { expect, test } from 'vitest';
import { anAuditedTenant } from '../audited-tenant.fixture.ts';
import { readManagers } from './managers.ts';
import { aReader } from './reader.fixture.ts';

const lee = {
  id: 'b',
  displayName: 'Lee Park',
  mail: 'lee@contoso.com',
  userPrincipalName: 'lee@contoso.com',
};
const leePark = { ...lee, jobTitle: null, department: null };

test.each<[string, number, unknown, unknown]>([
  ['a person', 200, lee, leePark],
  [
    'a contact without a userPrincipalName',
    200,
    { id: 'b', displayName: 'Lee Park' },
    { ...leePark, mail: null, userPrincipalName: '' },
  ],
  ['nobody', 404, { error: { code: 'Request_ResourceNotFound' } }, null],
  ['somebody without an id', 200, { displayName: 'Lee Park' }, undefined],
  ['a word', 200, 'Lee Park', undefined],
  ['a failure that stays', 500, {}, undefined],
  ['a refusal', 403, {}, undefined],
])('a manager who is %s', async (_, status, body, expected) => {
  const responses = [{ id: '0', status, headers: {}, body }];
  const { reader } = await aReader(() => ({ body: JSON.stringify({ responses }) }));
  expect((await readManagers(reader, ['a'])).get('a')).toEqual(expected);
});

test('managers are read of those who are on a list, and of a few holders of each title', async () => {
  const team = Array.from({ length: 40 }, (_, at) => ({
    kind: `t${at}`,
    jobTitle: 'Waiter',
    manager: 'boss',
  }));
  const boss = { kind: 'boss', displayName: 'Lee Park', jobTitle: 'Hotelier', manager: null };
  const ana = { kind: 'ana', inactiveDays: 200, jobTitle: 'Waiter', manager: 'boss' };
  const { audit, emulator, find } = await anAuditedTenant({ users: 0, people: [boss, ...team, ana] });
  const audited = await audit();
  expect(find(audited, 'ana')?.evidence.manager).toMatchObject({ displayName: 'Lee Park' });
  const requestedPaths = new Set(emulator.log.listEntries({ path: '/manager$' }).map(({ path }) => path));
  // Five waiters, the hotelier, the colleague of every such tenant, and Ana.
  expect(requestedPaths.size).toBeLessThanOrEqual(8);
});

test('who cannot be told a manager of is left alone, and the others are not', async () => {
  const people = ['ana', 'ben'].map((kind) => ({ kind, inactiveDays: 200 }));
  const { audit, emulator, find } = await anAuditedTenant({ users: 0, people });
  emulator.faults.add({ kind: 'status', status: 500, path: `${emulator.getState('ana').id}/manager` });
  const audited = await audit();
  expect(find(audited, 'ana')).toBeUndefined();
  expect(audited.counts.reasons['account-incomplete']).toBe(1);
  expect(find(audited, 'ben')?.judgement.verdict).toBe('inactive');
});
