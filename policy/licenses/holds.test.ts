import { describe, expect, test } from 'vitest';
import { type OrganizationHolds, parseHold, parseOrganizationHolds } from './holds.ts';

const free = {
  LitigationHoldEnabled: false,
  InPlaceHolds: [],
  ComplianceTagHoldApplied: false,
  DelayHoldApplied: false,
  DelayReleaseHoldApplied: false,
};
const policy = '7cfb30345d454ac0a989ab3041051209';
const other = 'e9b52bf7ab3b46a286308ecb29624696';
const none: OrganizationHolds = new Set();

function inPlace(...holds: unknown[]) {
  return { ...free, InPlaceHolds: holds };
}

test('a mailbox of which everything is known and nothing holds is on no hold', () => {
  expect(parseHold(free, none)).toBe('none');
});

describe('an entry of InPlaceHolds that holds', () => {
  test.each([
    ['an eDiscovery case', 'UniH7d895d48-7e23-4a8d-8346-533c3beac15d'],
    ['an eDiscovery case in small letters', 'unih7d895d487e234a8d8346533c3beac15d'],
    ['an old In-Place Hold', 'cld9c0a984ca74b457fbe4504bf7d3e00de'],
    ['an older one, a bare GUID', 'c0ba3ce811b6432a8751430937152491'],
    ['a bare GUID with hyphens', 'C0BA3CE8-11B6-432A-8751-430937152491'],
    ['a retention policy that keeps', `mbx${policy}:2`],
    ['a retention policy that keeps, then deletes', `mbx${policy}:3`],
    ['one for conversations that keeps', `skp${policy}:2`],
    ['one for conversations that keeps, then deletes', `skp${policy}:3`],
    ['a policy in capitals', `MBX${policy.toUpperCase()}:3`],
    ['a policy without its number', `mbx${policy}`],
    ['a policy with a number that nobody has heard of', `mbx${policy}:11`],
    ['a policy with more than a number behind it', `mbx${policy}:1:2`],
    ['a policy with spaces around it', `  mbx${policy}:2 `],
    ['a kind that nobody has heard of', `abc${policy}:1`],
    ['a kind that nobody can be excluded from', `-UniH${policy}`],
    ['a policy of groups, where no user’s mailbox should have it', `grp${policy}:3`],
    ['what is no text', { Guid: policy }],
  ])('%s', (_, hold) => {
    expect(parseHold(inPlace(hold), none)).toBe('retention');
    expect(parseHold(inPlace(hold), null)).toBe('retention');
  });
});

test.each([
  ['a comma', ','],
  ['a comma and a space', ', '],
  ['a semicolon', ';'],
  ['a line', '\r\n'],
])('several entries in one text, parted by %s, are each looked at', (_, between) => {
  const lines = (...holds: string[]) => ({ ...free, InPlaceHolds: holds.join(between) });
  expect(parseHold(lines(`-mbx${policy}`, `mbx${other}:2`), none)).toBe('retention');
  expect(parseHold(lines(`-mbx${policy}`, 'UniH7d895d48-7e23-4a8d-8346-533c3beac15d'), none)).toBe('retention');
  expect(parseHold(lines(`-mbx${policy}`, `mbx${other}:1`), none)).toBe('none');
  expect(parseHold(lines(`-mbx${policy}`, `-mbx${other}`), new Set([`mbx${policy}`, `mbx${other}`]))).toBe('none');
});

describe('an entry of InPlaceHolds that does not', () => {
  test.each([
    ['a retention policy that only deletes', `mbx${policy}:1`],
    ['one for conversations that only deletes', `skp${policy}:1`],
    ['one that only deletes, in capitals', `SKP${policy.toUpperCase()}:1`],
    ['the exclusion from a policy', `-mbx${policy}`],
    ['the exclusion from a policy with its number', `-MBX${policy}:2`],
    ['the exclusion from a policy for conversations', `-skp${policy}`],
    ['nothing', ''],
  ])('%s', (_, hold) => {
    expect(parseHold(inPlace(hold), none)).toBe('none');
  });

  test('hides none beside it', () => {
    expect(parseHold(inPlace(`mbx${policy}:1`, `-mbx${policy}`, `skp${other}:2`), none)).toBe('retention');
  });
});

