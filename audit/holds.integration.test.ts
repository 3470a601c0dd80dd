import type { EmulatorOptions } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { listGrantedRights } from '../bootstrap/granted.ts';
import { buildNewAccountFile } from '../policy/plan/build-account-file.ts';
import { anAuditedTenant, sharedTenant } from './audited-tenant.fixture.ts';
import type { JudgedTenant } from './judge-tenant.ts';

const mayLook = listGrantedRights('audit', 'premium', 'groupEligibility', 'groupRules', 'holds');
const withRole = { users: 200, identities: { audit: mayLook } } as const;
const shared = sharedTenant(withRole);
let once: Promise<JudgedTenant> | undefined;

async function holdOf(kind: string) {
  once ??= shared().audit();
  return shared().find(await once, kind)?.evidence.mailbox.hold;
}

test.each([
  ['litigationHold', 'litigation'],
  ['eDiscoveryHold', 'retention'],
  ['inPlaceHold', 'retention'],
  ['retentionPolicy', 'retention'],
  ['retentionThatDeletes', 'none'],
  ['excludedFromRetention', 'none'],
  ['retentionLabelHold', 'retention'],
  ['delayHold', 'retention'],
  ['delayReleaseHold', 'retention'],
  ['inactiveDirect', 'none'],
])('the mailbox of %s is on the hold %s', async (kind, hold) => {
  expect(await holdOf(kind)).toBe(hold);
});

test('with a role that sees everything, nothing is said of holds that could not be read', async () => {
  once ??= shared().audit();
  expect((await once).quality.notes.join()).not.toMatch(/hold/i);
});

test('a hold keeps the licence that pays for it, and the file says which hold', async () => {
  once ??= shared().audit();
  const { rules, find } = shared();
  const audited = await once;
  const judged = find(audited, 'eDiscoveryHold');
  if (judged === undefined) throw new Error('Aldo is not inactive');
  const { heldBack } = buildNewAccountFile(judged, rules, audited.run).savings;
  expect(heldBack).toContainEqual(expect.objectContaining({ reason: 'retention-hold' }));
});

/** The hold of the person, and what the report says of holds, in a tenant that is like that. */
async function readHoldAndNotes(kind: string, options: EmulatorOptions) {
  const { audit, find } = await anAuditedTenant({ ...withRole, ...options });
  const audited = await audit();
  const notes = audited.quality.notes.filter((note) => /hold/i.test(note));
  return { hold: find(audited, kind)?.evidence.mailbox.hold, notes };
}

test.each([
  ['excludedFromRetention', 'none'],
  ['inactiveDirect', 'retention'],
  ['litigationHold', 'litigation'],
])('under a policy over the whole organisation the mailbox of %s is on the hold %s', async (kind, hold) => {
  const switches = { organizationHolds: ['mbx7cfb30345d454ac0a989ab3041051209:3', 'grp1a0a132ee8944501:3'] };
  expect(await readHoldAndNotes(kind, { switches })).toEqual({ hold, notes: [] });
});

test('where the organisation may not be read, no mailbox is on no hold, and the report says why', async () => {
  const exchangeCmdlets = mayLook.exchangeCmdlets.filter((cmdlet) => cmdlet !== 'Get-OrganizationConfig');
  const identities = { audit: { ...mayLook, exchangeCmdlets } };
  expect(await readHoldAndNotes('inactiveDirect', { identities })).toEqual({
    hold: null,
    notes: [expect.stringContaining('lacks Get-OrganizationConfig')],
  });
  expect((await readHoldAndNotes('eDiscoveryHold', { identities })).hold).toBe('retention');
});

test('without a role in Exchange nobody knows of any hold, and the report says so', async () => {
  const identities = { audit: listGrantedRights('audit', 'premium', 'groupEligibility', 'groupRules') };
  expect(await readHoldAndNotes('litigationHold', { identities })).toEqual({
    hold: null,
    notes: [expect.stringContaining('Holds on mailboxes could not be read')],
  });
});

test.each([302, 307, 308] as const)(
  'a tenant that Exchange sends on with %d is read as any other',
  async (exchangeRedirect) => {
    const switches = { exchangeRedirect };
    expect(await readHoldAndNotes('eDiscoveryHold', { switches })).toEqual({ hold: 'retention', notes: [] });
  },
);
