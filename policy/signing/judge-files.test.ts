// Which files may stand, against every kind of history: signed, forged, replayed, held back, from before signing.
import { expect, test } from 'vitest';
import { verifySignature } from '../../forge/facts-key.ts';
import { anAccountFile } from '../account-file.fixture.ts';
import { parseAccountFile, serialiseAccountFile } from '../files/account-file.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import type { FurthestStage, Signing } from '../schemas/signing.ts';
import { type JudgedFile, judgeFiles } from './judge-files.ts';
import { judgeVersion } from './judge-version.ts';
import { createVersionReader } from './main-line.ts';
import { aFactsKey, aSignedFile, aSigning, contoso } from './signing.fixture.ts';

const path = 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml';
const today = '2026-12-07';

/** Ana's file as an audit of this day signs it, which proposes `furthest` or the stage itself. */
function signed(stage: Stage, on = today, furthest?: FurthestStage, key?: string): AccountFile {
  const file = anAccountFile(stage);
  const evidence = { ...file.evidence, auditedOn: on };
  return aSignedFile({ ...file, evidence }, { ...(furthest ? { furthest } : {}), ...(key ? { key } : {}) });
}

/** What a person made of the file by one line. */
function at(file: AccountFile, stage: Stage): AccountFile {
  const asked = anAccountFile(stage);
  return { ...file, stage, desired: asked.desired, ...(asked.reason ? { reason: asked.reason } : {}) };
}

interface World {
  /** Ana's file after each of main's commits; null: none. */
  main?: readonly (AccountFile | null)[];
  head: AccountFile;
  signing?: Signing | null;
}

/** Commits are called c0, c1 and so on. */
function aContext(main: readonly unknown[], signing: Signing | null) {
  const places = new Map(main.map((_file, index) => [`c${index}`, index]));
  return { ...contoso, signing, verify: verifySignature, read: createVersionReader(), places, lineRules: null };
}

function judgeAna({ main = [], head, signing = aSigning() }: World): JudgedFile {
  const versions = main.map((file, index) => ({ path, at: index, text: file && serialiseAccountFile(file) }));
  const text = serialiseAccountFile(head);
  const value = parseAccountFile(path, text);
  const context = aContext(main, signing);
  const limit = { today, evidenceMaxAgeDays: 30 };
  const [judged] = judgeFiles({ files: [{ path, text, value }], versions, limit }, context);
  if (judged === undefined) throw new Error('one file in, one out');
  return judged;
}

const codes = (world: World) => judgeAna(world).problems.map(({ code }) => code);
const says = (world: World) =>
  judgeAna(world)
    .problems.map(({ message }) => message)
    .join('; ');
const inForce = (world: World) => judgeAna(world).inForce?.stage ?? null;

test('a new file that an audit has signed may stand, and so may each move that an audit proposed', () => {
  const [notify, review, disable] = [signed('notify', '2026-11-16'), signed('review', '2026-11-23'), signed('disable')];
  expect(codes({ head: notify })).toEqual([]);
  expect(codes({ main: [notify], head: review })).toEqual([]);
  expect(codes({ main: [notify, review], head: disable })).toEqual([]);
});

test('comments, another layout, another order and a decision leave a signature as it is', () => {
  const file = signed('disable');
  const text = serialiseAccountFile(file).replace('stage: disable', '# looked at by HR\nstage:   "disable"');
  const head = parseAccountFile(path, text.replace(/evidence:\n/, 'evidence: # fine\n'));
  expect(codes({ main: [signed('review', '2026-11-30')], head })).toEqual([]);
  expect(codes({ head: { ...head, desired: { ...head.desired, accountEnabled: true } } })).toEqual([]);
});

