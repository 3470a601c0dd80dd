// What main's files count for, by their history: signed, forged, replayed, taken out, and on what days their stages began.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifySignature } from '../../forge/facts-key.ts';
import { anAccountFile } from '../account-file.fixture.ts';
import { addDays, type Day } from '../evidence.ts';
import { parseAccountFile, serialiseAccountFile } from '../files/account-file.ts';
import { foldId } from '../identifiers.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import type { FurthestStage, Signing } from '../schemas/signing.ts';
import { createSigningContext, readAccountPast } from '../signing/account-past.ts';
import type { MainLine } from '../signing/main-line.ts';
import { aFactsKey, aSignedFile, aSigning, contoso } from '../signing/signing.fixture.ts';
import type { InForceFile } from './input.ts';
import { selectOwnMailboxes, vouchForArchive, vouchForFiles } from './vouched-files.ts';

const path = 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml';
const archivePath = path.replace('accounts', 'archive');
const ana = anAccountFile('notify');
const id = foldId(ana.account.id);

/** Ana’s file as the audit of this day signs it. */
function signed(stage: Stage, on: Day, furthest?: FurthestStage): AccountFile {
  const file = anAccountFile(stage);
  const evidence = { ...file.evidence, auditedOn: on };
  return aSignedFile({ ...file, evidence }, furthest ? { furthest } : {});
}

function at(file: AccountFile, stage: Stage): AccountFile {
  const asked = anAccountFile(stage);
  return { ...file, stage, desired: asked.desired, ...(asked.reason ? { reason: asked.reason } : {}) };
}

function forge(file: AccountFile): AccountFile {
  return { ...file, restore: { ...file.restore, licenses: [], mailbox: 'room' } };
}

const firstDay = '2026-11-01';

/** One commit a day from 1 November, each with Ana’s file as it is then; null: none. */
function lineOf(main: readonly (AccountFile | null)[], at: (index: number) => string = () => path): MainLine {
  return {
    versions: main.map((file, index) => ({ path: at(index), at: index, text: file && serialiseAccountFile(file) })),
    places: new Map(main.map((_file, index) => [`c${index}`, index])),
  };
}

function contextOf({ places }: MainLine, signing: Signing) {
  const tenant = { tenantId: contoso.tenantId, signing };
  const days = new Map([...places.values()].map((place) => [place, addDays(firstDay, place)]));
  const lineRules = {
    today: addDays(firstDay, 60),
    days,
    findStages: () => null,
    findUncounted: () => [],
    findRampStart: () => 0,
  };
  return createSigningContext('contoso', tenant, { verify: verifySignature, places, lineRules });
}

/** The file that main has at last, as it counts. `since`: the day of the merge that brought its stage. */
function vouch(main: readonly (AccountFile | null)[], { since = firstDay, signing = aSigning() } = {}): InForceFile {
  const line = lineOf(main);
  const text = serialiseAccountFile(main.at(-1) as AccountFile);
  const tracked = { path, text, file: parseAccountFile(path, text), since };
  const [vouched] = vouchForFiles([tracked], line, contextOf(line, signing));
  return vouched as InForceFile;
}

const [notify, review, disable] = [
  signed('notify', '2026-11-01'),
  signed('review', '2026-11-02'),
  signed('disable', '2026-11-03'),
];

test('a file that an audit has signed counts as it is', () => {
  const vouched = vouch([notify, review, disable]);
  expect(vouched).toMatchObject({ file: disable, since: '2026-11-03' });
  expect(vouched.unsigned).toBeUndefined();
});

test('what a person held back, kept or gave back counts, too', () => {
  for (const stage of ['review', 'keep', 'restore'] as const)
    expect(vouch([notify, review, at(disable, stage)]).unsigned).toBeUndefined();
});

test('a forged file counts for what stood before it, from the day on which that began', () => {
  const vouched = vouch([notify, review, review, forge(disable), forge(disable)]);
  expect(vouched).toMatchObject({ file: review, since: '2026-11-02', unsigned: { basis: 'standing' } });
  expect(vouched.unsigned?.because).toContain('only an audit writes it');
  expect(parseAccountFile(path, vouched.text)).toEqual(forge(disable));
});

test('a stage that no audit proposed, and one that is a replay, count for what stood before', () => {
  const skipped = vouch([notify, at(signed('review', '2026-11-02'), 'delicense')]);
  expect(skipped).toMatchObject({ file: notify, unsigned: { basis: 'standing' } });
  const replayed = vouch([notify, review, disable, at(disable, 'keep'), disable]);
  expect(replayed).toMatchObject({ file: { stage: 'keep' }, since: '2026-11-04', unsigned: { basis: 'standing' } });
});

test('a person’s keep beside forged facts is a keep of what stood', () => {
  const vouched = vouch([notify, review, at(forge(disable), 'keep')]);
  expect(vouched.file).toMatchObject({ stage: 'keep', restore: review.restore });
});

test('of a file that was never signed nothing stands, and only the state may know more', () => {
  expect(vouch([forge(notify)]).unsigned).toMatchObject({ basis: 'unknown' });
  expect(vouch([disable, null, forge(disable)]).unsigned).toMatchObject({ basis: 'unknown' });
  expect(vouch([notify, null, at(notify, 'keep')]).unsigned).toMatchObject({ basis: 'unknown' });
});

