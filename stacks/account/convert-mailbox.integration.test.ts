import { expect, test } from 'vitest';
import { DormantError } from '../../policy/errors.ts';
import { aPolicy } from '../../policy/policy.fixture.ts';
import {
  anInactive,
  applyWithout,
  aTenantToApplyTo,
  delicensed,
  disabled,
  shortWaits,
} from '../tenant/tenant-to-apply-to.fixture.ts';
import type { AccountChange } from './account-change.ts';
import { createDryRunContext } from './dry-run.ts';

const manual = { guard: { policy: aPolicy({ mailbox: { convert: 'manual', unknownHold: 'proceed' } }) } };
const impatient = {
  ...shortWaits,
  mailbox: { everyMs: 10, atMostMs: 50 },
  licenses: { everyMs: 10, atMostMs: 50 },
};

test('the account is done only when its mailbox is seen shared', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo([], {
    switches: { weather: null, conversionDelaySeconds: 1 },
  });
  const waits: string[] = [];
  const started = performance.now();
  const outcome = await apply(change('ana', disabled), { onWait: (wait) => waits.push(wait.for) });
  expect(performance.now() - started).toBeGreaterThan(900);
  expect(outcome).toMatchObject({ failure: null, reached: { mailbox: 'shared' } });
  expect(waits).toContain('mailbox');
  expect(emulator.getState('ana').mailbox?.type).toBe('SharedMailbox');
});

test('no licence goes before the mailbox is seen shared, however much was merged at once', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo([], {
    switches: { weather: null, conversionDelaySeconds: 900 },
  });
  const first = await apply(change('ana', delicensed), { waits: impatient });
  expect(first).toMatchObject({ failure: { code: 'not-seen' }, reached: { mailbox: 'unchanged' } });
  expect(emulator.getState('ana').licenses).toHaveLength(1);

  emulator.tenant.clock.advance({ minutes: 16 });
  const second = await apply(continueFrom(first.reached, change('ana', delicensed)));
  expect(second).toMatchObject({ failure: null, reached: { mailbox: 'shared', licenses: [] } });
  expect(emulator.getState('ana').mailbox?.losses).toEqual([]);
});

test('somebody who signs in while the conversion is waited for keeps the licences', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo([], {
    switches: { weather: null, conversionDelaySeconds: 1 },
  });
  let isBack = false;
  const outcome = await apply(change('ana', delicensed), {
    onWait() {
      if (!isBack) emulator.applyEvents('ana', { signIn: { successful: 'now' } });
      isBack = true;
    },
  });
  expect(outcome).toMatchObject({
    refused: [{ code: 'active-again' }],
    reached: { accountEnabled: false, mailbox: 'shared', licenses: ['SPE_E3'] },
  });
  expect(emulator.getState('ana').licenses).toHaveLength(1);
});

test('an account that has not got a mailbox is delicensed without a conversion', async () => {
  const { change, apply, writes, emulator } = await aTenantToApplyTo([anInactive({ kind: 'max', mailbox: null })]);
  await apply(change('max', delicensed));
  expect(writes()).not.toContain('Set-Mailbox max Shared');
  expect(emulator.getState('max').licenses).toEqual([]);
});

test('a mailbox that was shared before this pipeline took anything is not ours, whatever its file says', async () => {
  const type = 'SharedMailbox' as const;
  const { change, apply, writes } = await aTenantToApplyTo([anInactive({ kind: 'max', mailbox: { type } })]);
  const restore = { ...change('max').restore, mailbox: 'user' as const };
  expect(await apply(change('max', delicensed, { restore }))).toMatchObject({ refused: [{ code: 'protected' }] });
  expect(writes()).toEqual([]);
});

/** What the state tells a run after one that was not done. */
function continueFrom(from: AccountChange['from'], change: AccountChange): AccountChange {
  return { ...change, from, attempted: change.to };
}

test.each([
  ['an archive', { archive: true }, 'archive'],
  ['a litigation hold', { litigationHold: true }, 'litigation-hold'],
])('%s keeps the licence that carries the mailbox, and lets the others go', async (_, mailbox, reason) => {
  const yann = anInactive({ kind: 'yann', licenses: ['SPE_E3', 'VISIOCLIENT'], mailbox });
  const { change, apply, emulator } = await aTenantToApplyTo([yann]);
  const outcome = await apply(change('yann', delicensed));
  expect(outcome.heldBack).toMatchObject([{ skuPartNumber: 'SPE_E3', reason }]);
  expect(outcome).toMatchObject({ failure: null, reached: { licenses: ['SPE_E3'] } });
  expect(emulator.getState('yann').licenses).toMatchObject([{ skuPartNumber: 'SPE_E3' }]);
  emulator.tenant.clock.advance({ days: 40 });
  expect(emulator.getState('yann').mailbox).toMatchObject({ type: 'SharedMailbox', losses: [] });
});

