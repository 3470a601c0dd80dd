// What of the files counts in a run, by main's line and by what the state has noted.
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { verifySignature } from '../forge/facts-key.ts';
import { anAccountFile, listFormerFiles } from '../policy/account-file.fixture.ts';
import { chooseAccountPath, serialiseAccountFile } from '../policy/files/account-file.ts';
import { loadStack } from '../policy/files/stack-files.ts';
import { aPolicy, prices } from '../policy/policy.fixture.ts';
import type { AccountFile, Stage } from '../policy/schemas/account.ts';
import type { Signing } from '../policy/schemas/signing.ts';
import { type AppliedRecord, updateAppliedRecord } from '../policy/signing/key-trust.ts';
import { aFactsKey, aSignedFile, aSigning, contoso } from '../policy/signing/signing.fixture.ts';
import { accountType, packInputs, packOutputs, toAccountInputs } from './account/account-state.ts';
import type { StateResource } from './provider/resource.ts';
import { buildUrn, toResourceName } from './provider/resource-name.ts';
import { packNotes, signingRecordName, signingRecordType } from './signing-record-state.ts';
import { tipWith } from './trusted-files.fixture.ts';
import { type TrustedStack, trustFiles } from './trusted-files.ts';

const today = '2026-12-07';
const belongings: AccountFile['restore'] = {
  ...{ accountEnabled: true, mailbox: 'user' },
  licenses: [
    {
      skuPartNumber: 'SPE_E3',
      skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965',
      assignedByGroup: null,
      disabledPlans: [],
    },
  ],
};
const unsigned = (stage: Stage) => anAccountFile(stage, { restore: belongings });
const signed = (stage: Stage, key = 'tests') => aSignedFile(unsigned(stage), { key });
const path = chooseAccountPath('contoso', unsigned('notify').account, () => false);
const urn = buildUrn('contoso', accountType, toResourceName(path));

interface World {
  /** Ana's file after each of main's commits, called c0, c1 and so on; the last is applied. What came before is legal. */
  main: readonly AccountFile[];
  signing?: Signing | null;
  /** Where an apply was last, by the keys it saw a month ago; null: the state has no record. */
  applied?: string | null;
  record?: AppliedRecord | null;
  accounts?: readonly StateResource[];
}

async function trust({
  main,
  signing = aSigning(),
  applied = 'c0',
  accounts = [],
  ...world
}: World): Promise<TrustedStack> {
  const seen = { commit: applied ?? '', signing: aSigning() };
  const { record = applied === null ? null : updateAppliedRecord(null, seen, '2026-11-01') } = world;
  const former = main[0]?.signed === undefined ? [] : listFormerFiles(main[0]).map((file) => aSignedFile(file));
  const versions = [...former, ...main].map((file, at) => ({ path, at, text: serialiseAccountFile(file) }));
  const commits = versions.map((_, at) => ({
    commit: `c${at - former.length}`,
    day: '2026-01-01',
    isProposals: false,
  }));
  const places = new Map(commits.map(({ commit }, at) => [commit, at]));
  const rest = {
    ...tipWith(...places.keys()),
    commits,
    ...{ policies: [], tenants: [], holidays: [], lists: [], giveBacks: [] },
    signing,
    verify: verifySignature,
  };
  const line = { ...rest, versions, places, applied: `c${main.length - 1}` };
  const noted = record && { urn: signingRecordName, type: signingRecordType, outputs: packNotes(record) };
  const state = [...accounts, ...(noted ? [noted] : [])];
  return trustFiles(await aStackWith(main.at(-1), signing), { main: line, state, today });
}

const taken = { accountEnabled: false, mailbox: 'shared' as const, licenses: [] };

/** Ana in the state, delicensed. */
const delicensed: StateResource = {
  ...{ urn, type: accountType, inputs: packInputs(toAccountInputs(unsigned('delicense'))) },
  outputs: packOutputs({ reached: taken, asked: taken, isSettled: true, restore: belongings }),
};

test('a file that nobody signed is not declared, and its account stays in the state', async () => {
  const { declared, kept, refused, files } = await trust({ main: [unsigned('delicense')], accounts: [delicensed] });
  expect([declared, files.accounts]).toEqual([[], []]);
  expect([...kept]).toEqual([urn]);
  expect(refused).toMatchObject([{ path, isReplaced: false, problems: [{ code: 'not-signed' }] }]);
});

test('where something older stands, that is declared in its place', async () => {
  const { declared, refused } = await trust({ main: [signed('review'), unsigned('disable')] });
  expect(declared.map(({ inputs }) => inputs.stage)).toEqual(['review']);
  expect(refused).toMatchObject([{ isReplaced: true }]);
});

