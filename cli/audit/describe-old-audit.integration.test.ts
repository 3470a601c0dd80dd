import { actionsIdentity } from '@dormant-m365/emulator/github';
import { expect, test } from 'vitest';
import { aGitHub } from '../../forge/github/git-hub.fixture.ts';
import { describeOldAudit } from './describe-old-audit.ts';

const reader = {
  ...actionsIdentity,
  token: 'reader',
  permissions: { metadata: 'read' as const, actions: 'read' as const },
};

test.each([
  ['2026-11-28T05:21:00Z', 'success', []],
  ['2026-11-27T05:21:00Z', 'success', [expect.stringContaining('was 10 days ago, on 2026-11-27')]],
  ['2026-12-07T05:21:00Z', 'failure', [expect.stringContaining('No audit has gone through yet')]],
])('an audit of %s that ended in %s is judged on 7 December', async (created_at, conclusion, notes) => {
  const { connect, standIn } = await aGitHub({ identities: [reader] });
  standIn.state.settings.runs = { 'audit.yml': [{ created_at, conclusion }] };
  expect(await describeOldAudit(connect(reader), '2026-12-07')).toEqual(notes);
});

test('a success of a pull request that brought its own workflow file is no audit', async () => {
  const { connect, standIn } = await aGitHub({ identities: [reader] });
  const audit = { created_at: '2026-11-27T05:21:00Z', conclusion: 'success' };
  const theirs = { ...audit, created_at: '2026-12-07T05:21:00Z', event: 'pull_request' };
  standIn.state.settings.runs = { 'audit.yml': [theirs, audit] };
  expect(await describeOldAudit(connect(reader), '2026-12-07')).toEqual([expect.stringContaining('was 10 days ago')]);
});

test('without GitHub, without the workflow and without the right to look nothing is said', async () => {
  const blind = { ...actionsIdentity, token: 'blind', permissions: { metadata: 'read' as const } };
  const { connect, standIn } = await aGitHub({ identities: [reader, blind] });
  expect(await describeOldAudit(null, '2026-12-07')).toEqual([]);
  expect(await describeOldAudit(connect(reader), '2026-12-07')).toEqual([]);
  standIn.state.settings.runs = { 'audit.yml': [] };
  expect(await describeOldAudit(connect(blind), '2026-12-07')).toEqual([]);
});