test('where Graph already says shared and Exchange does not, the licence waits for Exchange', async () => {
  const { change, context, apply, writes } = await aTenantToApplyTo();
  const run = context();
  // The embedded tenant has one truth; Microsoft's two services tell it at different times.
  const find = async (id: string) => {
    const found = await run.find(id);
    return found && { ...found, mailbox: { recipientType: 'shared' as const } };
  };
  expect(await apply(change('ana', delicensed), { shared: { ...run, find } })).toMatchObject({
    failure: null,
    heldBack: [],
  });
  expect(writes().slice(-2)).toEqual(['Set-Mailbox ana Shared', 'POST /users/ana/assignLicense']);
});

test('a hold that was set after the review is respected', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo();
  const { reached } = await apply(change('ana', disabled));
  emulator.applyEvents('ana', { mailbox: { litigationHold: true } });
  const outcome = await apply(change('ana', delicensed, { from: reached }));
  expect(outcome.heldBack).toMatchObject([{ skuPartNumber: 'SPE_E3', reason: 'litigation-hold' }]);
  expect(emulator.getState('ana').licenses).toHaveLength(1);
});

test.each([
  ['grew past the limit', { sizeGb: 50.001 }, 'mailbox-over-limit'],
  ['got an archive', { archive: true }, 'archive'],
])('a mailbox that %s after the review keeps the licence that carries it', async (_, mailbox, reason) => {
  const { change, apply, emulator } = await aTenantToApplyTo([
    anInactive({ kind: 'ana', licenses: ['SPE_E3', 'VISIOCLIENT'], mailbox: { sizeGb: 49 } }),
  ]);
  const { reached } = await apply(change('ana', disabled));
  emulator.applyEvents('ana', { mailbox });
  const outcome = await apply(change('ana', delicensed, { from: reached }));
  expect(outcome.heldBack).toMatchObject([{ skuPartNumber: 'SPE_E3', reason }]);
  expect(outcome).toMatchObject({ failure: null, reached: { licenses: ['SPE_E3'] } });
  emulator.tenant.clock.advance({ days: 40 });
  expect(emulator.getState('ana')).toMatchObject({
    licenses: [{ skuPartNumber: 'SPE_E3' }],
    mailbox: { losses: [] },
  });
});

test('a mailbox over the limit is named with both sizes, and one of exactly the limit goes', async () => {
  const { change, apply } = await aTenantToApplyTo([
    anInactive({ kind: 'xenia', mailbox: { sizeGb: 62 } }),
    anInactive({ kind: 'yann', mailbox: { sizeGb: 50 } }),
  ]);
  const [heldBack] = (await apply(change('xenia', delicensed))).heldBack;
  expect(heldBack?.because).toContain('62.00 GB, and 50 GB are allowed');
  expect(await apply(change('yann', delicensed))).toMatchObject({ heldBack: [], reached: { licenses: [] } });
});

test('the preview foresees a mailbox that grew', async () => {
  const { change, apply, context } = await aTenantToApplyTo([anInactive({ kind: 'xenia', mailbox: { sizeGb: 62 } })]);
  const { heldBack } = await apply(change('xenia', delicensed), { shared: createDryRunContext(context()) });
  expect(heldBack).toMatchObject([{ reason: 'mailbox-over-limit' }]);
});

test.each([
  ['hold-back', [{ skuPartNumber: 'SPE_E3', reason: 'size-unknown' }]],
  ['proceed', []],
] as const)('of a mailbox whose size nobody can tell the policy decides: %s', async (unknownHold, heldBack) => {
  const { change, apply, context } = await aTenantToApplyTo();
  const run = context({ guard: { policy: aPolicy({ mailbox: { unknownHold } }) } });
  const mailboxes = { ...run.mailboxes, readStorageUsed: async () => null };
  const outcome = await apply(change('ana', delicensed), { shared: { ...run, mailboxes } });
  expect(outcome).toMatchObject({ failure: null, heldBack });
});

test('a size that cannot be read for the moment fails the account, and takes nothing', async () => {
  const { change, apply, context, emulator } = await aTenantToApplyTo();
  const run = context();
  const readStorageUsed = () => Promise.reject(new DormantError('request-failed', 'was answered 503.'));
  const shared = { ...run, mailboxes: { ...run.mailboxes, readStorageUsed } };
  const outcome = await apply(change('ana', delicensed), { shared });
  expect(outcome).toMatchObject({ failure: { code: 'request-failed' }, reached: { licenses: ['SPE_E3'] } });
  expect(emulator.getState('ana').licenses).toHaveLength(1);
});

