import { expect, test } from 'vitest';
import { addDays } from '../../policy/evidence.ts';
import type { Stage } from '../../policy/schemas/account.ts';
import { anAccount, anInForceFile, today } from '../../policy/tenant.fixture.ts';
import { buildNoticeName, groupManagerNotices } from './manager-notice.ts';

const leePark = {
  id: 'x',
  displayName: 'Lee Park',
  mail: 'lee.park@contoso.com',
  userPrincipalName: 'lee.park@contoso.com',
};

function aFile(userPrincipalName: string, stage: Stage, since = today, manager: typeof leePark | null = leePark) {
  return anInForceFile({ account: anAccount({ userPrincipalName, manager }), stage, since });
}

test('a manager gets one notice a wave, about all their people', () => {
  const notices = groupManagerNotices([
    aFile('zoe@contoso.com', 'notify'),
    aFile('ana@contoso.com', 'notify'),
    aFile('max@contoso.com', 'notify', today, { ...leePark, mail: 'kim@contoso.com' }),
  ]);
  expect(notices.map(({ manager, people }) => [manager?.mail, people.map((each) => each.userPrincipalName)])).toEqual([
    ['lee.park@contoso.com', ['ana@contoso.com', 'zoe@contoso.com']],
    ['kim@contoso.com', ['max@contoso.com']],
  ]);
});

test('people whose population has days of its own are in a mail of their own, with a name of its own', () => {
  const ofPopulation = (name: string, population: string) => {
    const tracked = aFile(name, 'notify');
    return { ...tracked, file: { ...tracked.file, evidence: { ...tracked.file.evidence, population } } };
  };
  const notices = groupManagerNotices([
    aFile('ana@contoso.com', 'notify'),
    ofPopulation('ben@contoso.com', 'contractors'),
    ofPopulation('cem@contoso.com', 'contractors'),
  ]);
  expect(notices.map(({ population, people }) => [population, people.length])).toEqual([
    [undefined, 1],
    ['contractors', 2],
  ]);
  expect(new Set(notices.map(buildNoticeName)).size).toBe(2);
});

test('a later audit and the reminder are notices of their own', () => {
  const notices = groupManagerNotices([
    aFile('ana@contoso.com', 'notify'),
    aFile('ben@contoso.com', 'notify', addDays(today, -7)),
    aFile('cem@contoso.com', 'review'),
  ]);
  expect(notices.map(({ stage, wave }) => `${stage} ${wave}`)).toEqual([
    'notify 2026-12-07',
    'notify 2026-11-30',
    'review 2026-12-07',
  ]);
  expect(new Set(notices.map(buildNoticeName)).size).toBe(3);
});

test.each<Stage>(['disable', 'delicense', 'keep', 'restore'])('nobody is told of an account in %s', (stage) => {
  expect(groupManagerNotices([aFile('ana@contoso.com', stage)])).toEqual([]);
});

test('accounts without a manager, or with one without mail, are told of together', () => {
  const notices = groupManagerNotices([
    aFile('ana@contoso.com', 'notify', today, null),
    aFile('ben@contoso.com', 'notify', today, { ...leePark, mail: '' }),
  ]);
  expect(notices).toMatchObject([{ manager: null, people: [{}, {}] }]);
});

test('one manager is one manager, however their address is written', () => {
  const notices = groupManagerNotices([
    aFile('ana@contoso.com', 'notify'),
    aFile('ben@contoso.com', 'notify', today, { ...leePark, mail: 'Lee.Park@Contoso.com' }),
  ]);
  expect(notices).toHaveLength(1);
});

test('a person is known by the id in lower case, so that a file edited by hand reports nobody twice', () => {
  const { path, file } = aFile('ana@contoso.com', 'notify');
  const { id } = file.account;
  const edited = { ...file, account: { ...file.account, id: id.toUpperCase() } };
  expect(groupManagerNotices([{ path, file: edited }])[0]?.people[0]?.id).toBe(id);
});

test('a notice’s name holds nothing of a person and stays when people leave the wave', () => {
  const [both] = groupManagerNotices([aFile('ana@contoso.com', 'notify'), aFile('ben@contoso.com', 'notify')]);
  const [one] = groupManagerNotices([aFile('ben@contoso.com', 'notify')]);
  expect(both && buildNoticeName(both)).toMatch(/^notify-2026-12-07-[0-9a-f]{16}$/);
  expect(both && buildNoticeName(both)).toBe(one && buildNoticeName(one));
});

test('a notice knows the OneDrive of its file and the day on which it may lose its licence', () => {
  const bytes = (megabytes: number) => megabytes * 1024 ** 2;
  const oneDrive = {
    kind: 'seen',
    storageUsedBytes: bytes(120),
    files: 40,
    lastUsedOn: '2026-06-30',
  } as const;
  const told = (change: Parameters<typeof anAccount>[0]) => {
    const file = anInForceFile({ account: anAccount(change), stage: 'notify', since: today });
    return groupManagerNotices([file])[0]?.people[0]?.oneDrive;
  };
  const facts = { gigabytes: 0.12, files: 40, lastUse: '2026-06-30', unlicensedOn: addDays(today, 21) };
  expect(told({ oneDrive })).toEqual({ ...facts, outcome: 'named' });
  expect(told({ oneDrive: { ...oneDrive, storageUsedBytes: bytes(3100) } })).toMatchObject({
    outcome: 'held-back',
  });
  expect(told({ oneDrive: { kind: 'none' } })).toBeUndefined();
});
