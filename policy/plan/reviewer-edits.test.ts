import { expect, test } from 'vitest';
import type { Evidence } from '../evidence.ts';
import { serialiseAccountFile } from '../files/account-file.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import {
  anAccount,
  anAppliedAccount,
  anInForceFile,
  aProposedFile,
  aTenant,
  signedIn,
  type TenantChange,
  today,
} from '../tenant.fixture.ts';
import type { InForceFile, ProposedFile } from './input.ts';
import type { Move, Plan } from './move.ts';
import { planMoves } from './plan.ts';
import { listProposedExemptions } from './reviewer-edits.ts';
import { putBackWords } from './taken-out-files.ts';

const path = 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml';

interface Story {
  /** null: the account has no file on main yet. */
  stage: Stage | null;
  /** What the reviewer makes of the proposed file; null: takes it out. */
  edit: ((file: AccountFile) => AccountFile) | null;
  /** What the account has turned into since. */
  now?: Partial<Evidence>;
  tenant?: TenantChange;
}

/** The audit proposes, a person edits the branch, the audit runs again. */
function secondRun({ stage, edit, now = {}, tenant = {} }: Story) {
  const account = anAccount();
  const inForce = stage === null ? [] : [anInForceFile({ account, stage, since: '2026-11-30' })];
  const accounts = [stage === null ? account : anAppliedAccount(account, stage)];
  const [first] = planMoves(aTenant({ accounts, inForce })).moves;
  if (first === undefined) throw new Error('the story begins with a proposal');
  const file = edit?.(first.file) ?? null;
  // As people write: with a comment of their own.
  const text = file && `${serialiseAccountFile(file)}# agreed with Lee\n`;
  const theirs: ProposedFile = { path: first.path, text, file, touchedByPerson: true };
  const plan = planMoves(
    aTenant({
      accounts: accounts.map((seen) => ({ ...seen, ...now })),
      inForce,
      proposed: [theirs],
      ...tenant,
    }),
  );
  return { plan, text, move: plan.moves[0] };
}

function onMain(stage: Stage): string {
  return anInForceFile({ account: anAccount(), stage, since: '2026-11-30' }).text;
}

function kept(file: AccountFile): AccountFile {
  return { ...file, stage: 'keep', reason: 'on a project until March' };
}

const asProposed = (file: AccountFile) => file;
const active = { signIns: signedIn(today) };

test.each<[Stage | null]>([[null], ['notify'], ['review'], ['disable']])(
  'a reviewer’s keep after %s stands with every byte, run after run',
  (stage) => {
    const { plan, text, move } = secondRun({ stage, edit: kept });
    expect(plan.files).toEqual(new Map([[path, text]]));
    expect(move).toMatchObject({
      from: stage,
      to: 'keep',
      reason: 'changed-by-reviewer',
      because: 'on a project until March',
    });
  },
);

test('a reviewer’s comment or kept licence stands, too', () => {
  const { plan, text, move } = secondRun({
    stage: 'disable',
    edit: (file) => ({ ...file, desired: { ...file.desired, licenses: ['SPE_E3'] } }),
  });
  expect(plan.files.get(path)).toBe(text);
  expect(move).toMatchObject({ to: 'delicense', because: 'a reviewer edited the file in this proposal' });
});

test('who is left in the present stage by a reviewer is named so, and nothing of theirs is rewritten', () => {
  const { plan, text, move } = secondRun({ stage: 'review', edit: (file) => ({ ...file, stage: 'review' }) });
  expect(plan.files.get(path)).toBe(text);
  expect(move).toMatchObject({ from: 'review', to: 'review', because: 'a reviewer left it in review' });
});

test('a file that a reviewer put back to what main says is left there, without a change to show', () => {
  const account = anAccount();
  const file = anInForceFile({ account, stage: 'review', since: '2026-11-30' });
  const theirs: ProposedFile = { path, text: file.text, file: file.file, touchedByPerson: true };
  const plan = planMoves(aTenant({ accounts: [account], inForce: [file], proposed: [theirs] }));
  expect(plan.files.size).toBe(0);
  expect(plan.moves).toMatchObject([{ from: 'review', to: 'review', because: 'a reviewer left it in review' }]);
});