test('Exchange runs no command that it need not: one to convert and one to look, then two looks before licences go, and once the organisation', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo([], { switches: { weather: null } });
  const commands = (after: number) =>
    emulator.log
      .listEntries({ path: 'InvokeCommand', after })
      .map(({ body }) => JSON.parse(body ?? '{}').CmdletInput.CmdletName);
  const { reached } = await apply(change('ana', disabled));
  expect(commands(0)).toEqual(['Set-Mailbox', 'Get-Mailbox', 'Get-OrganizationConfig']);
  const taken = emulator.log.last;
  await apply(change('ana', delicensed, { from: reached }));
  expect(commands(taken)).toEqual(['Get-Mailbox', 'Get-OrganizationConfig', 'Get-MailboxStatistics']);
});

test('a mailbox over the limit keeps what the plan held back for it', async () => {
  const xenia = anInactive({ kind: 'xenia', licenses: ['SPE_E3', 'VISIOCLIENT'], mailbox: { sizeGb: 62 } });
  const { change, apply, emulator } = await aTenantToApplyTo([xenia]);
  await apply(change('xenia', { ...disabled, licenses: ['SPE_E3'] }));
  emulator.tenant.clock.advance({ days: 40 });
  expect(emulator.getState('xenia')).toMatchObject({
    licenses: [{ skuPartNumber: 'SPE_E3' }],
    mailbox: { type: 'SharedMailbox', losses: [] },
  });
});

test('a user mailbox that a reviewer kept from conversion keeps its licence', async () => {
  const elsa = anInactive({ kind: 'elsa', licenses: ['SPE_E3', 'VISIOCLIENT'] });
  const { change, apply, emulator } = await aTenantToApplyTo([elsa]);
  const outcome = await apply(change('elsa', { accountEnabled: false, licenses: [] }));
  expect(outcome.heldBack).toMatchObject([{ skuPartNumber: 'SPE_E3', reason: 'kept-by-reviewer' }]);
  expect(emulator.getState('elsa')).toMatchObject({
    licenses: [{ skuPartNumber: 'SPE_E3' }],
    mailbox: { type: 'UserMailbox' },
  });
});

test('where a person converts, the account waits, blocked and licensed, until it is seen', async () => {
  const { change, apply, writes, emulator } = await aTenantToApplyTo();
  const first = await apply(change('ana', delicensed), manual);
  expect(first).toMatchObject({ failure: null, waits: [{ for: 'manual-conversion' }] });
  expect(first.reached).toEqual({ accountEnabled: false, mailbox: 'unchanged', licenses: ['SPE_E3'] });
  expect(emulator.getState('ana')).toMatchObject({ accountEnabled: false, licenses: [{}] });

  const looking = await apply(change('ana', delicensed, { from: first.reached }), manual);
  expect(looking).toMatchObject({ done: [], waits: [{ for: 'manual-conversion' }] });

  emulator.applyEvents('ana', { mailbox: { type: 'SharedMailbox' } });
  const second = await apply(continueFrom(looking.reached, change('ana', delicensed)), manual);
  expect(second).toMatchObject({ waits: [], failure: null, reached: { mailbox: 'shared', licenses: [] } });
  expect(writes().filter((write) => write.startsWith('Set-Mailbox'))).toEqual([]);
});

test('who comes back need not wait for the person who converts by hand to sign in', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo([], { switches: { weather: null } });
  const before = change('ana').from;
  const { reached } = await apply(change('ana', disabled));
  const outcome = await apply(change('ana', before, { from: reached }), manual);
  expect(outcome).toMatchObject({
    waits: [{ for: 'manual-conversion' }],
    reached: { accountEnabled: true, mailbox: 'shared' },
  });
  expect(emulator.getState('ana').accountEnabled).toBe(true);
});

test('a mailbox is not made a person’s again while no licence would carry it', async () => {
  const byGroup = anInactive({ kind: 'clara', licenses: [{ sku: 'SPE_E3', group: true }] });
  const { change, apply, emulator } = await aTenantToApplyTo([byGroup], { switches: { weather: null } });
  const before = change('clara').from;
  const { reached } = await apply(change('clara', disabled));
  emulator.applyEvents('clara', { removeLicenses: ['SPE_E3'] });
  const outcome = await apply(change('clara', before, { from: reached }));
  expect(outcome).toMatchObject({ failure: { code: 'mailbox-unlicensed' }, reached: { mailbox: 'shared' } });
  expect(emulator.getState('clara').mailbox).toMatchObject({ type: 'SharedMailbox', isConnected: true });
});

test('Exchange’s refusal to convert is a sentence, and sign-in stays blocked', async () => {
  const { change, apply, emulator } = await aTenantToApplyTo([], {
    identities: { apply: { ...applyWithout(), directoryRoles: ['Global Reader'] } },
  });
  const outcome = await apply(change('ana', disabled));
  expect(outcome).toMatchObject({
    failure: { code: 'mailbox-not-converted', remedy: expect.stringContaining('doctor') },
    reached: { accountEnabled: false, mailbox: 'unchanged' },
  });
  expect(emulator.getState('ana')).toMatchObject({ accountEnabled: false, mailbox: { type: 'UserMailbox' } });
});
