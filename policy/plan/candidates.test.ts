import { expect, test } from 'vitest';
import type { Evidence } from '../evidence.ts';
import {
  aLicense,
  anAccount,
  anInForceFile,
  aProposedFile,
  aTenant,
  lastSeen,
  signedIn,
  type TenantChange,
  today,
} from '../tenant.fixture.ts';
import { planMoves } from './plan.ts';

function named(userPrincipalName: string, change: Partial<Evidence> = {}): Evidence {
  return anAccount({ userPrincipalName, ...change });
}

/** Who enters, in the order in which the caps let them in. */
function entering(accounts: readonly Evidence[], tenant: TenantChange = {}): string[] {
  const order: string[] = [];
  for (let cap = 1; cap <= accounts.length; cap++) {
    const policy = { ...tenant.policy, limits: { newAccountsPerAudit: cap } };
    const { moves } = planMoves(aTenant({ ...tenant, accounts, policy }));
    const added = moves.map(({ file }) => file.account.userPrincipalName).filter((name) => !order.includes(name));
    order.push(...added);
  }
  return order;
}

const dear = named('dear@contoso.com', { licenses: [aLicense('SPE_E5')] });
const cheap = named('cheap@contoso.com', { licenses: [aLicense('EMS')] });
const longSilent = named('silent@contoso.com', {
  licenses: [aLicense('EMS')],
  usage: lastSeen({ exchange: '2025-01-01' }),
  signIns: signedIn(null),
});
const unlicensed = named('unlicensed@contoso.com', { licenses: [] });
const never = named('never@contoso.com', { licenses: [], usage: lastSeen(), signIns: signedIn(null) });

test('the most reclaimable come first, then the longest silent, then by name', () => {
  const alike = named('alike@contoso.com', { licenses: [aLicense('EMS')] });
  const accounts = [never, unlicensed, cheap, alike, longSilent, dear];
  expect(entering(accounts)).toEqual([
    'dear@contoso.com',
    'silent@contoso.com',
    'alike@contoso.com',
    'cheap@contoso.com',
    'unlicensed@contoso.com',
    'never@contoso.com',
  ]);
});

test('under id-only who enters has a file named by id, and who has a file already keeps its name', () => {
  const accounts = [anAccount(), named('bo@contoso.com'), named('cy@contoso.com')];
  const [ana, bo, cy] = accounts;
  const before = aTenant({
    accounts,
    inForce: [anInForceFile({ account: anAccount(), stage: 'notify', since: '2026-11-30' })],
  });
  const { file } = anInForceFile({ account: named('bo@contoso.com'), stage: 'notify', since: '2026-12-07' });
  const { moves } = planMoves({
    ...before,
    proposed: [aProposedFile({ path: 'stacks/contoso/accounts/bo@contoso.com.yaml', file })],
    rules: { ...before.rules, policy: { ...before.rules.policy, privacy: { names: 'id-only' } } },
  });
  expect(Object.fromEntries(moves.map(({ file, path }) => [file.account.id, path.split('/').at(-1)]))).toEqual({
    [ana?.id ?? '']: 'ana.reyes@contoso.com.yaml',
    // Its pull request is open already.
    [bo?.id ?? '']: 'bo@contoso.com.yaml',
    [cy?.id ?? '']: `${cy?.id}.yaml`,
  });
});

test('an account enters with its evidence, what it has, and nothing taken', () => {
  const [move] = planMoves(aTenant({ accounts: [anAccount()] })).moves;
  expect(move).toMatchObject({
    path: 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml',
    from: null,
    to: 'notify',
    reason: 'inactive',
    because: 'no activity since 2026-07-15 (143 days)',
    file: {
      stage: 'notify',
      desired: { accountEnabled: true, mailbox: 'unchanged', licenses: ['SPE_E3'] },
      evidence: { auditedOn: today, reportRefreshDate: '2026-12-05', inactiveDays: 143 },
      restore: { accountEnabled: true, mailbox: 'user' },
      savings: { monthly: 36, currency: 'USD', heldBack: [] },
    },
  });
  const [other] = planMoves(aTenant({ accounts: [never] })).moves;
  expect(other?.because).toBe('no activity was ever seen');
});

test('an account that has a file does not enter a second time', () => {
  const inForce = [anInForceFile({ account: anAccount(), stage: 'notify', since: '2026-12-04' })];
  expect(planMoves(aTenant({ accounts: [anAccount()], inForce })).moves).toEqual([]);
});

