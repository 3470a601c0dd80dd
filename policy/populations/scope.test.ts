import { expect, test } from 'vitest';
import { anAccount } from '../account.fixture.ts';
import type { Evidence } from '../evidence.ts';
import { aPolicy } from '../policy.fixture.ts';
import type { Scope } from '../schemas/populations.ts';
import { findScopePlace, type ScopePlace } from './scope.ts';
import { isInShare } from './share.ts';

const pilot = { groups: [{ name: 'Pilot' }] };

test.each<[string, Scope | undefined, Partial<Evidence>, ScopePlace]>([
  ['no scope', undefined, {}, 'inside'],
  ['the department', { departments: ['sales'] }, {}, 'inside'],
  ['another department', { departments: ['Finance'] }, {}, 'outside'],
  ['the domain', { domains: ['contoso.com'] }, {}, 'inside'],
  ['another domain', { domains: ['fabrikam.com'] }, {}, 'outside'],
  ['a department and another domain', { departments: ['Sales'], domains: ['fabrikam.com'] }, {}, 'outside'],
  ['the group', pilot, { namedGroups: { in: ['"pilot"'], unknown: [] } }, 'inside'],
  ['another group', pilot, { namedGroups: { in: [], unknown: [] } }, 'outside'],
  ['a group that could not be read', pilot, { namedGroups: { in: [], unknown: ['"pilot"'] } }, 'unknown'],
  ['a group of which nothing is known', pilot, {}, 'unknown'],
  [
    'an entry without a department',
    { departments: ['Sales'] },
    { department: null, incomplete: ['department'] },
    'unknown',
  ],
  [
    'a group that this pipeline took it out of',
    pilot,
    { namedGroups: { in: [], unknown: [] }, former: { population: null, licenses: true, groups: true } },
    'inside',
  ],
])('of %s: %o and %o is %s', (_, scope, change, place) => {
  const policy = aPolicy(scope === undefined ? {} : { scope });
  expect(findScopePlace(anAccount(change), policy)).toBe(place);
});

test('a share goes with what else the scope says', () => {
  const account = anAccount();
  const share = [0.01, 0.5, 1].find((each) => isInShare(account.id, each)) ?? 1;
  expect(findScopePlace(account, aPolicy({ scope: { departments: ['Sales'], share } }))).toBe('inside');
  expect(findScopePlace(account, aPolicy({ scope: { departments: ['Finance'], share } }))).toBe('outside');
  expect(findScopePlace(account, aPolicy({ scope: { departments: ['Sales'], share: 1e-9 } }))).toBe('outside');
});
