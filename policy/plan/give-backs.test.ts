// The word of give-back/ is written into the account's own file by the next proposal, which takes the file of give-back/ away.
import { expect, test } from 'vitest';
import { anAccount, today } from '../account.fixture.ts';
import { anInForceFile } from '../account-file.fixture.ts';
import { addDays } from '../evidence.ts';
import { parseAccountFile } from '../files/account-file.ts';
import { aGiveBack } from '../give-back/give-back.fixture.ts';
import type { JudgedGiveBack } from '../give-back/judge-give-backs.ts';
import { aSignedFile } from '../signing/signing.fixture.ts';
import { aTenant } from '../tenant.fixture.ts';
import type { InForceFile, PlanInput } from './input.ts';
import { overlayInForce } from './overlay-in-force.ts';
import { planMoves } from './plan.ts';

const account = anAccount({ accountEnabled: false });
const disabled = signed(anInForceFile({ account: anAccount(), stage: 'disable', since: addDays(today, -3) }));
const giveBack = aGiveBack(disabled.file);

function signed(tracked: InForceFile): InForceFile {
  return { ...tracked, file: aSignedFile(tracked.file) };
}

function overlay(tracked: InForceFile, foundAt = tracked.path): InForceFile[] {
  const { path, text, file: value } = tracked;
  const isInAccounts = foundAt === path;
  const judged: JudgedGiveBack = {
    file: giveBack,
    effect: { kind: 'in-effect', account: { path, text, value, foundAt, isInAccounts } },
  };
  return overlayInForce(isInAccounts ? [tracked] : [], [judged], today);
}

function plan(change: Partial<PlanInput>, accounts = [account]) {
  const { idleGiveBacks = [], ...rest } = change;
  return planMoves({ ...aTenant({ accounts, ...rest }), idleGiveBacks });
}

test('the proposal writes restore with the reason, on the facts that main has, and takes the file of give-back/ away', () => {
  const { moves, files } = plan({ inForce: overlay(disabled) });
  expect(moves).toMatchObject([{ from: 'disable', to: 'restore', reason: 'given-back', giveBackPath: giveBack.path }]);
  expect(files.get(giveBack.path)).toBeNull();
  expect(parseAccountFile(disabled.path, files.get(disabled.path) ?? '')).toEqual({
    ...disabled.file,
    stage: 'restore',
    reason: `Back from leave (asked for by @lee on ${today})`,
    desired: { ...disabled.file.desired, accountEnabled: true, mailbox: 'unchanged' },
  });
});

test('it is the same whatever the tenant shows, also where the account is gone', () => {
  for (const accounts of [[], [anAccount()]]) {
    const { moves, files } = plan({ inForce: overlay(disabled) }, accounts);
    expect(moves).toMatchObject([{ to: 'restore', reason: 'given-back' }]);
    expect(files.get(giveBack.path)).toBeNull();
  }
});

test('somebody whose file is in the archive gets a file in accounts/ again, and that of the archive goes', () => {
  const archivePath = disabled.path.replace('/accounts/', '/archive/');
  const archived = [{ path: archivePath, text: disabled.text, file: disabled.file }];
  const { files } = plan({ inForce: overlay(disabled, archivePath), archived });
  expect([...files.keys()].sort()).toEqual([disabled.path, archivePath, giveBack.path].sort());
  expect(files.get(archivePath)).toBeNull();
});

test('a file of give-back/ without effect goes', () => {
  const idle = 'stacks/contoso/give-back/zoe.yaml';
  expect(plan({ inForce: [disabled], idleGiveBacks: [idle] }).files.get(idle)).toBeNull();
});

test('while people hold the account’s own file at its stage in the open proposal, the file of give-back/ stays', () => {
  const text = disabled.text.replace('stage: disable', 'stage: disable # for now');
  const theirs = { path: disabled.path, text, file: disabled.file, touchedByPerson: true };
  const { files } = plan({ inForce: overlay(disabled), proposed: [theirs] });
  const written = files.get(disabled.path) ?? null;
  const isGivenBack = written !== null && parseAccountFile(disabled.path, written).stage === 'restore';
  expect(files.has(giveBack.path)).toBe(isGivenBack);
});
