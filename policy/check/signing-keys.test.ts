import { expect, test } from 'vitest';
import type { Signing } from '../schemas/signing.ts';
import { aFactsKey, aSigning } from '../signing/signing.fixture.ts';
import { aCheckInput, aTenantFile } from './check.fixture.ts';
import { checkStack } from './check.ts';

const [onMain, elsewhere] = ['c'.repeat(40), 'e'.repeat(40)];

function check(before: Signing | null, after: Signing | null) {
  const input = aCheckInput({ head: null, signing: before });
  const signing = { ...input.signing, places: new Map([[onMain, 0]]) };
  return checkStack({ ...input, signing, tenant: aTenantFile(after) });
}
const codes = (before: Signing | null, after: Signing | null) => check(before, after).map(({ code }) => code);

const [old, next] = [aFactsKey('old'), aFactsKey('next')];

test.each<[string, Signing | null, Signing]>([
  ['the first key', null, aSigning()],
  ['the commit at which signing began, once', aSigning(), aSigning({ since: onMain })],
  ['a next key', aSigning(), aSigning({ next })],
  ['a key that is retired', { current: old }, { current: next, retired: [{ ...old, until: '2026-12-07' }] }],
  ['a key that is revoked', { current: old }, { current: next, revoked: [{ ...old, commit: onMain }] }],
  ['a revoked key from before a rewrite of main', revokedAt(elsewhere), revokedAt(elsewhere)],
])('%s may come', (_, before, after) => {
  expect(codes(before, after)).toEqual([]);
});

test.each<[string, Signing, Signing | null]>([
  ['all keys are taken off', aSigning(), null],
  ['a key is taken off', { current: old }, { current: next }],
  ['a key is un-revoked', revokedAt(onMain), { current: old }],
  ['the beginning is moved', aSigning({ since: onMain }), aSigning({ since: elsewhere })],
  ['the beginning is taken out', aSigning({ since: onMain }), aSigning()],
  ['the beginning is no commit of main', aSigning(), aSigning({ since: elsewhere })],
  ['a key is revoked at no commit of main', { current: old }, { current: next, ...revokedAt(elsewhere) }],
  ['one name is listed twice', aSigning(), aSigning({ next: aFactsKey() })],
])('refused, at its line of tenant.yaml: %s', (_, before, after) => {
  const problems = check(before, after);
  expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['signing-keys']));
  for (const { path } of problems) expect(path).toBe('stacks/contoso/tenant.yaml');
});

test('the place is that of the commit', () => {
  const { text } = aTenantFile(aSigning({ since: elsewhere }));
  const line = text.split('\n').findIndex((each) => each.includes('since:')) + 1;
  expect(check(aSigning(), aSigning({ since: elsewhere }))).toMatchObject([{ line, column: 3 }]);
});

function revokedAt(commit: string): Signing {
  return { revoked: [{ ...aFactsKey('old'), commit }] };
}
