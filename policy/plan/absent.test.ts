import { expect, test } from 'vitest';
import { anAccount, anInForceFile, applied, aTenant, today } from '../a-tenant.ts';
import { addDays } from '../evidence.ts';
import type { Stage } from '../schemas/account.ts';
import type { Absence } from './input.ts';
import { planMoves } from './plan.ts';

const ana = anAccount();
const stages: Stage[] = ['notify', 'review', 'disable', 'delicense', 'keep', 'restore'];

/** What becomes of Ana's file when the listing does not show her. */
function planFor(stage: Stage, absence: Absence) {
  const file = anInForceFile({ account: ana, stage, since: '2026-10-25' });
  return planMoves(aTenant({ inForce: [file], absent: new Map([[ana.id, absence]]) }));
}

test.each(stages)('the file of an account in %s stays for as long as the bin can hold it', (stage) => {
  for (const days of [0, 1, 29, 30]) {
    const on = addDays(today, -days);
    const { moves, held, files, deletable } = planFor(stage, { kind: 'deleted', on });
    expect([moves, [...files], deletable]).toEqual([[], [], []]);
    expect(held).toMatchObject([
      {
        stage,
        because: `deleted on ${on} and can be restored until ${addDays(on, 30)}; its file stays until then`,
      },
    ]);
  }
});

test.each<[string, Absence]>([
  ['gone for good', { kind: 'gone' }],
  ['deleted longer ago than the bin keeps anybody', { kind: 'deleted', on: addDays(today, -31) }],
])('the file of an account that is %s goes', (_, absence) => {
  for (const stage of stages)
    expect(planFor(stage, absence).moves).toMatchObject([{ to: null, reason: 'account-gone' }]);
});

test.each<Absence>([{ kind: 'not-listed' }, { kind: 'unknown' }])(
  'a file is not let go on a listing alone: %o',
  (absence) => {
    for (const stage of stages) {
      const { moves, held } = planFor(stage, absence);
      expect(moves).toEqual([]);
      expect(held).toHaveLength(1);
    }
  },
);

test('whoever is restored goes on in the stage, with the restore data, that they had', () => {
  const file = anInForceFile({ account: ana, stage: 'disable', since: '2026-11-01' });
  const { moves } = planMoves(aTenant({ accounts: [applied(ana, 'disable')], inForce: [file] }));
  expect(moves).toMatchObject([{ from: 'disable', to: 'delicense' }]);
  expect(moves[0]?.file.restore).toEqual(file.file.restore);
});
