import { expect, test } from 'vitest';
import { aFactsKey, aSigning } from '../../policy/signing/signing.fixture.ts';
import { judgeNewestFacts } from './newest-facts.ts';

const on = '2026-12-07';
const signing = aSigning({
  next: aFactsKey('b'),
  retired: [{ ...aFactsKey('a'), until: '2026-11-30' }],
  revoked: [{ ...aFactsKey('z'), commit: '0123456789abcdef0123456789abcdef01234567' }],
});

test.each([
  [['tests'], 'pass', 'by tests'],
  [['a', 'tests'], 'pass', 'by tests'],
  [['b'], 'warn', 'listed as next'],
  [['a'], 'warn', 'is retired'],
  [['z'], 'fail', 'is revoked'],
  [['q'], 'fail', 'does not list'],
  [[], 'warn', 'are not signed'],
])('the newest facts signed by %j: %s', (keys, status, says) => {
  const found = judgeNewestFacts({ on, keys, forged: [] }, signing, 'contoso');
  expect(found).toMatchObject({ status, says: expect.stringContaining(says) });
  expect(found.fix === null).toBe(status === 'pass');
});

test('facts that no audit has signed are named, and none at all are no fault', () => {
  const forged = ['accounts/ana.yaml', 'accounts/lee.yaml'];
  expect(judgeNewestFacts({ on, keys: ['tests'], forged }, signing, 'contoso')).toMatchObject({
    status: 'fail',
    says: 'accounts/ana.yaml and 1 more: not what an audit signed on 2026-12-07',
  });
  expect(judgeNewestFacts(null, signing, 'contoso').status).toBe('skip');
});
