import { expect, test } from 'vitest';
import { type Holds, isOnHold, NO_HOLDS } from './holds.ts';

const GUID = 'cdbbb86ce60342489bff371876e7f224';
const OVER_ALL = '7cfb30345d454ac0a989ab3041051209';
const on = (inPlaceHolds: readonly string[]): Holds => ({ ...NO_HOLDS, inPlaceHolds });

test.each([
  'UniH7d895d48-7e23-4a8d-8346-533c3beac15d',
  'unih7d895d48-7e23-4a8d-8346-533c3beac15d',
  'cld9c0ba3ce811b6432a8751430937152491',
  'c0ba3ce811b6432a8751430937152491',
  'c0ba3ce8-11b6-432a-8751-430937152491',
  `mbx${GUID}:2`,
  `mbx${GUID}:3`,
  `MBX${GUID.toUpperCase()}:3`,
  `skp${GUID}:2`,
  `skp${GUID}:3`,
  `mbx${GUID}`,
  `skp${GUID}`,
])('a mailbox with %s is on hold', (entry) => {
  expect(isOnHold(on([entry]), [])).toBe(true);
});

test.each([`mbx${GUID}:1`, `MBX${GUID}:1`, `skp${GUID}:1`, `-mbx${GUID}`, `-mbx${GUID}:2`, `grp${GUID}:2`, ''])(
  'a mailbox with %j alone is not',
  (entry) => {
    expect(isOnHold(on([entry]), [])).toBe(false);
  },
);

test.each(['litigationHold', 'complianceTagHold', 'delayHold', 'delayReleaseHold'] as const)(
  '%s holds a mailbox',
  (hold) => {
    expect(isOnHold({ ...NO_HOLDS, [hold]: true }, [])).toBe(true);
  },
);

const overAll = `mbx${OVER_ALL}:2`;

test.each<[string, string[], string[], boolean]>([
  ['a policy over the organisation holds every mailbox', [], [overAll], true],
  ['one that deletes only holds none', [], [`mbx${GUID}:1`], false],
  ['one over groups and channel messages holds none', [], [`grp${GUID}:3`], false],
  ['anyone who is taken out of it is not held', [`-mbx${OVER_ALL}`], [overAll], false],
  ['however the exclusion is spelled', [`-MBX${OVER_ALL.toUpperCase()}:2`], [overAll], false],
  ['but by another policy', [`-mbx${OVER_ALL}`], [overAll, `mbx${GUID}:2`], true],
  ['or by a hold of the mailbox itself', [`-mbx${OVER_ALL}`, `UniH${GUID}`], [overAll], true],
  ['taken out of another policy, it is held', [`-mbx${GUID}`], [overAll], true],
])('%s', (_, own, organization, expected) => {
  expect(isOnHold(on(own), organization)).toBe(expected);
});