test('a new file that a reviewer took out does not come back', () => {
  const { plan, move } = secondRun({ stage: null, edit: null });
  expect(plan.files.size).toBe(0);
  expect(move).toMatchObject({
    from: null,
    to: null,
    because: 'a reviewer took the file out of this proposal',
  });
});

test('a file on main that a reviewer took out is put back, which is said', () => {
  const due = secondRun({ stage: 'review', edit: null });
  expect(due.plan.files.get(path)).toContain('stage: disable');
  expect(due.move).toMatchObject({ from: 'review', to: 'disable', because: expect.stringContaining(putBackWords) });
  const held = secondRun({ stage: 'review', edit: null, now: { usage: { kind: 'missing' } } });
  expect(held.plan.files).toEqual(new Map([[path, onMain('review')]]));
  expect(held.move).toMatchObject({ from: 'review', to: 'review', because: putBackWords });
});

test.each<[string, Story['now'] & object, TenantChange, string]>([
  ['active again', active, {}, 'active-again'],
  ['an executive', { jobTitle: 'CEO' }, {}, 'protected'],
  ['a guest', { userType: 'guest' }, {}, 'protected'],
  [
    'exempt',
    {},
    { exemptions: [{ account: 'ana.reyes@*', reason: 'on leave', owner: 'Lee', until: '2027-01-01' }] },
    'exempted',
  ],
])('a reviewer’s edit does not walk an account on that is %s by now', (_what, now, tenant, reason) => {
  for (const stage of ['review', 'disable'] as const) {
    const { plan, text, move } = secondRun({ stage, edit: asProposed, now, tenant });
    expect(plan.files.get(path)).not.toBe(text);
    expect(move).toMatchObject({ to: stage === 'review' ? null : 'restore', reason });
  }
  const entering = secondRun({ stage: null, edit: asProposed, now, tenant });
  expect(entering.plan.files.get(path)).toBeNull();
  expect(entering.plan.moves).toMatchObject([{ from: null, to: null, reason }]);
});

test('a reviewer’s keep stands even when the account is active by now', () => {
  for (const stage of [null, 'review', 'disable'] as const) {
    const { plan, text, move } = secondRun({ stage, edit: kept, now: active });
    expect(plan.files.get(path)).toBe(text);
    expect(move?.to).toBe('keep');
  }
});

test('who is active by now gets back what was taken, although a reviewer took the file out', () => {
  expect(secondRun({ stage: 'disable', edit: null, now: active }).plan.files.get(path)).toContain('stage: restore');
});

test('in doubt a reviewer’s edit moves nobody on, and the account stays where it is on main', () => {
  const now: Partial<Evidence> = { usage: { kind: 'missing' } };
  for (const stage of ['notify', 'review', 'disable'] as const) {
    const { plan } = secondRun({ stage, edit: asProposed, now });
    expect(plan.files).toEqual(new Map([[path, onMain(stage)]]));
    expect(plan.moves).toMatchObject([
      {
        from: stage,
        to: stage,
        because: 'the evidence does not suffice to go on: the usage report has no row for this account',
      },
    ]);
    expect(plan.held.map((held) => held.stage)).toEqual([stage]);
  }
});

test('in doubt a reviewer’s keep, or an edit that moves nobody, stands', () => {
  const now: Partial<Evidence> = { usage: { kind: 'missing' } };
  expect(secondRun({ stage: 'review', edit: kept, now }).move?.to).toBe('keep');
  const stays = secondRun({ stage: 'review', edit: (file) => ({ ...file, stage: 'review' }), now });
  expect(stays.plan.files.get(path)).toBe(stays.text);
});

test('an account that is gone is let go, whatever a reviewer made of its file', () => {
  const gone: TenantChange = { accounts: [] };
  expect(secondRun({ stage: 'review', edit: kept, tenant: gone }).move).toMatchObject({
    reason: 'account-gone',
  });
  const entering = secondRun({ stage: null, edit: asProposed, tenant: gone });
  expect(entering.plan.files).toEqual(new Map([[path, null]]));
  expect(entering.move).toMatchObject({ from: null, to: null, reason: 'account-gone' });
});