test('a revoked key takes what it signed since with it', () => {
  const revoked: Signing = { revoked: [{ ...aFactsKey(), commit: 'c1' }] };
  expect(vouch([notify, review], { signing: revoked })).toMatchObject({
    file: notify,
    unsigned: { basis: 'standing' },
  });
  expect(vouch([notify], { signing: { revoked: [{ ...aFactsKey(), commit: 'c0' }] } }).unsigned).toBeDefined();
});

test('what main had when signing began counts, with the day of its merge', () => {
  const { signed: _, ...before } = review;
  const vouched = vouch([before, before], { signing: aSigning({ since: 'c0' }) });
  expect(vouched).toMatchObject({ file: before, since: firstDay });
  expect(vouched.unsigned).toBeUndefined();
});

test('whoever chooses the day of a commit does not shorten a stage: the audit’s day counts', () => {
  expect(vouch([notify, review], { since: '2020-01-01' }).since).toBe('2026-11-02');
  const renewed = signed('review', '2026-11-20');
  expect(vouch([notify, review, renewed], { since: '2020-01-01' }).since).toBe('2026-11-02');
  expect(vouch([notify, at(disable, 'review')], { since: '2026-11-02' }).since).toBe('2026-11-03');
});

test('the archive counts in the same way', () => {
  const before = [notify, review, disable];
  const paths = (index: number) => (index < 4 ? path : archivePath);
  const delicense = signed('delicense', '2026-11-04');
  const readArchive = (main: readonly (AccountFile | null)[]) => {
    const line = lineOf(main, paths);
    const text = serialiseAccountFile(main.at(-1) as AccountFile);
    const file = parseAccountFile(archivePath, text);
    return vouchForArchive([{ path: archivePath, text, file }], line, contextOf(line, aSigning()))[0];
  };
  expect(readArchive([...before, delicense, delicense])).toMatchObject({ file: delicense });
  expect(readArchive([...before, delicense, forge(delicense)])).toMatchObject({ file: { restore: delicense.restore } });
  expect(readArchive([null, null, null, null, forge(delicense)])).toMatchObject({ isUnsigned: true });
});

test('only a file that stood makes a shared mailbox this pipeline’s own, even long after it is gone', () => {
  const suspects = new Set([id]);
  const own = (main: readonly (AccountFile | null)[]) => {
    const line = lineOf(main);
    return selectOwnMailboxes(suspects, [], { line, context: contextOf(line, aSigning()) });
  };
  expect(own([notify, review, disable, null])).toEqual(suspects);
  const protectedMailbox = { ...notify, restore: { ...notify.restore, mailbox: 'shared' as const } };
  const stolen = aSignedFile(protectedMailbox);
  expect(own([stolen, at({ ...stolen, restore: notify.restore }, 'disable'), null])).toEqual(new Set());
  const { signed: _, ...unsigned } = disable;
  expect(own([unsigned, null])).toEqual(new Set());
});

test('what the state noted of a mailbox counts for a file that nobody has signed', () => {
  const reached = { accountEnabled: false, mailbox: 'shared' as const, licenses: [] };
  const line = lineOf([forge(disable)]);
  const tracked = { path, text: '', file: forge(disable), since: firstDay };
  const select = (mailbox: 'user' | 'shared') => {
    const basis = { restore: { ...disable.restore, mailbox }, reached };
    const files = [
      { ...tracked, unsigned: { code: 'not-signed' as const, because: '', stage: 'disable' as const, basis } },
    ];
    return selectOwnMailboxes(new Set([id]), files, { line, context: contextOf(line, aSigning()) });
  };
  expect(select('user')).toEqual(new Set([id]));
  expect(select('shared')).toEqual(new Set());
});

test('of every history a file counts as it is exactly where it is what stands at its end', () => {
  const pool = (['notify', 'review', 'disable', 'delicense'] as const).flatMap((stage, index) => {
    const file = signed(stage, addDays('2026-11-01', index));
    const { signed: _, ...unsigned } = file;
    const later = signed(stage, '2026-11-20');
    return [
      file,
      file,
      later,
      at(file, 'keep'),
      at(later, 'restore'),
      at(later, 'review'),
      forge(file),
      unsigned,
      null,
    ];
  });
  const signings = [
    aSigning(),
    aSigning({ since: 'c1' }),
    { current: aFactsKey('new'), revoked: [{ ...aFactsKey(), commit: 'c2' }] },
  ];
  const chosen = fc.record({
    main: fc.array(fc.constantFrom(...pool), { minLength: 1, maxLength: 6 }),
    signing: fc.constantFrom(...signings),
  });
  fc.assert(
    fc.property(chosen, ({ main, signing }) => {
      const last = main.at(-1) ?? null;
      fc.pre(last !== null);
      const line = lineOf(main);
      const { standing } = readAccountPast(id, line.versions, contextOf(line, signing));
      const { file, unsigned } = vouch(main, { signing });
      if (unsigned === undefined) expect(file).toEqual(standing);
      else if (standing === null) expect(unsigned.basis).toBe('unknown');
      else expect({ file, basis: unsigned.basis }).toEqual({ file: standing, basis: 'standing' });
    }),
    { numRuns: 200 },
  );
});
