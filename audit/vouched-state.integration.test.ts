// What an audit starts from, read by real git: main's files as they count, and when the apply's state is asked.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test, vi } from 'vitest';
import { verifySignature } from '../forge/facts-key.ts';
import { idOf } from '../policy/account.fixture.ts';
import { anAccountFile } from '../policy/account-file.fixture.ts';
import type { Day } from '../policy/evidence.ts';
import { serialiseAccountFile } from '../policy/files/account-file.ts';
import { serialiseEscalations } from '../policy/files/escalations-file.ts';
import { foldId } from '../policy/identifiers.ts';
import { signList } from '../policy/plan/plan-signing.ts';
import { aPolicy } from '../policy/policy.fixture.ts';
import type { AccountFile, Stage } from '../policy/schemas/account.ts';
import type { NotedAccount, NotedState } from '../policy/signing/noted-state.ts';
import { aPlanSigning, aSignedFile, aSigner, aSigning, contoso } from '../policy/signing/signing.fixture.ts';
import { readRepositoryState } from './read-state.ts';
import { describeSigning } from './signing-notes.ts';
import { type SigningOptions, vouchForState } from './vouched-state.ts';

const path = 'stacks/contoso/accounts/ana.yaml';
const archivePath = 'stacks/contoso/archive/ana.yaml';
const listPath = 'stacks/contoso/escalations.yaml';

function aFile(stage: Stage, auditedOn: Day): AccountFile {
  const file = anAccountFile(stage);
  return { ...file, evidence: { ...file.evidence, auditedOn } };
}

const review = aSignedFile(aFile('review', '2026-11-20'));
const forged = { ...review, stage: 'disable' as const, restore: { ...review.restore, accountEnabled: false } };
const text = serialiseAccountFile;

/** Each commit of main, a day apart from 20 November on; null takes a file away. */
async function audit(commits: readonly Record<string, string | null>[], change: Partial<SigningOptions> = {}) {
  const repository = await mkdtemp(join(tmpdir(), 'vouched-'));
  onTestFinished(() => rm(repository, { recursive: true, force: true }));
  const git = (args: readonly string[], day = 20) => {
    const date = `2026-11-${day}T09:00:00Z`;
    const names = ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'A'],
      [`GIT_${who}_EMAIL`, 'a@x'],
      [`GIT_${who}_DATE`, date],
    ]);
    const env = { ...Object.fromEntries(names), GIT_CONFIG_GLOBAL: '/dev/null' };
    return execa('git', ['-C', repository, ...args], { env });
  };
  await git(['init', '-q', '-b', 'main']);
  for (const [index, files] of commits.entries()) {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(repository, name)), { recursive: true });
      if (content === null) await rm(join(repository, name));
      else await writeFile(join(repository, name), content);
    }
    await git(['add', '-A']);
    await git(['commit', '-qm', 'x', '--allow-empty'], 20 + index);
  }
  const readNoted = vi.fn(async (): Promise<NotedState | null> => null);
  const options = { signer: aSigner(), verify: verifySignature, readNoted, ...change };
  const where = { stack: 'contoso', today: '2026-12-07', policy: aPolicy() };
  const found = await readRepositoryState(repository, { github: null, main: 'main' }, where);
  const tenant = { tenantId: contoso.tenantId, signing: aSigning() };
  const state = await vouchForState(found, {
    ...{ ...options, repository, stack: 'contoso', tenant, policy: {} },
    setBackSince: '2026-06-10',
  });
  return { ...state, readNoted };
}

test('a forged file on main counts for what stood before it, and the state is not asked', async () => {
  const { inForce, readNoted, signing, ...state } = await audit([
    { [path]: text(aSignedFile(aFile('notify', '2026-11-13'))) },
    { [path]: text(review) },
    { [path]: text(forged) },
  ]);
  expect(inForce).toMatchObject([{ path, text: text(forged), file: review, since: '2026-11-21' }]);
  expect(readNoted).not.toHaveBeenCalled();
  expect(signing.signaturesOnMain.size).toBe(2);
  expect(describeSigning({ ...state, inForce, signing })).toEqual([
    `1 file on main (${path}) is signed by no audit as it stands: the plan puts it right.`,
  ]);
});

test('of a file that never stood, the state is asked once: it noted something, knows of nothing, or cannot be read', async () => {
  const main = [
    {
      [path]: text(forged),
      'stacks/contoso/accounts/bo.yaml': text({ ...forged, account: { ...forged.account, id: idOf('bo') } }),
    },
  ];
  const noted: NotedAccount = { restore: review.restore, reached: review.desired };
  const readNoted = vi.fn(async () => ({
    accounts: new Map([[foldId(review.account.id), noted]]),
    seen: {},
    appliedCommit: null,
  }));
  const read = await audit(main, { readNoted });
  expect(read.inForce.map(({ unsigned }) => unsigned?.basis)).toEqual([noted, 'nothing-taken']);
  expect(readNoted).toHaveBeenCalledTimes(1);
  const unread = await audit(main);
  expect(unread.inForce.map(({ unsigned }) => unsigned?.basis)).toEqual(['unknown', 'unknown']);
  expect(describeSigning(unread).join(' ')).toContain('could not be read');
});

test('a file that was put into the archive by hand counts for nothing', async () => {
  const { archived, ownMailboxes, inForce, signing } = await audit([
    { [archivePath]: text({ ...forged, stage: 'delicense' }) },
  ]);
  expect(archived).toMatchObject([{ path: archivePath, isUnsigned: true }]);
  expect(ownMailboxes.size).toBe(0);
  expect(describeSigning({ archived, inForce, signing })[0]).toContain('nothing in it counts');
});

test('a list of executives is held against its own line, too', async () => {
  const cara = {
    ...{ id: idOf('cara'), userPrincipalName: 'cara@contoso.com', displayName: 'Cara', why: 'job title' },
    ...{ lastActivity: null, since: '2026-11-20' },
  } as const;
  const list = serialiseEscalations([cara], signList([cara], aPlanSigning()));
  expect((await audit([{ [listPath]: list }])).escalationsFile).toEqual({ text: list, isUnsigned: false });
  const edited = list.replace('2026-11-20', '2020-01-01');
  expect((await audit([{ [listPath]: edited }])).escalationsFile).toMatchObject({ isUnsigned: true });
});

test('without a key nothing is held against anything, and the audit says that it proposes nothing', async () => {
  const { inForce, archived, signing } = await audit([{ [path]: text(forged) }], { signer: null });
  expect(inForce).toMatchObject([{ file: forged }]);
  expect(inForce[0]?.unsigned).toBeUndefined();
  expect(describeSigning({ inForce, archived, signing })).toEqual([expect.stringContaining('proposes nothing')]);
});
