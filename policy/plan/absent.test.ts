import { expect, test } from 'vitest';
import { addDays } from '../evidence.ts';
import { isTakingStage } from '../files/stage.ts';
import type { Stage } from '../schemas/account.ts';
import { anAccount, anAppliedAccount, anInForceFile, aProposedFile, aTenant, today } from '../tenant.fixture.ts';
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
])('the file of an account that is %s goes, into the archive where something was taken', (_, absence) => {
  for (const stage of stages)
    expect(planFor(stage, absence).moves).toMatchObject([
      { to: isTakingStage(stage) ? 'archive' : null, reason: 'account-gone' },
    ]);
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

test('what a reviewer writes about somebody who may come back stands, unless it moves them on', () => {
  const on = addDays(today, -3);
  const file = anInForceFile({ account: ana, stage: 'review', since: '2026-12-01' });
  const withStage = (stage: Stage) => {
    const edited = { ...file.file, stage, ...(stage === 'keep' ? { reason: 'back in March' } : {}) };
    const proposed = [aProposedFile({ path: file.path, file: edited, touchedByPerson: true })];
    const absent = new Map<string, Absence>([[ana.id, { kind: 'deleted', on }]]);
    return planMoves(aTenant({ inForce: [file], proposed, absent })).files.get(file.path);
  };
  expect(withStage('keep')).toContain('stage: keep');
  expect(withStage('disable')).toBe(file.text);
});

test('anyone who is restored goes on in the stage, with the restore data, that they had', () => {
  const file = anInForceFile({ account: ana, stage: 'disable', since: '2026-11-01' });
  const { moves } = planMoves(aTenant({ accounts: [anAppliedAccount(ana, 'disable')], inForce: [file] }));
  expect(moves).toMatchObject([{ from: 'disable', to: 'delicense' }]);
  expect(moves[0]?.file.restore).toEqual(file.file.restore);
});
