import type { EmulatorOptions, PersonInput } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { addDays } from '../policy/evidence.ts';
import { serialiseAccountFile } from '../policy/files/account-file.ts';
import { buildMovedFile, buildNewAccountFile } from '../policy/plan/build-account-file.ts';
import { planMoves } from '../policy/plan/plan.ts';
import type { AccountFile } from '../policy/schemas/account.ts';
import { aPlanSigning } from '../policy/signing/signing.fixture.ts';
import { anAuditedTenant, auditAppRoles } from './audited-tenant.fixture.ts';

const today = '2026-12-07';
const flo: PersonInput = { kind: 'flo', inactiveDays: 200, licenses: ['SPE_E3'] };
const archivePath = 'stacks/contoso/archive/flo.yaml';

const appRoles = [...auditAppRoles, 'Directory.Read.All', 'Exchange.ManageAsApp'] as const;
const withExchange = {
  identities: { audit: { appRoles, directoryRoles: ['Exchange Administrator'] } },
} satisfies EmulatorOptions;

/** Flo as an earlier audit saw her, then blocked, shared and delicensed; `plan` is of so many days later. */
async function delicensed(options: EmulatorOptions = {}, where: 'accounts' | 'archive' = 'accounts') {
  const tenant = await anAuditedTenant({ users: 0, people: [flo], ...options });
  const before = await tenant.audit();
  const [judged] = before.inactive;
  if (judged === undefined) throw new Error('Flo is not inactive');
  const entered = buildNewAccountFile(judged, tenant.rules, before.run);
  const audit = { judged, rules: tenant.rules, run: before.run };
  const file = buildMovedFile(entered, { to: 'delicense', because: 'silent' }, audit);
  const { emulator } = tenant;
  emulator.applyEvents('flo', { accountEnabled: false, mailbox: { type: 'SharedMailbox' } });
  emulator.applyEvents('flo', { removeLicenses: ['SPE_E3'] });
  const plan = async (days: number, known: AccountFile = file) => {
    const day = addDays(today, days);
    emulator.tenant.clock.set(`${day}T12:00:00Z`);
    const text = serialiseAccountFile(known);
    const path = where === 'archive' ? archivePath : archivePath.replace('archive', 'accounts');
    const tracked = { path, text, file: known, since: today };
    const open = {
      inForce: where === 'archive' ? [] : [tracked],
      archived: where === 'archive' ? [tracked] : [],
      proposed: [],
    };
    const audited = await tenant.audit({ ...open, today: day });
    const { counts } = audited;
    const none = { exemptionsFile: null, escalationsFile: null };
    const more = { ...none, signing: aPlanSigning(), declined: [], setBack: [], enabledMembers: counts.enabledMembers };
    return { audited, ...planMoves({ ...audited, ...open, ...more, rules: tenant.rules }) };
  };
  return { ...tenant, file, plan };
}

test.each([['accounts'], ['archive']] as const)(
  'a shared mailbox in %s stays as it is, and one that has flipped back is proposed with Microsoft’s day',
  async (where) => {
    const { plan, emulator } = await delicensed({}, where);
    expect((await plan(0)).moves).toEqual([]);
    emulator.applyEvents('flo', { mailbox: { type: 'UserMailbox' } });
    const { moves } = await plan(9);
    expect(moves).toMatchObject([
      {
        to: 'delicense',
        reason: 'mailbox-flipped-back',
        because: expect.stringContaining('without a licence its mail is lost on 2027-01-06'),
        file: { desired: { licenses: ['SPE_E3'] } },
      },
    ]);
  },
);

const gone = { disconnectedMailboxRows: 'gone' } as const;

