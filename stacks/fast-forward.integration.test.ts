// A forge that merges by moving main forward: the proposal's own commits lie on main's line, dated before the merge.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { readStackOnMain } from '../audit/history/tracked-files.ts';
import { verifySignature } from '../forge/facts-key.ts';
import { createGit } from '../forge/git/git.ts';
import { readMainLine } from '../forge/git/main-line.ts';
import { signMessage } from '../forge/git/signature.ts';
import { anAccountFile } from '../policy/account-file.fixture.ts';
import type { Day } from '../policy/evidence.ts';
import { chooseAccountPath, serialiseAccountFile } from '../policy/files/account-file.ts';
import { loadStack } from '../policy/files/stack-files.ts';
import { aPolicy, prices } from '../policy/policy.fixture.ts';
import type { Stage } from '../policy/schemas/account.ts';
import { type AppliedRecord, updateAppliedRecord } from '../policy/signing/key-trust.ts';
import { aSignedFile, aSigning, contoso } from '../policy/signing/signing.fixture.ts';
import { buildMainBase, listLinePaths } from './main-base.ts';
import { packNotes, signingRecordName, signingRecordType } from './signing-record-state.ts';
import { tipWith } from './trusted-files.fixture.ts';
import { trustFiles } from './trusted-files.ts';
import { openWorkingTree } from './working-tree.ts';

const stack = 'contoso';
const path = chooseAccountPath(stack, anAccountFile('notify').account, () => false);