test('only what may be planned by a machine enters', () => {
  const accounts = [
    named('active@contoso.com', { signIns: signedIn(today) }),
    named('ceo@contoso.com', { jobTitle: 'CEO' }),
    named('svc-x@contoso.com'),
    named('breakglass@contoso.com'),
    named('it-lifecycle@contoso.com'),
    named('guest@contoso.com', { userType: 'guest' }),
    named('synced@contoso.com', { onPremisesSyncEnabled: true }),
    named('never@contoso.com', { usage: lastSeen(), signIns: signedIn(null) }),
    named('missing@contoso.com', { usage: { kind: 'missing' } }),
    named('exempt@contoso.com'),
    named('off@contoso.com', { accountEnabled: false, licenses: [] }),
  ];
  const exemptions = [{ account: 'exempt@*', reason: 'leave', owner: 'Lee', until: '2027-01-01' }];
  const plan = planMoves(aTenant({ accounts, exemptions }));
  expect({ moves: plan.moves, waiting: plan.waiting, files: [...plan.files.keys()] }).toEqual({
    moves: [],
    waiting: [],
    // The executive's is HR's, and moves nobody.
    files: ['stacks/contoso/escalations.yaml'],
  });
});

test('synced accounts enter where the policy includes them, but never one that was never active', () => {
  const accounts = [
    named('synced@contoso.com', { onPremisesSyncEnabled: true }),
    named('never@contoso.com', { onPremisesSyncEnabled: true, usage: lastSeen(), signIns: signedIn(null) }),
  ];
  const { moves } = planMoves(aTenant({ accounts, policy: { onPremises: { plan: 'include' } } }));
  expect(moves.map(({ file }) => file.account.userPrincipalName)).toEqual(['synced@contoso.com']);
});

test('who is on the open proposal stays first, so that the caps swap nobody', () => {
  const tenant: TenantChange = { policy: { limits: { newAccountsPerAudit: 1 } } };
  const first = planMoves(aTenant({ ...tenant, accounts: [cheap] }));
  const proposed = first.moves.map(({ path, file }) => aProposedFile({ path, file }));
  const again = planMoves(aTenant({ ...tenant, accounts: [dear, cheap], proposed }));
  expect(again.moves.map(({ file }) => file.account.userPrincipalName)).toEqual(['cheap@contoso.com']);
  expect(again.waiting.map(({ judged }) => judged.evidence.userPrincipalName)).toEqual(['dear@contoso.com']);
});

test('a pull request that was closed unmerged stays closed for its accounts until its day', () => {
  const declined = [{ accountId: anAccount().id.toUpperCase(), until: '2026-12-08' }];
  const closed = planMoves(aTenant({ accounts: [dear, anAccount()], declined }));
  expect(closed.moves.map(({ path }) => path)).toEqual(['stacks/contoso/accounts/dear@contoso.com.yaml']);
  expect(closed.declined.map(({ evidence }) => evidence.userPrincipalName)).toEqual(['ana.reyes@contoso.com']);
  const over = planMoves(
    aTenant({
      accounts: [anAccount()],
      declined: [{ ...declined[0], accountId: anAccount().id, until: today }],
    }),
  );
  expect(over.moves).toHaveLength(1);
  expect(over.declined).toEqual([]);
});

test('declined accounts are listed by name, in whatever order the tenant lists them', () => {
  const declined = [dear, cheap].map(({ id }) => ({ accountId: id, until: '2027-01-01' }));
  const names = (accounts: Evidence[]) =>
    planMoves(aTenant({ accounts, declined })).declined.map(({ evidence }) => evidence.userPrincipalName);
  expect(names([dear, cheap])).toEqual(['cheap@contoso.com', 'dear@contoso.com']);
  expect(names([cheap, dear])).toEqual(names([dear, cheap]));
});

test('a declined account that has a file already goes on its way', () => {
  const inForce = [anInForceFile({ account: anAccount(), stage: 'notify', since: '2026-11-30' })];
  const declined = [{ accountId: anAccount().id, until: '2027-01-01' }];
  expect(planMoves(aTenant({ accounts: [anAccount()], inForce, declined })).moves[0]?.to).toBe('review');
});

test('two people whose names are alike on a disk get two files, and keep them from run to run', () => {
  const accounts = [named('ana+x@contoso.com'), named("ana'x@contoso.com"), named('ANA-X@contoso.com')];
  const first = planMoves(aTenant({ accounts }));
  expect(new Set(first.moves.map(({ path }) => path.toLowerCase())).size).toBe(3);
  const proposed = first.moves.map(({ path, file }) => aProposedFile({ path, file }));
  const again = planMoves(aTenant({ accounts: [...accounts].reverse(), proposed }));
  const ids = ({ moves }: typeof first) => moves.map(({ path, file }) => [path, file.account.id]);
  expect(ids(again)).toEqual(ids(first));
});

test('a name that is taken on main, even in other case, is not written over', () => {
  const bob = anInForceFile({ account: named('bob@contoso.com'), stage: 'notify', since: '2026-12-04' });
  const inForce = [{ ...bob, path: 'stacks/contoso/accounts/Ana.Reyes@contoso.com.yaml' }];
  const [move] = planMoves(aTenant({ accounts: [anAccount(), named('bob@contoso.com')], inForce })).moves;
  expect(move?.path).toBe(`stacks/contoso/accounts/ana.reyes@contoso.com-${anAccount().id.slice(0, 8)}.yaml`);
});