test.each<[string, EmulatorOptions]>([
  ['Exchange does not find it', { ...withExchange, switches: gone }],
  ['neither Graph nor the report finds it, and Exchange may not be asked', { switches: gone }],
])('where the report forgets a disconnected mailbox, it is proposed when %s', async (_, options) => {
  const { plan, emulator } = await delicensed(options);
  emulator.applyEvents('flo', { mailbox: { type: 'UserMailbox' } });
  const { moves, audited } = await plan(9);
  expect(moves).toMatchObject([
    {
      reason: 'mailbox-flipped-back',
      because: expect.stringContaining('can be lost from 2026-12-17 on and is lost by 2027-01-15'),
    },
  ]);
  expect(audited.quality.notes.join(' ')).not.toContain('delicensed account');
});

test('a 404 of Graph about a mailbox that the report shows says nothing', async () => {
  const { plan, emulator } = await delicensed({ switches: { recipientTypes: 'missing' } });
  emulator.applyEvents('flo', { mailbox: { hiddenFromGraph: true } });
  const { moves, audited } = await plan(9);
  expect(moves).toEqual([]);
  expect(audited.quality.notes.join(' ')).toContain('The mailbox of 1 delicensed account could not be looked at');
});

test.each([
  [29, 1],
  [31, 0],
])('a mailbox that was disconnected %i days ago is proposed %i times', async (days, times) => {
  const { plan, emulator } = await delicensed();
  emulator.applyEvents('flo', { mailbox: { type: 'UserMailbox' } });
  expect((await plan(days)).moves).toHaveLength(times);
});

test('a licence that saved a mailbox is held back, and shown as such', async () => {
  const { plan, emulator } = await delicensed();
  emulator.applyEvents('flo', { mailbox: { type: 'UserMailbox' } });
  const [move] = (await plan(9)).moves;
  emulator.applyEvents('flo', { addLicenses: ['SPE_E3'] });
  emulator.applyEvents('flo', { mailbox: { type: 'SharedMailbox' } });
  const { moves, audited } = await plan(16, move?.file);
  expect(moves).toEqual([]);
  const found = audited.judged.find(({ evidence }) => evidence.id === emulator.getState('flo').id);
  expect(found?.evidence.mailbox.flipsBack).toBe(true);
});

test('a file in the archive that cannot be read is said', async () => {
  const { audit } = await anAuditedTenant({ users: 0 });
  const { quality } = await audit({ unreadable: [archivePath] });
  expect(quality.notes.join(' ')).toContain(`${archivePath} cannot be read`);
});

test('where Exchange cannot be asked for all in one audit, the others have their turn a week later', async () => {
  const people = Array.from({ length: 61 }, (_, at) => ({ ...flo, kind: `p${at}` }));
  const tenant = await anAuditedTenant({ users: 0, people, switches: gone, ...withExchange });
  const before = await tenant.audit();
  const inForce = before.inactive.map((judged) => {
    const entered = buildNewAccountFile(judged, tenant.rules, before.run);
    const audit = { judged, rules: tenant.rules, run: before.run };
    const file = buildMovedFile(entered, { to: 'delicense', because: 'silent' }, audit);
    return { path: `stacks/contoso/accounts/${judged.evidence.id}.yaml`, text: '', file, since: today };
  });
  const { emulator } = tenant;
  for (const { kind } of people) {
    emulator.applyEvents(kind, { accountEnabled: false, mailbox: { type: 'SharedMailbox' } });
    emulator.applyEvents(kind, { removeLicenses: ['SPE_E3'] });
    emulator.applyEvents(kind, { mailbox: { type: 'UserMailbox' } });
  }
  const listAskedIds = async (days: number) => {
    const day = addDays(today, days);
    emulator.tenant.clock.set(`${day}T12:00:00Z`);
    const { judged, quality } = await tenant.audit({ inForce, today: day });
    expect(quality.notes.join(' ')).toMatch(/The mailbox of \d+ delicensed accounts? could not be looked at/);
    return judged
      .filter(({ evidence: { mailbox } }) => mailbox.recipientType === 'none')
      .map(({ evidence }) => evidence.id);
  };
  const all = new Set([...(await listAskedIds(7)), ...(await listAskedIds(14))]);
  expect(all.size).toBe(61);
});
