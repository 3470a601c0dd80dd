import { expect, test } from 'vitest';
import { today } from '../account.fixture.ts';
import { addDays } from '../evidence.ts';
import { serialiseAccountFile } from '../files/account-file.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import type { FileVersion } from '../signing/main-line.ts';
import { aContext, aGiveBack, aLine, aStagedFile, pathOf } from './give-back.fixture.ts';
import { type GiveBackEffect, type GiveBackInput, judgeGiveBacks } from './judge-give-backs.ts';
import { overlayAccounts } from './overlay.ts';

const ana = (stage: Stage) => aStagedFile('ana@contoso.com', stage);
const path = pathOf(ana('notify'));
const archivePath = path.replace('/accounts/', '/archive/');
const toWritten = (at: string, value: AccountFile) => ({ path: at, value, text: serialiseAccountFile(value) });

function judge(versions: readonly FileVersion[], change: Partial<GiveBackInput> = {}, signed = true) {
  const last = new Map(versions.map((version) => [version.path, version.text]));
  const context = aContext(9, signed ? undefined : null);
  const accounts = [...last].flatMap(([at, text]) => {
    const value = text === null || !at.includes('/accounts/') ? null : context.read(text);
    return value === null ? [] : [toWritten(at, value)];
  });
  const rest = { giveBacks: [], days: new Map(), policy: {}, today };
  return judgeGiveBacks({ ...rest, files: [aGiveBack(ana('disable'))], accounts, versions, ...change }, context);
}

function effectOf(...args: Parameters<typeof judge>): GiveBackEffect | undefined {
  return judge(...args)[0]?.effect;
}

const disabled = aLine({ [path]: ana('notify') }, { [path]: ana('review') }, { [path]: ana('disable') });
const archived = [...disabled, ...aLine({ [path]: ana('delicense') }).map((each) => ({ ...each, at: 3 }))];

test('whoever is disabled is given back, as if restore stood in the account’s own file', () => {
  const [judged] = judge(disabled);
  expect(judged?.effect).toMatchObject({ kind: 'in-effect', account: { path, isInAccounts: true } });
  const [restored] = overlayAccounts([], judged ? [judged] : []);
  expect(restored?.value).toMatchObject({
    stage: 'restore',
    reason: `Back from leave (asked for by @lee on ${today})`,
    desired: { accountEnabled: true },
    signed: ana('disable').signed,
  });
});

test.each<[string, FileVersion[]]>([
  [
    'is in the archive',
    [...aLine({ [path]: null, [archivePath]: ana('delicense') }).map((each) => ({ ...each, at: 4 }))],
  ],
  ['is only in main’s past', [...aLine({ [path]: null }).map((each) => ({ ...each, at: 4 }))]],
])('somebody whose file %s comes back under its old name', (_, more) => {
  const effect = effectOf([...archived, ...more]);
  expect(effect).toMatchObject({
    kind: 'in-effect',
    account: { path, isInAccounts: false, value: { stage: 'delicense' } },
  });
});

test.each<[string, FileVersion[], string]>([
  ['whom main never had a file of', [], 'unknown'],
  ['who is warned', aLine({ [path]: ana('notify') }), 'nothing-taken'],
  ['who is kept', [...disabled, { path, text: serialiseAccountFile(ana('keep')), at: 3 }], 'given-back-already'],
  [
    'who is being given back',
    [...disabled, { path, text: serialiseAccountFile(ana('restore')), at: 3 }],
    'given-back-already',
  ],
  [
    'who was given back, and whose file went',
    [...disabled, { path, text: serialiseAccountFile(ana('restore')), at: 3 }, { path, text: null, at: 4 }],
    'nothing-taken',
  ],
  [
    'whose file no audit has signed',
    aLine({ [path]: { ...ana('disable'), signed: ana('notify').signed ?? '' } }),
    'nothing-taken',
  ],
])('somebody %s is given nothing', (_, versions, code) => {
  expect(effectOf(versions)).toMatchObject({ kind: 'none', code });
});

test('before there are keys main’s files count as they are', () => {
  expect(effectOf(disabled, {}, false)).toMatchObject({ kind: 'in-effect' });
});

test('a second file of the same account has no effect', () => {
  const [first] = [aGiveBack(ana('disable'))];
  const second = { ...aGiveBack(ana('disable')), path: 'stacks/contoso/give-back/zoe.yaml' };
  expect(judge(disabled, { files: [first, second] }).map(({ effect }) => effect)).toMatchObject([
    { kind: 'in-effect' },
    { kind: 'none', code: 'second-file' },
  ]);
});

test('above the number of a day the later ones wait for the next, in the order in which main got them', () => {
  const people = ['ana', 'bo', 'cy', 'di'].map((name) => aStagedFile(`${name}@contoso.com`, 'disable'));
  const files = people.map((file) => aGiveBack(file));
  const versions = aLine(Object.fromEntries(people.map((file) => [pathOf(file), file])));
  // Di’s came first; Ana’s is not on main yet.
  const giveBacks = ['di', 'cy', 'bo'].map((name, index) => ({
    ...{ path: `stacks/contoso/give-back/${name}@contoso.com.yaml`, text: 'x', at: index + 1 },
  }));
  const days = new Map([1, 2, 3].map((at) => [at, addDays(today, -1)]));
  const judged = judge(versions, { files, giveBacks, days, policy: { restore: { perDay: 1 } } });
  expect(
    judged.map(({ file, effect }) => [file.value.account.userPrincipalName, effect.kind === 'waits' && effect.until]),
  ).toEqual([
    ['di@contoso.com', false],
    ['cy@contoso.com', false],
    ['bo@contoso.com', addDays(today, 1)],
    ['ana@contoso.com', addDays(today, 2)],
  ]);
  expect(effectOf(disabled, { policy: { restore: { perDay: 0 } } })).toMatchObject({ kind: 'waits', until: null });
});

test('what was given back on a day counts for it, also once its file is gone', () => {
  const gone = 'stacks/contoso/give-back/zoe.yaml';
  const giveBacks = [
    { path: gone, text: 'x', at: 1 },
    { path: gone, text: null, at: 2 },
  ];
  const days = new Map([
    [1, today],
    [2, today],
  ]);
  expect(effectOf(disabled, { giveBacks, days, policy: { restore: { perDay: 1 } } })).toMatchObject({
    kind: 'waits',
    until: addDays(today, 1),
  });
});