describe('a property by itself', () => {
  test.each([
    ['LitigationHoldEnabled', 'litigation'],
    ['ComplianceTagHoldApplied', 'retention'],
    ['DelayHoldApplied', 'retention'],
    ['DelayReleaseHoldApplied', 'retention'],
  ])('%s is a hold, whatever is not known beside it', (property, hold) => {
    for (const yes of [true, 'True', 'true', 'TRUE']) {
      expect(parseHold({ ...free, [property]: yes }, none)).toBe(hold);
      expect(parseHold({ [property]: yes }, null)).toBe(hold);
    }
  });

  test.each([
    'LitigationHoldEnabled',
    'ComplianceTagHoldApplied',
    'DelayHoldApplied',
    'DelayReleaseHoldApplied',
    'InPlaceHolds',
  ])('%s left out, null or something else is not known, which is not "no hold"', (property) => {
    const { [property]: _, ...rest } = { ...free } as Record<string, unknown>;
    expect(parseHold(rest, none)).toBeNull();
    for (const odd of [null, '', 'maybe', 7, {}]) {
      if (property === 'InPlaceHolds' && odd === 'maybe') continue;
      expect(parseHold({ ...free, [property]: odd }, none)).toBeNull();
    }
  });

  test('a false in words is one', () => {
    expect(parseHold({ ...free, DelayHoldApplied: 'False', LitigationHoldEnabled: 'false' }, none)).toBe('none');
  });

  test('one hold may come without a list around it', () => {
    expect(parseHold({ ...free, InPlaceHolds: `mbx${policy}:2` }, none)).toBe('retention');
    expect(parseHold({ ...free, InPlaceHolds: `mbx${policy}:1` }, none)).toBe('none');
  });

  test('litigation comes first', () => {
    const both = { ...inPlace(`mbx${policy}:2`), LitigationHoldEnabled: true };
    expect(parseHold(both, new Set([`mbx${other}`]))).toBe('litigation');
  });
});

describe('a policy of the whole organisation', () => {
  const organization = parseOrganizationHolds({ InPlaceHolds: [`mbx${policy}:2`] });

  test('holds a mailbox that says nothing of it', () => {
    expect(parseHold(free, organization)).toBe('retention');
  });

  test.each([
    ['excluded', `-mbx${policy}`],
    ['excluded in capitals', `-MBX${policy.toUpperCase()}`],
    ['excluded with its number', `-mbx${policy}:2`],
    ['excluded with hyphens', '-mbx7cfb3034-5d45-4ac0-a989-ab3041051209'],
  ])('does not hold a mailbox that is %s', (_, exclusion) => {
    expect(parseHold(inPlace(exclusion), organization)).toBe('none');
  });

  test('holds a mailbox that is excluded from another one only', () => {
    expect(parseHold(inPlace(`-mbx${other}`), organization)).toBe('retention');
    const two = parseOrganizationHolds({ InPlaceHolds: [`mbx${policy}:2`, `mbx${other}:3`] });
    expect(parseHold(inPlace(`-mbx${policy}`), two)).toBe('retention');
    expect(parseHold(inPlace(`-mbx${policy}`, `-mbx${other}`), two)).toBe('none');
  });

  test.each([
    ['deletes only', [`mbx${policy}:1`]],
    ['is for groups and channels', [`grp${policy}:2`, `GRP${other}:3`]],
    ['is none', []],
  ])('holds nobody where it %s', (_, holds) => {
    expect(parseHold(free, parseOrganizationHolds({ InPlaceHolds: holds }))).toBe('none');
  });

  test.each([
    ['keeps conversations', `skp${policy}:3`],
    ['has no number', `mbx${policy}`],
    ['is of a kind that nobody has heard of', `xyz${policy}:2`],
    ['is no text', 7],
  ])('holds everybody where it %s', (_, hold) => {
    expect(parseHold(free, parseOrganizationHolds({ InPlaceHolds: [hold] }))).toBe('retention');
  });

  test('is not known where the configuration leaves it out', () => {
    for (const configuration of [{}, { InPlaceHolds: null }, { InPlaceHolds: 7 }, { InPlaceHolds: '' }])
      expect(parseOrganizationHolds(configuration)).toBeNull();
  });

  test('that nobody may read makes "no hold" unknown, and no hold less', () => {
    expect(parseHold(free, null)).toBeNull();
    expect(parseHold({ ...free, LitigationHoldEnabled: true }, null)).toBe('litigation');
  });
});
