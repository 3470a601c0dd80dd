import type { PersonInput } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { anAuditedTenant } from './audited-tenant.fixture.ts';

// The services fail at one account, group or mailbox for good: that account is doubtful, and the others are judged.

const usual: PersonInput = { kind: 'usual', inactiveDays: 160, mailbox: { type: 'UserMailbox' } };
const odd: PersonInput = { kind: 'odd', inactiveDays: 160 };

test.each([
  ['what its mailbox is for', 500, odd, '/mailboxSettings', 'mailbox-unknown'],
  ['what its mailbox is for, which is being moved', 503, odd, '/mailboxSettings', 'mailbox-unknown'],
  ['its sign-ins', 500, { ...odd, signIn: 'missing' }, '$', 'sign-in-missing'],
  ['its sign-ins in time', 504, { ...odd, signIn: 'missing' }, '$', 'sign-in-missing'],
] as const)('Graph does not tell %s (%i)', async (_, status, person, path, reason) => {
  const switches = { recipientTypes: 'missing' } as const;
  const tenant = await anAuditedTenant({ users: 0, people: [usual, person], switches });
  const { faults, getState } = tenant.emulator;
  faults.add({ kind: 'status', status, path: `/users/${getState('odd').id}${path}` });
  const audited = await tenant.audit();
  expect(audited.inactive.map(({ evidence }) => evidence.id)).toEqual([getState('usual').id]);
  expect(audited.counts.reasons[reason]).toBe(1);
  expect(audited.quality.notes.join()).toMatch(/(The mailbox of 1 inactive|1 silent) account .* it is left alone/);
});

test('a group whose name does not come is shown without one', async () => {
  const licenses = [{ sku: 'SPE_E3', group: true }] as const;
  const tenant = await anAuditedTenant({ users: 0, people: [{ ...usual, licenses }] });
  tenant.emulator.faults.add({ kind: 'status', status: 500, path: '^/v1.0/groups/[^/]+$' });
  const { inactive } = await tenant.audit();
  expect(inactive[0]?.evidence.licenses).toMatchObject([{ groupName: null }]);
  expect(inactive[0]?.evidence.licenses[0]?.assignedByGroup).not.toBeNull();
});

test.each([400, 500])(
  'one name for which Graph answers %i does not keep the others of its fifteen from being asked for sign-ins',
  async (status) => {
    const tenant = await anAuditedTenant({ users: 0, people: [usual] });
    tenant.emulator.faults.add({ kind: 'status', status, path: '/v1.0/users$', query: 'Name%20in' });
    const { quality, inactive } = await tenant.audit();
    expect(quality.signIns).toBe('read');
    expect(inactive).toHaveLength(1);
  },
);

test('where a list of a few fails, each account is read alone', async () => {
  const tenant = await anAuditedTenant({ users: 0, people: [{ ...usual, signIn: 'missing' }] });
  tenant.emulator.faults.add({ kind: 'status', status: 500, path: '/v1.0/users$', query: 'filter=id%20in' });
  expect((await tenant.audit()).inactive).toHaveLength(1);
});
