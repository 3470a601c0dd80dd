import { belongings, getKindInput, holds, type Kind } from '@dormant-m365/emulator/tenant';
import { expect, test } from 'vitest';
import { addDays, type Day } from '../policy/evidence.ts';
import type { AccountFile, OneDriveFacts } from '../policy/schemas/account.ts';
import { aYear, type Year } from './year.fixture.ts';

// The tenant's own clock and state decide what is lost here, not the product.

const kinds: readonly Kind[] = [
  ...kindsIn(belongings),
  ...kindsIn(holds),
  'inactiveDirect',
  'inactiveMixed',
  'largeMailbox',
  'archiveMailbox',
  'litigationHold',
  'lineManager',
];

function kindsIn<Name extends Kind>(catalogue: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(catalogue).filter((kind): kind is Name => kind in catalogue);
}

/** Permanent losses of an account so far. Not the phone number, which goes with its licence at once and is named before. */
function lossesOf({ emulator }: Year, kind: Kind): string[] {
  const { mailbox, oneDrive, cloudPc } = emulator.getState(kind);
  return [mailbox, oneDrive, cloudPc].flatMap((thing): readonly string[] => thing?.losses ?? []);
}

/** The facts that the merge announced when it released the files; null: no merge released or named them. */
function getAnnouncement({ desired, stage, oneDrive, savings }: AccountFile): OneDriveFacts | null {
  const isHeldBack = savings.heldBack.some(({ reason }) => reason.startsWith('onedrive'));
  const goes = stage === 'delicense' && (!isHeldBack || desired.oneDrive === 'release');
  return goes && oneDrive?.gigabytes != null && oneDrive.byDefault ? oneDrive : null;
}

/** Active ones, so that these are a small share of their tenant. */
const colleagues = Array.from({ length: 60 }, (_, at) => ({ displayName: `Colleague ${at}` }));
const people = [...kinds.map(getKindInput), ...colleagues];

const release = (file: AccountFile): AccountFile => ({
  ...file,
  desired: { ...file.desired, oneDrive: 'release' },
});

test('in 400 days nothing is lost that nobody has released or had named, and that only on its day', async () => {
  const year = await aYear({ people });
  const lostOn = new Map<Kind, { day: Day; announced: OneDriveFacts | null }>();
  const announced = new Map<Kind, OneDriveFacts>();
  for (let day = 0; day < 400; day++, year.passDays(1)) {
    if (day === 15) await year.editFile('oneDriveLarge', release);
    if (day === 15) await year.editFile('oneDriveRetained', release);
    if (day % 7 === 0) await year.runWeek();
    for (const kind of kinds) {
      const file = day % 7 === 0 ? await year.findFile(kind) : null;
      const facts = file && getAnnouncement(file);
      if (facts && !announced.has(kind)) announced.set(kind, facts);
      if (lostOn.has(kind) || lossesOf(year, kind).length === 0) continue;
      expect(lossesOf(year, kind), `${kind} on ${year.today()}`).toEqual(['files']);
      lostOn.set(kind, { day: year.today(), announced: announced.get(kind) ?? null });
    }
  }

  // Named with size and days in the merge that released it, or released by a person, and deleted on the announced day.
  for (const [kind, { day, announced }] of lostOn) {
    expect(announced, `${kind} was lost on ${day} without a word`).not.toBeNull();
    const isRetained = kind === 'oneDriveRetained';
    expect(day, kind).toBe(isRetained ? announced?.byDefault?.deletedAtTheLatest : announced?.byDefault?.deletedFrom);
  }
  expect([...lostOn.keys()]).toEqual(expect.arrayContaining(['oneDriveLarge', 'oneDriveSmall', 'oneDriveRetained']));
  // Not because everybody was left alone: people with nothing to lose have no licence any more.
  expect(year.emulator.getState('oneDriveSmall').licenses).toEqual([]);
  expect(year.emulator.getState('retentionThatDeletes').mailbox).toMatchObject({ type: 'SharedMailbox' });
  for (const kind of ['mailboxFlipsBack', 'hybridMailboxFlipsBack'] as const) {
    expect(year.emulator.getState(kind).mailbox, kind).toMatchObject({ isConnected: true, losses: [] });
  }
});

test('the tenant takes all of it from anyone who looks at nothing but the licences', async () => {
  const year = await aYear({ people: kinds.map(getKindInput) });
  for (const kind of kinds) {
    year.emulator.applyEvents(kind, { mailbox: { type: 'SharedMailbox' } });
    year.emulator.applyEvents(kind, { removeLicenses: skusOf(year, kind) });
  }
  const lost = new Set<string>();
  for (let day = 0; day < 400; day += 10, year.passDays(10))
    for (const kind of kinds) for (const loss of lossesOf(year, kind)) lost.add(loss);
  expect([...lost].sort()).toEqual(['archive', 'cloud-pc', 'data', 'files', 'hold', 'locked']);
  expect(addDays('2026-12-07', 400) <= year.today()).toBe(true);
});

function skusOf({ emulator }: Year, kind: Kind) {
  const input = getKindInput(kind);
  const direct = emulator.getState(kind).licenses.filter(({ assignedByGroup }) => assignedByGroup === null);
  const current = new Set<string>(direct.map(({ skuPartNumber }) => skuPartNumber));
  const initial = (input.licenses ?? ['SPE_E3']).map((license) =>
    typeof license === 'string' ? license : license.sku,
  );
  return initial.filter((sku) => current.has(sku));
}
