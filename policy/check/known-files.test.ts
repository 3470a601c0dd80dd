import { expect, test } from 'vitest';
import { addDays } from '../evidence.ts';
import { parseAccountFile, serialiseAccountFile } from '../files/account-file.ts';
import { planMoves } from '../plan/plan.ts';
import { AccountFile } from '../schemas/account.ts';
import {
  anAccount,
  anAppliedAccount,
  anInForceFile,
  aPolicy,
  aTenant,
  lastSeen,
  signedIn,
  today,
} from '../tenant.fixture.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { checkStack } from './check.ts';

const ana = anAccount({ usage: lastSeen({ exchange: '2026-01-05' }), signIns: signedIn('2026-01-05') });
const since = addDays(today, -20);
const tracked = anInForceFile({ account: ana, stage: 'delicense', since });
const before: AccountFile = {
  ...tracked.file,
  desired: { ...tracked.file.desired, licenses: ['SPE_E3'] },
  savings: {
    monthly: 0,
    currency: 'USD',
    heldBack: [{ skuPartNumber: 'SPE_E3', reason: 'onedrive-unknown' }],
  },
  oneDrive: { gigabytes: null, files: null, lastUse: null },
};

/** As the audit writes it, once a report has shown a small OneDrive. */
const known = ((): AccountFile => {
  const inForce = [{ ...tracked, file: before, text: serialiseAccountFile(before) }];
  const oneDrive = { kind: 'seen', storageUsedBytes: 120 * 1024 ** 2, files: 40, lastUsedOn: null } as const;
  const account = { ...anAppliedAccount(ana, 'disable'), oneDrive };
  const text = planMoves(aTenant({ accounts: [account], inForce })).files.get(tracked.path) ?? '';
  return parseAccountFile(tracked.path, text);
})();

function codes(after: AccountFile, changesPerApply = 1): string[] {
  return checkStack({
    stack: 'contoso',
    today,
    policy: aPolicy({ limits: { changesPerApply } }),
    pipelineAccounts: [],
    base: new Map([[tracked.path, { file: before, since }]]),
    head: [parseYaml(AccountFile, tracked.path, serialiseAccountFile(after))],
    exemptions: null,
    escalations: null,
  }).map(({ code }) => code);
}

test('a licence that goes because its OneDrive is known by now passes, and the caps count it', () => {
  expect(known).toMatchObject({ desired: { licenses: [] }, oneDrive: { gigabytes: 0.12 } });
  expect(codes(known)).toEqual([]);
  expect(codes(known, 0)).not.toEqual([]);
});

test.each<[string, Partial<AccountFile>]>([
  ['without new evidence', { evidence: before.evidence }],
  ['without what it holds', { oneDrive: { gigabytes: null, files: null, lastUse: null } }],
  ['with other money', { savings: { ...known.savings, currency: 'EUR' } }],
])('%s it does not', (_, change) => {
  expect(codes({ ...known, ...change })).toContain('record-edited');
});