test('what was signed and changed before it was applied takes nothing; once it is applied it stays so', async () => {
  const main = [signed('review'), signed('disable'), unsigned('disable')];
  const before = await trust({ main });
  expect([before.declared, before.files.accounts]).toEqual([[], []]);
  expect(before.refused).toMatchObject([{ isReplaced: false, problems: [{ code: 'not-signed' }] }]);
  const asked = signed('disable').desired;
  const outputs = packOutputs({ reached: asked, asked, isSettled: true, restore: belongings });
  const after = await trust({ main, accounts: [{ ...delicensed, outputs }] });
  expect(after.declared).toMatchObject([{ urn, inputs: { stage: 'disable' } }]);
  expect(after.refused).toMatchObject([{ isReplaced: true }]);
});

test.each<Stage>(['keep', 'restore', 'notify'])(
  'without any key %s still gives back what the state has noted',
  async (stage) => {
    const forged = { ...unsigned(stage), restore: { ...belongings, licenses: [] } };
    const { declared } = await trust({ main: [forged], signing: null, accounts: [delicensed] });
    expect(declared).toMatchObject([
      { urn, inputs: { stage, restore: belongings, desired: { licenses: ['SPE_E3'] } } },
    ]);
  },
);

test('an account that the state does not know is given back what main has taken; one that it knows, by the state alone', async () => {
  const main = [signed('disable'), signed('restore')];
  const alone = await trust({ main });
  expect(alone.declared[0]?.inputs.taken).toMatchObject({ accountEnabled: false, mailbox: 'shared' });
  const known = await trust({ main, accounts: [delicensed] });
  expect(known.declared[0]?.inputs).not.toHaveProperty('taken');
});

/** By a later audit than the others. */
const renewed = aSignedFile({
  ...unsigned('review'),
  stage: 'keep',
  evidence: { ...unsigned('review').evidence, auditedOn: '2026-12-08' },
});
const back = { ...signed('disable'), stage: 'review' as const };

test.each<[string, readonly AccountFile[], string]>([
  ['held back and taken up again on one signature', [signed('disable'), back, signed('disable')], 'signed-before'],
  ['disabled on older facts than main had', [renewed, signed('disable')], 'older-evidence'],
])('an account that is %s is refused by every apply, whatever was applied in between', async (_, moves, code) => {
  const main = [signed('review'), ...moves];
  for (const applied of main.map((_, at) => `c${at}`))
    expect((await trust({ main, applied })).refused, applied).toMatchObject([{ problems: [{ code }] }]);
});

test('a key of this week vouches for nobody yet, and one that is known does', async () => {
  const signing = aSigning({ next: aFactsKey('next') });
  const news = await trust({ main: [signed('review'), signed('disable', 'next')], signing });
  expect([...news.tooNew.values()]).toEqual(['2026-12-14']);
  expect(news.newWitnesses).toEqual([{ what: 'the key next', trustedOn: '2026-12-14' }]);
  const known = await trust({ main: [signed('review'), signed('disable')], signing });
  expect([...known.tooNew]).toEqual([]);
  const lost = await trust({ main: [signed('disable')], applied: null });
  expect([...lost.tooNew.values()]).toEqual(['2026-12-14']);
});

test.each<[string, Partial<World>, string | null]>([
  ['keys that are as the last apply saw them', {}, null],
  [
    'a key that was retired',
    { signing: { current: aFactsKey('next'), retired: [{ ...aFactsKey(), until: today }] } },
    null,
  ],
  ['a key that was taken off', { signing: { current: aFactsKey('next') } }, 'keys-changed'],
  ['no keys any more', { signing: null }, 'keys-changed'],
  ['no keys at all', { signing: null, applied: null }, 'no-facts-key'],
])('%s: %o is refused with %s', async (_, world, code) => {
  expect((await trust({ main: [signed('review')], ...world })).refusal?.code ?? null).toBe(code);
});

async function aStackWith(file: AccountFile | undefined, signing: Signing | null) {
  const { tenantId } = contoso;
  const tenant = {
    ...{ tenantId, cloud: 'emulator', timeZone: 'Europe/Berlin', currency: 'USD' },
    ...{ audit: { clientId: tenantId }, apply: { clientId: tenantId } },
    notifications: { sender: 'it-lifecycle@contoso.com', replyTo: 'it-lifecycle@contoso.com' },
    ...(signing ? { signing } : {}),
  };
  const texts = new Map([
    ['stacks/contoso/tenant.yaml', stringify(tenant)],
    ['policy/policy.yaml', stringify(aPolicy())],
    ['policy/prices.yaml', stringify(prices)],
    ...(file ? [[path, serialiseAccountFile(file)] as const] : []),
  ]);
  const list = async (folder: string) => (path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : []);
  return loadStack({ list, read: async (name) => texts.get(name) ?? null }, 'contoso');
}
