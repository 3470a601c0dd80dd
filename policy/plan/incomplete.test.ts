import { expect, test } from 'vitest';
import type { Evidence } from '../evidence.ts';
import type { Stage } from '../schemas/account.ts';
import { anAccount, anAppliedAccount, anInForceFile, aTenant } from '../tenant.fixture.ts';
import { planMoves } from './plan.ts';

/** As the audit reads an entry without accountEnabled and userPrincipalName. */
function garbled(account: Evidence): Evidence {
  const incomplete = ['accountEnabled', 'userPrincipalName'];
  return {
    ...account,
    userPrincipalName: String(account.id),
    displayName: account.id,
    accountEnabled: false,
    incomplete,
  };
}

test('an account whose entry is incomplete never enters the plan, however inactive', () => {
  const { moves, waiting } = planMoves(aTenant({ accounts: [garbled(anAccount())] }));
  expect([...moves, ...waiting]).toEqual([]);
});

test.each<Stage>(['notify', 'review', 'disable'])(
  'an account in %s whose entry is incomplete stays there, under the name that it had, with what is missing',
  (stage) => {
    const file = anInForceFile({ account: anAccount(), stage, since: '2026-11-01' });
    const { moves, held, files } = planMoves(
      aTenant({ accounts: [garbled(anAppliedAccount(anAccount(), stage))], inForce: [file] }),
    );
    expect(moves).toEqual([]);
    expect(files.size).toBe(0);
    expect(held[0]?.because).toContain('(accountEnabled and userPrincipalName)');
  },
);

test.each<Stage>(['delicense', 'keep', 'restore'])('an account in %s is not renamed or released for it', (stage) => {
  const file = anInForceFile({ account: anAccount(), stage, since: '2026-11-20' });
  const accounts = [garbled(anAppliedAccount(anAccount(), stage === 'restore' ? 'disable' : stage))];
  const { moves, files } = planMoves(aTenant({ accounts, inForce: [file] }));
  expect(moves).toEqual([]);
  expect(files.size).toBe(0);
});

test('known activity still brings an account back, and its file keeps the name that it had', () => {
  const file = anInForceFile({ account: anAccount(), stage: 'disable', since: '2026-11-20' });
  const back: Evidence = {
    ...garbled(anAppliedAccount(anAccount(), 'disable')),
    signIns: { kind: 'read', lastSuccessful: '2026-12-05', lastAttempt: '2026-12-05' },
  };
  const { moves } = planMoves(aTenant({ accounts: [back], inForce: [file] }));
  expect(moves).toMatchObject([{ to: 'restore', reason: 'active-again' }]);
  expect(moves[0]?.file.account).toEqual(file.file.account);
});
