// The word that lets the files of a OneDrive go is a person's, like every edit of `desired`: on the branch and on main.
import { expect, test } from 'vitest';
import type { Evidence } from '../evidence.ts';
import { parseAccountFile } from '../files/account-file.ts';
import type { Stage } from '../schemas/account.ts';
import { anAccount, anAppliedAccount, anInForceFile, aProposedFile, aTenant } from '../tenant.fixture.ts';
import type { InForceFile } from './input.ts';
import { planMoves } from './plan.ts';

const ana: Evidence = anAccount({
  oneDrive: { kind: 'seen', storageUsedBytes: 3e9, files: 812, lastUsedOn: '2026-06-30' },
});

/** As a person writes it, in the browser or by `dormant release-files`. */
function withWord({ text, ...tracked }: InForceFile): InForceFile {
  const edited = text.replace(/( {2}licenses: .*\n)/, '$1  oneDrive: release # Lee has what is needed\n');
  return { ...tracked, text: edited, file: parseAccountFile(tracked.path, edited) };
}

function onMain(stage: Stage): InForceFile {
  return anInForceFile({ account: ana, stage, since: '2026-11-30' });
}

function planned(stage: Stage, change: (file: InForceFile) => InForceFile, branch: InForceFile[] = []) {
  const inForce = change(onMain(stage));
  const proposed = branch.map(({ path, text, file }) => aProposedFile({ path, text, file, touchedByPerson: true }));
  return planMoves(aTenant({ accounts: [anAppliedAccount(ana, stage)], inForce: [inForce], proposed }));
}

test('a OneDrive that nobody has released keeps its licence in delicense', () => {
  const [move] = planned('disable', (file) => file).moves;
  expect(move).toMatchObject({ to: 'delicense', file: { desired: { licenses: ['SPE_E3'] } } });
});

test('released on main, its licence goes with the next move, and the word stays with what stands beside it', () => {
  const plan = planned('disable', withWord);
  expect(plan.moves).toMatchObject([{ to: 'delicense', file: { desired: { licenses: [], oneDrive: 'release' } } }]);
  expect([...plan.files.values()][0]).toContain('  oneDrive: release # Lee has what is needed\n');
});

test('released on the proposal’s branch, the person’s version stands as it was written', () => {
  const theirs = withWord(onMain('delicense'));
  const plan = planned('delicense', (file) => ({ ...file, file: onMain('delicense').file }), [theirs]);
  expect(plan.files.get(theirs.path)).toBe(theirs.text);
  expect(plan.moves).toMatchObject([{ to: 'delicense', reason: 'changed-by-reviewer' }]);
});