test.each<[field: string, forge: (file: AccountFile) => AccountFile]>([
  ['evidence.auditedOn', (file) => ({ ...file, evidence: { ...file.evidence, auditedOn: '2026-12-06' } })],
  [
    'evidence.lastActivity.signIn',
    ({ evidence, ...file }) => ({
      ...file,
      evidence: { ...evidence, lastActivity: { ...evidence.lastActivity, signIn: '2099-01-01' } },
    }),
  ],
  ['restore.mailbox', (file) => ({ ...file, restore: { ...file.restore, mailbox: 'shared' } })],
  ['account.id', (file) => ({ ...file, account: { ...file.account, id: '00000000-0000-4000-8000-000000000001' } })],
  [
    'account.manager',
    (file) => ({ ...file, account: { ...file.account, manager: { displayName: 'Eve', mail: 'eve@contoso.com' } } }),
  ],
  ['savings.monthly', (file) => ({ ...file, savings: { ...file.savings, monthly: 1 } })],
  ['oneDrive', (file) => ({ ...file, oneDrive: { gigabytes: 1, files: 1, lastUse: null } })],
])('a forged %s is refused, and named where main knows the account', (field, forge) => {
  const main = [signed('notify', '2026-11-16'), signed('review', '2026-11-23')];
  const head = forge(signed('disable'));
  expect(codes({ head })).toEqual(['not-signed']);
  expect(codes({ main, head })).toEqual(['not-signed']);
  // Of another account main knows nothing.
  if (field !== 'account.id') expect(says({ main: [...main, signed('disable')], head })).toContain(`${field}: found`);
});

test('half a character in a forged file refuses that file, and stops nothing else', () => {
  const file = signed('notify');
  const head = { ...file, account: { ...file.account, displayName: '\ud800' } };
  expect(codes({ main: [file], head })).toEqual(['not-signed']);
});

test('a refused file leaves in force what stood before it, or nothing', () => {
  const review = signed('review', '2026-11-23');
  const forged = { ...signed('disable'), restore: { ...review.restore, mailbox: 'room' as const } };
  expect(inForce({ main: [review], head: forged })).toBe('review');
  expect(inForce({ head: forged })).toBe(null);
});

test('a file without a signature, of another stack, another tenant or an unknown key is of no audit', () => {
  const file = anAccountFile('notify');
  expect(says({ head: file })).toContain('no audit of this stack wrote these facts');
  for (const tenant of [
    { ...contoso, stack: 'fabrikam' },
    { ...contoso, tenantId: '00000000-0000-4000-8000-000000000000' },
  ])
    expect(says({ head: aSignedFile(file, { tenant }) })).toContain('no audit of this stack');
  expect(says({ head: aSignedFile(file, { key: 'eve' }) })).toContain('the key eve is not in tenant.yaml');
  expect(codes({ head: aSignedFile(file), signing: null })).toEqual(['not-signed']);
  expect(codes({ head: { ...aSignedFile(file), signed: 'yes' } })).toEqual(['not-signed']);
});

test('no stage is further than the audit proposed that signed it', () => {
  expect(codes({ head: signed('disable', today, 'notify') })).toEqual(['not-proposed']);
  expect(codes({ main: [signed('review', '2026-11-23')], head: signed('disable', today, 'review') })).toEqual([
    'not-proposed',
  ]);
  expect(codes({ head: at(signed('notify', today, 'disable'), 'notify') })).toEqual([]);
});

test('what was held back, kept or taken out goes on only by a new audit', () => {
  const [review, proposed] = [signed('review', '2026-11-23'), signed('disable')];
  const heldBack = at(proposed, 'review');
  expect(codes({ main: [review, heldBack], head: proposed })).toEqual(['signed-before']);
  expect(codes({ main: [review, at(proposed, 'keep')], head: at(proposed, 'review') })).toEqual(['signed-before']);
  expect(codes({ main: [proposed, null], head: proposed })).toEqual(['signed-before']);
  expect(codes({ main: [signed('notify'), null], head: at(signed('notify'), 'keep') })).toEqual(['signed-before']);
  const anew = signed('disable', '2026-12-08');
  expect(codes({ main: [review, heldBack], head: anew })).toEqual([]);
});

test('a refused version on main is no stepping stone: what it replayed stays refused', () => {
  const [review, disable] = [signed('review', '2026-11-23'), signed('disable', '2026-11-30')];
  const main = [review, disable, at(disable, 'keep'), disable];
  expect(codes({ main, head: disable })).toEqual(['signed-before']);
  expect(inForce({ main, head: disable })).toBe('keep');
  const forged = { ...disable, savings: { ...disable.savings, monthly: 9 } };
  expect(codes({ main: [review, forged], head: forged })).toEqual(['not-signed']);
});

test('nothing goes forward on older evidence than main had, or on evidence that is too old', () => {
  const main = [signed('notify', '2026-11-30')];
  expect(codes({ main, head: signed('review', '2026-11-29') })).toEqual(['older-evidence']);
  expect(codes({ main: [signed('review', '2026-11-01')], head: signed('disable', '2026-11-06') })).toEqual([
    'stale-evidence',
  ]);
});

