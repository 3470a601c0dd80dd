import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { aPolicy, type PolicyChange } from '../policy.fixture.ts';
import { buildLineRules } from './line-rules.ts';

const version = (at: number, policy: PolicyChange) => ({
  path: 'policy/policy.yaml',
  text: stringify(aPolicy(policy)),
  at,
});
const commits = [0, 1, 2].map((at) => ({ commit: `c${at}`, day: '2026-11-02', isProposals: false }));

test('how long a stage lasts is what the policy of then says of the population', () => {
  const seasonal = (notifyDays: number) => ({
    populations: [
      { name: 'seasonal', match: { departments: ['Sales'] }, inactiveAfterDays: 60, stages: { notifyDays } },
    ],
  });
  const policies = [version(0, seasonal(3)), version(1, seasonal(21))];
  const { findStages } = buildLineRules({ commits, policies, tenants: [], holidays: [] }, '2026-12-07');
  expect(findStages(1, 'seasonal')?.notifyDays).toBe(3);
  expect(findStages(2, 'seasonal')?.notifyDays).toBe(21);
  expect(findStages(2, null)?.notifyDays).toBe(7);
  // A name that the policy of then does not have gets nobody anything sooner.
  expect(findStages(2, 'apprentices')?.notifyDays).toBe(21);
});
