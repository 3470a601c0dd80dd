import { expect, test } from 'vitest';
import type { LogLine } from '../stacks/record/apply-log.ts';
import { readLog } from './apply-log.fixture.ts';
import { aMergedRepository } from './merged-repository.fixture.ts';

test('an apply writes down each request before it is sent and after its answer, between its first and its last line', async () => {
  const repository = await aMergedRepository(['ana']);
  const commit = await repository.merge('disable', ['ana']);
  await repository.apply();
  const lines = await readLog(repository);
  expect(lines.map(describeLine)).toEqual([
    'begun',
    'asked sign-in-blocked ana@contoso.com',
    'done sign-in-blocked ana@contoso.com',
    'asked sessions-revoked ana@contoso.com',
    'done sessions-revoked ana@contoso.com',
    'asked mailbox-shared ana@contoso.com',
    'done mailbox-shared ana@contoso.com',
    'ended',
  ]);
  expect(new Set(lines.map((line) => line.commit))).toEqual(new Set([commit]));
});

function describeLine(line: LogLine): string {
  return 'step' in line ? `${line.what} ${line.step} ${line.account?.userPrincipalName}` : line.what;
}
