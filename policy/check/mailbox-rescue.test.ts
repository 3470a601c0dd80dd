import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../evidence.ts';
import { parseAccountFile, serialiseAccountFile } from '../files/account-file.ts';
import { computeRemovals } from '../files/removals.ts';
import { computeEffectiveDesired } from '../files/stage.ts';
import { planMoves } from '../plan/plan.ts';
import { AccountFile, heldBackReasons } from '../schemas/account.ts';
import {
  aLicense,
  anAccount,
  anAppliedAccount,
  anInForceFile,
  aPolicy,
  aTenant,
  idOf,
  today,
} from '../tenant.fixture.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { checkStack } from './check.ts';

const inherited = aLicense('SPE_F1', { assignedByGroup: idOf('group') });
const ana = anAccount({ licenses: [aLicense('SPE_E3'), aLicense('EMS'), inherited] });
const tracked = anInForceFile({ account: ana, stage: 'delicense', since: addDays(today, -10) });
const before: AccountFile = {
  ...tracked.file,
  desired: { ...tracked.file.desired, licenses: ['SPE_F1'], oneDrive: 'release' },
  savings: {
    monthly: 46.6,
    currency: 'USD',
    heldBack: [{ skuPartNumber: 'SPE_F1', reason: 'inherited-from-group' }],
  },
};

/** As the audit writes it. */
const saved = ((): AccountFile => {
  const { path } = tracked;
  const inForce = [{ ...tracked, file: before, text: serialiseAccountFile(before) }];
  const now = { ...anAppliedAccount(ana, 'delicense'), licenses: [], mailbox: ana.mailbox };
  const text = planMoves(aTenant({ accounts: [now], inForce })).files.get(path) ?? '';
  return parseAccountFile(path, text);
})();

function codes(after: AccountFile, main: AccountFile = before): string[] {
  const { path } = tracked;
  return checkStack({
    stack: 'contoso',
    today,
    policy: aPolicy({ limits: { changesPerApply: 0, changesPerDepartment: 0 } }),
    pipelineAccounts: [],
    base: new Map([[path, { file: main, since: addDays(today, -10) }]]),
    head: [parseYaml(AccountFile, path, serialiseAccountFile(after))],
    exemptions: null,
    escalations: null,
  }).map(({ code }) => code);
}

test('the licence that saves a mailbox passes, and no cap counts it', () => {
  expect(saved.savings.heldBack).toContainEqual({
    skuPartNumber: 'SPE_E3',
    reason: 'mailbox-flipped-back',
  });
  expect(codes(saved)).toEqual([]);
});

test.each<[string, Partial<AccountFile>]>([
  ['new evidence', { evidence: { ...before.evidence, auditedOn: today } }],
  ['another record', { restore: { ...before.restore, licenses: before.restore.licenses.slice(0, 1) } }],
  ['more savings', { savings: { ...saved.savings, monthly: 50 } }],
  ['other money', { savings: { ...saved.savings, currency: 'EUR' } }],
  ['a licence less that is held back', { savings: { ...saved.savings, heldBack: saved.savings.heldBack.slice(1) } }],
  [
    'another reason for a licence that was held back',
    {
      savings: {
        ...saved.savings,
        heldBack: [{ skuPartNumber: 'SPE_F1', reason: 'onedrive-files' }, ...saved.savings.heldBack.slice(1)],
      },
    },
  ],
  [
    'a licence that it never had',
    {
      desired: { ...saved.desired, licenses: ['SPE_E5', 'SPE_F1'] },
      savings: {
        ...saved.savings,
        heldBack: [...before.savings.heldBack, { skuPartNumber: 'SPE_E5', reason: 'mailbox-flipped-back' }],
      },
    },
  ],
  ['a day before the first one', { mailbox: { lostFrom: today, lostBy: addDays(today, -1) } }],
  ['a day that no audit can have found', { mailbox: { lostFrom: today, lostBy: addDays(today, 31) } }],
  ['the record of somebody else', { account: { ...saved.account, id: idOf('bo') } }],
  ['a licence that is not asked for', { desired: before.desired }],
])('with it does not go %s', (_, change) => {
  expect(codes({ ...saved, ...change })).not.toEqual([]);
});

test('a block does not go with it, where a reviewer had left sign-in allowed', () => {
  const main = { ...before, desired: { ...before.desired, accountEnabled: true } };
  expect(codes(saved, main)).toContain('record-edited');
});

test('a mailbox that was saved gets other days only when it is lost anew, and later', () => {
  const later = { lostFrom: today, lostBy: addDays(today, 30) };
  const main = { ...saved, mailbox: { lostFrom: addDays(today, -40), lostBy: addDays(today, -30) } };
  expect(codes({ ...main, mailbox: later }, main)).toEqual([]);
  const earlier = { lostFrom: addDays(today, -60), lostBy: addDays(today, -50) };
  expect(codes({ ...main, mailbox: earlier }, main)).toEqual(['record-edited']);
});

test('its days are the audit’s to write: not without the licence', () => {
  expect(codes({ ...before, mailbox: { lostFrom: today, lostBy: today } })).toEqual(['record-edited']);
});

const skus = ['SPE_E3', 'EMS', 'SPE_F1'];
const anyEntry = fc.record({
  skuPartNumber: fc.constantFrom(...skus),
  reason: fc.constantFrom(...heldBackReasons, 'mailbox-flipped-back'),
});
/** Some fields of the file are as the audit writes them, the others are somebody's. */
const anyEdit = fc.record(
  {
    savings: fc.record({
      monthly: fc.constantFrom(0, 10.6, 46.6, 50),
      currency: fc.constant('USD'),
      heldBack: fc
        .tuple(fc.subarray(saved.savings.heldBack), fc.array(anyEntry, { maxLength: 2 }))
        .map((parts) => parts.flat()),
    }),
    desired: fc.record(
      {
        accountEnabled: fc.boolean(),
        mailbox: fc.constantFrom('unchanged' as const, 'shared' as const),
        licenses: fc.subarray(skus),
        oneDrive: fc.constant('release' as const),
      },
      { requiredKeys: ['accountEnabled', 'mailbox', 'licenses'] },
    ),
  },
  { requiredKeys: [] },
);

test('whatever is written into a delicensed file, the check lets nothing pass that takes more', () => {
  let passed = 0;
  fc.assert(
    fc.property(anyEdit, (edit) => {
      const after = { ...saved, ...edit };
      if (codes(after).length > 0) return;
      passed += Object.keys(edit).length > 0 ? 1 : 0;
      const taken = computeRemovals(computeEffectiveDesired(before), computeEffectiveDesired(after));
      expect(taken).toEqual({ signIn: false, mailbox: false, licenses: [] });
    }),
    { numRuns: 1500 },
  );
  expect(passed).toBeGreaterThan(10);
});