test('a new name is no move forward: it asks for no new evidence', () => {
  const old = signed('delicense', '2026-10-01');
  const { signed: _, ...facts } = old;
  const renamed = aSignedFile({ ...facts, account: { ...facts.account, displayName: 'Ana Park' } });
  expect(codes({ main: [old], head: renamed })).toEqual([]);
});

test('other facts at the same stage are a move, too: an older proposal cannot take what a newer one holds back', () => {
  const newer = signed('delicense', '2026-12-06');
  expect(codes({ main: [newer], head: signed('delicense', '2026-11-29') })).toEqual(['older-evidence']);
  expect(codes({ main: [newer], head: signed('delicense') })).toEqual([]);
});

test('moves back, keep and restore ask for nothing, and a revert keeps what was signed', () => {
  const main = [signed('review', '2026-10-23'), signed('disable', '2026-10-30'), signed('delicense', '2026-11-02')];
  const last = main[2] as AccountFile;
  for (const stage of ['keep', 'restore', 'disable', 'review'] as const)
    expect(codes({ main, head: at(last, stage) })).toEqual([]);
  expect(codes({ main, head: main[1] as AccountFile })).toEqual([]);
  const revoked: Signing = { revoked: [{ ...aFactsKey(), commit: 'c0' }] };
  expect(codes({ main, head: last, signing: revoked })).toEqual(['not-signed']);
  expect(codes({ main, head: at(last, 'restore'), signing: revoked })).toEqual([]);
  expect(inForce({ main, head: at(last, 'restore'), signing: revoked })).toBe(null);
});

test('what this pipeline took is read from the last version that was signed and took', () => {
  const [disable, keep] = [signed('disable', '2026-11-30'), at(signed('disable', '2026-11-30'), 'keep')];
  const forged = { ...disable, stage: 'delicense' as const };
  expect(judgeAna({ main: [disable, keep, null], head: at(disable, 'restore') }).past.lastTaken?.stage).toBe('disable');
  expect(judgeAna({ main: [signed('notify'), null], head: signed('notify') }).past.lastTaken).toBe(null);
  expect(
    judgeAna({ main: [{ ...forged, savings: { ...forged.savings, monthly: 7 } }], head: keep }).past.lastTaken,
  ).toBe(null);
});

test('a retired key is good for the audits until its day, a revoked one for what main had before its commit', () => {
  const retired: Signing = { current: aFactsKey('new'), retired: [{ ...aFactsKey(), until: '2026-11-30' }] };
  expect(codes({ head: signed('notify', '2026-11-30'), signing: retired })).toEqual([]);
  expect(codes({ head: signed('notify', '2026-12-01'), signing: retired })).toEqual(['not-signed']);
  const [notify, review] = [signed('notify', '2026-11-16'), signed('review', '2026-11-23')];
  const revoked: Signing = { current: aFactsKey('new'), revoked: [{ ...aFactsKey(), commit: 'c1' }] };
  expect(codes({ main: [notify, null], head: at(notify, 'notify'), signing: revoked })).toEqual(['signed-before']);
  expect(codes({ main: [notify, review], head: notify, signing: revoked })).toEqual([]);
  expect(codes({ main: [notify, review], head: review, signing: revoked })).toEqual(['not-signed']);
  expect(inForce({ main: [notify, review], head: review, signing: revoked })).toBe('notify');
  expect(codes({ main: [notify, review], head: signed('review', today, 'review', 'new'), signing: revoked })).toEqual(
    [],
  );
});

test('what main had when signing began counts as signed, until it moves on', () => {
  const { signed: _, ...before } = signed('review', '2026-11-23');
  const { signed: _1, ...first } = signed('notify', '2026-11-16');
  const main = [first, before, before];
  const signing = aSigning({ since: 'c1' });
  expect(codes({ main, head: before, signing })).toEqual([]);
  expect(codes({ main, head: at(before, 'keep'), signing })).toEqual([]);
  expect(codes({ main, head: at(before, 'disable'), signing })).toEqual(['not-proposed']);
  expect(codes({ main, head: signed('disable'), signing })).toEqual([]);
  const forged = { ...before, savings: { ...before.savings, monthly: 3 } };
  expect(codes({ main: [...main, forged], head: forged, signing })).toEqual(['not-signed']);
  expect(codes({ main, head: before })).toEqual(['not-signed']);
});