function withTheirs(
  theirs: Partial<ProposedFile>,
  inForce: readonly InForceFile[] = [],
  accounts = [anAccount()],
): Plan {
  const proposed = [aProposedFile({ path, touchedByPerson: true, ...theirs })];
  return planMoves(aTenant({ accounts, inForce, proposed }));
}

function only({ moves }: Plan): Pick<Move, 'from' | 'to' | 'because'>[] {
  return moves.map(({ from, to, because }) => ({ from, to, because }));
}

test('an edit that cannot be read yet is kept as it is, and said so', () => {
  const text = 'stage: [keep\n';
  const because = 'a reviewer’s edit cannot be read yet; the check names the line';
  const inForce = [anInForceFile({ account: anAccount(), stage: 'review', since: '2026-11-30' })];
  const known = withTheirs({ text }, inForce);
  expect(known.files).toEqual(new Map([[path, text]]));
  expect(only(known)).toEqual([{ from: 'review', to: 'review', because }]);
  const fresh = withTheirs({ text });
  expect(fresh.files).toEqual(new Map([[path, text]]));
  expect(only(fresh)).toEqual([{ from: null, to: 'notify', because }]);
  const stranger = withTheirs({ path: 'stacks/contoso/accounts/x.yaml', text }, [], []);
  expect(stranger.files).toEqual(new Map([['stacks/contoso/accounts/x.yaml', text]]));
  expect(stranger.moves).toEqual([]);
});

test('a file that a reviewer added by hand enters, under the name they gave it', () => {
  const account = anAccount();
  const { file } = anInForceFile({ account, stage: 'notify', since: today });
  const own = 'stacks/contoso/accounts/by-hand.yaml';
  const plan = withTheirs({ path: own, file, text: serialiseAccountFile(file) });
  expect([...plan.files.keys()]).toEqual([own]);
  expect(plan.moves).toMatchObject([{ path: own, to: 'notify', reason: 'changed-by-reviewer' }]);
});

test('other files that people changed on the branch are left as they made them', () => {
  const text = 'exemptions: [{ account: kim@contoso.com, reason: leave, owner: Lee, until: 2027-02-01 }]\n';
  expect(withTheirs({ path: 'exemptions.yaml', text }, [], []).files).toEqual(new Map([['exemptions.yaml', text]]));
  const archived = 'stacks/contoso/archive/bob@contoso.com.yaml';
  // What the plan says nothing of stays as it is on the branch.
  expect(withTheirs({ path: archived, text: '# note\n' }, [], []).files).toEqual(new Map());
});

test('what the machine had proposed and no longer would goes back to what main says', () => {
  const inForce = [anInForceFile({ account: anAccount(), stage: 'review', since: '2026-11-30' })];
  const [first] = planMoves(aTenant({ accounts: [anAccount()], inForce })).moves;
  const proposed = [aProposedFile({ path, file: first?.file ?? null })];
  const accounts = [anAccount({ usage: { kind: 'missing' } })];
  const plan = planMoves(aTenant({ accounts, inForce, proposed }));
  expect({ moves: plan.moves, files: plan.files.size }).toEqual({ moves: [], files: 0 });
});

const onLeave = `exemptions:
  - account: ana.reyes@contoso.com
    reason: on leave
    owner: HR
    until: 2027-03-01
`;

test('an exemption that a reviewer wrote on the branch holds for the plan before it is merged', () => {
  const written = { path: 'exemptions.yaml', text: onLeave, file: null, touchedByPerson: true };
  const exemptions = listProposedExemptions([written]);
  expect(exemptions).toMatchObject([{ account: 'ana.reyes@contoso.com', owner: 'HR' }]);
  const plan = planMoves(aTenant({ accounts: [anAccount()], proposed: [written], exemptions }));
  expect(plan.moves).toEqual([]);
  expect([...plan.files]).toEqual([['exemptions.yaml', onLeave]]);
});

test.each([
  ['the pipeline itself wrote', { text: onLeave, touchedByPerson: false }],
  ['a person has not finished', { text: 'exemptions:\n  - account: ana', touchedByPerson: true }],
  ['a person took away', { text: null, touchedByPerson: true }],
])('an exemptions.yaml that %s exempts nobody', (_, written) => {
  expect(listProposedExemptions([{ path: 'exemptions.yaml', file: null, ...written }])).toEqual([]);
});