/** A bare remote, the audit's clone of it, and the clone of who merges. */
async function aForge() {
  const root = await mkdtemp(join(tmpdir(), 'forge-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const [remote, audit, merger] = ['remote.git', 'audit', 'merger'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  const run = async (folder: string, day: Day, ...args: string[]) => {
    const env = { GIT_AUTHOR_DATE: `${day}T09:00:00Z`, GIT_COMMITTER_DATE: `${day}T09:00:00Z` };
    const who = ['-c', 'user.name=Riley', '-c', 'user.email=riley@contoso.com', '-c', 'commit.gpgSign=false'];
    return (await execa('git', ['-C', folder, ...who, ...args], { env })).stdout;
  };
  const write = async (folder: string, at: string, text: string) => {
    await mkdir(dirname(join(folder, at)), { recursive: true });
    await writeFile(join(folder, at), text);
  };
  await execa('git', ['init', '-q', '--bare', '--initial-branch=main', remote]);
  for (const clone of [audit, merger]) await execa('git', ['clone', '-q', remote, clone]);
  const { tenantId } = contoso;
  const tenant = {
    ...{ tenantId, cloud: 'emulator', timeZone: 'Europe/Berlin', currency: 'USD', signing: aSigning() },
    ...{ audit: { clientId: tenantId }, apply: { clientId: tenantId } },
    notifications: { sender: 'it-lifecycle@contoso.com', replyTo: 'it-lifecycle@contoso.com' },
  };
  await write(merger, `stacks/${stack}/tenant.yaml`, stringify(tenant));
  await write(merger, 'policy/policy.yaml', stringify(aPolicy()));
  await write(merger, 'policy/prices.yaml', stringify(prices));
  await run(merger, '2026-10-01', 'add', '--all');
  await run(merger, '2026-10-01', 'commit', '-qm', 'begin');
  await run(merger, '2026-10-01', 'push', '-q', 'origin', 'HEAD:main');
  return {
    /** The audit of this day pushes its branch, which brings Ana to this stage. */
    async propose(stage: Stage, day: Day) {
      await run(audit, day, 'fetch', '-q', 'origin');
      await run(audit, day, 'checkout', '-q', '-B', 'dormant', 'origin/main');
      const file = anAccountFile(stage);
      const text = serialiseAccountFile(aSignedFile({ ...file, evidence: { ...file.evidence, auditedOn: day } }));
      await write(audit, path, text);
      await run(audit, day, 'add', '--all');
      const blob = await run(audit, day, 'hash-object', path);
      const { headline, body } = signMessage(`Dormant: ${stage}`, { stack, day }, [[path, blob]]);
      await run(audit, day, 'commit', '-qm', `${headline}\n\n${body}`);
      await run(audit, day, 'push', '-qf', 'origin', 'dormant');
    },
    /** Somebody merges it on this day. */
    async merge(day: Day, ...how: string[]) {
      await run(merger, day, 'fetch', '-q', 'origin');
      await run(merger, day, 'checkout', '-q', '-B', 'main', 'origin/main');
      await run(merger, day, 'merge', '-q', ...how, 'origin/dormant');
      await run(merger, day, 'push', '-q', 'origin', 'main');
    },
    /** The same as one new commit, with the message of the proposal's own. */
    async squash(day: Day) {
      await run(merger, day, 'fetch', '-q', 'origin');
      await run(merger, day, 'checkout', '-q', '-B', 'main', 'origin/main');
      const message = await run(merger, day, 'log', '-1', '--format=%B', 'origin/dormant');
      await run(merger, day, 'merge', '-q', '--squash', 'origin/dormant');
      await run(merger, day, 'commit', '-qm', message);
      await run(merger, day, 'push', '-q', 'origin', 'main');
    },
    /** What an apply of this day trusts, and notes for the next. */
    async apply(today: Day, record: AppliedRecord) {
      await run(audit, today, 'fetch', '-q', 'origin');
      await run(audit, today, 'checkout', '-q', '--detach', 'origin/main');
      const applied = await createGit(audit).run(['rev-parse', 'HEAD']);
      const line = await readMainLine(audit, applied, listLinePaths(stack));
      const signing = aSigning();
      const main = buildMainBase(stack, line, { ...tipWith(applied), signing, applied, verify: verifySignature });
      const state = [{ urn: signingRecordName, type: signingRecordType, outputs: packNotes(record) }];
      const trusted = trustFiles(await loadStack(openWorkingTree(audit), stack), { main, state, today });
      const { refused, declared, landed } = trusted;
      const codes = refused.flatMap(({ problems }) => problems.map(({ code }) => code));
      const next = updateAppliedRecord(record, { commit: applied, signing, landed }, today);
      return { codes, stage: declared[0]?.inputs.stage ?? null, next };
    },
    /** Since when an audit of this day counts Ana's stage, by what the state has noted. */
    async findStart(today: Day, { seen }: Pick<AppliedRecord, 'seen'>) {
      const { inForce } = await readStackOnMain(audit, 'origin/main', { stack, today, readSeen: async () => seen });
      return inForce[0]?.since;
    },
    async begin(): Promise<AppliedRecord> {
      const commit = await run(merger, '2026-10-01', 'rev-parse', 'HEAD');
      return updateAppliedRecord(null, { commit, signing: aSigning() }, '2026-10-01');
    },
  };
}

test('main that was moved forward to a proposal dates no stage by the proposal, but by the apply that first saw it', async () => {
  const forge = await aForge();
  const start = await forge.begin();
  await forge.propose('notify', '2026-11-02');
  await forge.merge('2026-11-08', '--ff-only');
  const notified = await forge.apply('2026-11-08', start);
  expect(notified).toMatchObject({ codes: [], stage: 'notify' });
  expect(await forge.findStart('2026-11-09', notified.next)).toBe('2026-11-08');
  await forge.propose('review', '2026-11-09');
  await forge.merge('2026-11-09', '--ff-only');
  // By the commits' own dates these were seven days; its people had one.
  const early = await forge.apply('2026-11-09', notified.next);
  expect(early).toMatchObject({ codes: ['stage-too-early'], stage: 'notify' });
  expect(await forge.apply('2026-11-14', early.next)).toMatchObject({ codes: ['stage-too-early'] });
  const reviewed = await forge.apply('2026-11-15', early.next);
  expect(reviewed).toMatchObject({ codes: [], stage: 'review' });
  await forge.propose('disable', '2026-11-16');
  await forge.merge('2026-11-16', '--ff-only');
  expect(await forge.apply('2026-11-21', reviewed.next)).toMatchObject({ codes: ['stage-too-early'], stage: 'review' });
  const disabled = await forge.apply('2026-11-22', reviewed.next);
  expect(disabled).toMatchObject({ codes: [], stage: 'disable' });
  // What was applied stays so, whatever the next run can remember.
  expect(await forge.apply('2026-11-23', disabled.next)).toMatchObject({ codes: [], stage: 'disable' });
});

test.each([[['--ff-only']], [['--no-ff', '-m', 'merge']]])(
  'merged by %s, week by week, nobody is refused who stayed as long as the policy says',
  async (how) => {
    const forge = await aForge();
    let record = await forge.begin();
    for (const [stage, day] of [
      ['notify', '2026-11-02'],
      ['review', '2026-11-09'],
      ['disable', '2026-11-16'],
      ['delicense', '2026-11-23'],
    ] as const) {
      await forge.propose(stage, day);
      await forge.merge(day, ...how);
      const { codes, stage: reached, next } = await forge.apply(day, record);
      expect({ codes, reached }).toEqual({ codes: [], reached: stage });
      record = next;
    }
  },
);

test('two merges that came while no apply ran are judged by the day of each', async () => {
  const forge = await aForge();
  const start = await forge.begin();
  await forge.propose('notify', '2026-11-02');
  await forge.merge('2026-11-08', '--no-ff', '-m', 'merge');
  await forge.propose('review', '2026-11-15');
  await forge.merge('2026-11-16', '--no-ff', '-m', 'merge');
  expect(await forge.apply('2026-11-16', start)).toMatchObject({ codes: [], stage: 'review' });
});

test('a squash with the message of the proposal is dated by the merge, however late the apply comes', async () => {
  const forge = await aForge();
  const start = await forge.begin();
  await forge.propose('notify', '2026-11-02');
  await forge.squash('2026-11-06');
  await forge.propose('review', '2026-11-13');
  await forge.squash('2026-11-17');
  expect(await forge.apply('2026-11-18', start)).toMatchObject({ codes: [], stage: 'review' });
});