test('the short way for files that have not changed says what the whole history says', () => {
  const pool = (['notify', 'review', 'disable', 'delicense'] as const).flatMap((stage, index) => {
    const file = signed(stage, `2026-11-${10 + index * 6}`);
    const { signed: _, ...unsigned } = file;
    const forged = { ...file, savings: { ...file.savings, monthly: 5 } };
    const byOther = aSignedFile(file, { key: 'other' });
    return [
      file,
      file,
      signed(stage, '2026-12-01'),
      at(file, 'keep'),
      at(file, 'review'),
      forged,
      unsigned,
      byOther,
      null,
    ];
  });
  const signings = [
    aSigning(),
    aSigning({ since: 'c1' }),
    aSigning({ revoked: [{ ...aFactsKey('other'), commit: 'c2' }] }),
  ];
  let seed = 7;
  const choose = (count: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % count;
  };
  const seen = new Set<string>();
  for (let round = 0; round < 300; round += 1) {
    const main = Array.from({ length: 1 + choose(5) }, () => pool[choose(pool.length)] ?? null);
    const head = main.findLast((file) => file !== null);
    const signing = signings[choose(signings.length)] ?? null;
    if (head === undefined || main.at(-1) === null) continue;
    const { problems, past, inForce } = judgeAna({ main, head: head as AccountFile, signing });
    const whole = judgeVersion(head as AccountFile, { ...past, at: Number.POSITIVE_INFINITY }, aContext(main, signing));
    const isReused = whole.problems.length === 1;
    const expected = whole.problems.filter(({ code }) => isReused || code !== 'signed-before');
    expect(problems, JSON.stringify(main.map((file) => file?.stage))).toEqual(expected);
    // A keep takes nothing, whoever vouches for the facts beside it.
    if (inForce?.stage !== 'keep') expect(inForce).toEqual(past.standing);
    seen.add(problems.map(({ code }) => code).join());
  }
  expect([...seen].sort()).toEqual(expect.arrayContaining(['', 'not-signed', 'signed-before']));
});

test.each<[string, (text: string) => string]>([
  ['a day in escapes', (text) => text.replace('auditedOn: 2026-12-06', 'auditedOn: "2026-12-0\\u0036"')],
  ['a key in escapes', (text) => text.replace('auditedOn:', '"audited\\u004fn":')],
  ['a day on the next line', (text) => text.replace('auditedOn: 2026', 'auditedOn: # seen\n    2026')],
  ['a day in a block', (text) => text.replace('auditedOn: 2026', 'auditedOn: >-\n    2026')],
  ['another day in a comment', (text) => text.replace('evidence:', 'evidence:\n  # auditedOn: 2026-11-01')],
])('an older file on main is no short way past a newer one that has %s', (_, write) => {
  const [newer, older] = [signed('delicense', '2026-12-06'), signed('delicense', '2026-11-29')];
  const texts = [write(serialiseAccountFile(newer)), serialiseAccountFile(older)];
  expect(parseAccountFile(path, texts[0] ?? '').evidence.auditedOn).toBe('2026-12-06');
  expect(judgeTexts(texts, older)).toContain('older-evidence');
});

test('a signature that main had in escapes is one that main had', () => {
  const [disable, keep] = [signed('disable', '2026-11-30'), at(signed('disable', '2026-11-30'), 'keep')];
  const hide = (file: AccountFile) =>
    serialiseAccountFile(file).replace(/signed: 1\.(\S+)/, (_line, rest) => `signed: "\\x31.${hideEach(rest)}"`);
  expect(parseAccountFile(path, hide(disable)).signed).toBe(disable.signed);
  expect(judgeTexts([hide(disable), hide(keep), serialiseAccountFile(disable)], disable)).toEqual(['signed-before']);
});

function hideEach(text: string): string {
  return [...text].map((letter) => `\\x${letter.charCodeAt(0).toString(16)}`).join('');
}

/** Of a file that main has already as the last of these texts. */
function judgeTexts(texts: readonly string[], value: AccountFile): string[] {
  const versions = texts.map((text, index) => ({ path, at: index, text }));
  const files = [{ path, value, text: texts.at(-1) ?? '' }];
  const [judged] = judgeFiles({ files, versions }, aContext(texts, aSigning()));
  return judged?.problems.map(({ code }) => code) ?? [];
}
