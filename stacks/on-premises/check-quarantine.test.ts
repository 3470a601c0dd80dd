import { expect, test } from 'vitest';
import { listQuarantineDifferences } from './check-quarantine.ts';
import type { FoundQuarantine } from './find-quarantine.ts';

const member = (id: string) => ({ id, displayName: id, userPrincipalName: `${id}@contoso.com` });
const group = { id: 'g1', members: [member('paul'), member('rita')] };
const policy = { id: 'p1', state: 'enabled', groups: ['g1'] };
const asDeclared: FoundQuarantine = { groups: [group], policies: [policy] };
const declared = { mode: 'enforced' as const, members: ['paul', 'rita'] };

test('a quarantine that is as declared differs in nothing, and so does none where there is to be none', () => {
  expect(listQuarantineDifferences(asDeclared, declared)).toEqual([]);
  expect(listQuarantineDifferences({ groups: [], policies: [] }, null)).toEqual([]);
});

test.each<[string, Partial<FoundQuarantine>, RegExp]>([
  ['a group that is not there', { groups: [] }, /no group/],
  ['a policy that is not there', { policies: [] }, /no policy .* nobody is blocked/],
  ['a second group', { groups: [group, { ...group, id: 'g2' }] }, /more than one group .* g1, g2/],
  ['a second policy', { policies: [policy, { ...policy, id: 'p2' }] }, /more than one policy .* p1, p2/],
  ['somebody who is not held', { groups: [{ ...group, members: [member('paul')] }] }, /1 account .* not in/],
  [
    'somebody who is held and was to be let go',
    { groups: [{ ...group, members: [...group.members, member('glass')] }] },
    /glass@contoso.com/,
  ],
  ['a policy that only reports', { policies: [{ ...policy, state: 'disabled' }] }, /is disabled, not enabled/],
  ['a policy about another group', { policies: [{ ...policy, groups: ['g2'] }] }, /does not apply to the group/],
])('%s is a difference', (_, change, words) => {
  expect(listQuarantineDifferences({ ...asDeclared, ...change }, declared).join()).toMatch(words);
});

test('what is still there after the last has left is named by its id', () => {
  expect(listQuarantineDifferences(asDeclared, null)).toEqual([
    expect.stringContaining('p1'),
    expect.stringContaining('g1'),
  ]);
});
