import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { readStackOnMain } from '../../audit/history/tracked-files.ts';
import { anAccount, aRun } from '../../policy/account.fixture.ts';
import { addDays } from '../../policy/evidence.ts';
import { serialiseAccountFile } from '../../policy/files/account-file.ts';
import { judge } from '../../policy/judge/judge.ts';
import { buildNewAccountFile } from '../../policy/plan/build-account-file.ts';
import { decideNextStep } from '../../policy/plan/next-stage.ts';
import { aPolicy, theRules } from '../../policy/policy.fixture.ts';
import { aTenant } from '../../policy/tenant.fixture.ts';
import { buildLetter } from './letter.ts';
import { groupManagerNotices } from './manager-notice.ts';
import { aNotice } from './notice.fixture.ts';

// A stage begins on the UTC day of the first-parent commit that brought it, and moves on UTC days, wherever committer,
// machine and tenant are. The tenant's zone only says which day people call the one on which something may happen.

const judged = judge(anAccount(), theRules(), aRun());
const file = buildNewAccountFile(judged, theRules(), aRun());
const path = 'stacks/contoso/accounts/ana.yaml';

/** A repository whose file came in a branch of long ago, and reached main by a merge at this instant. */
async function aMergeAt(instant: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-days-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const git = (date: string, ...args: string[]) =>
    execa('git', ['-C', folder, '-c', 'user.name=A', '-c', 'user.email=a@x', ...args], {
      env: {
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_DATE: date,
        GIT_CONFIG_GLOBAL: '/dev/null',
        TZ: 'Asia/Tokyo',
      },
    });
  const before = '2026-01-01T00:00:00Z';
  await git(before, 'init', '-q', '-b', 'main');
  await git(before, 'commit', '-q', '--allow-empty', '-m', 'start');
  await git(before, 'switch', '-q', '-c', 'proposal');
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), serialiseAccountFile(file));
  await git(before, 'add', '-A');
  await git(before, 'commit', '-qm', 'proposal');
  await git(before, 'switch', '-q', 'main');
  await git(instant, 'merge', '-q', '--no-ff', '-m', 'merge', 'proposal');
  return folder;
}

test.each([
  // merged at, the zone of the tenant, the UTC day that the stage begins, the day people read for the step after seven days
  ['2026-12-07T00:00:00Z', 'UTC', '2026-12-07', '14 December'],
  ['2026-12-07T23:59:59Z', 'UTC', '2026-12-07', '14 December'],
  ['2026-12-07T23:30:00-05:00', 'America/New_York', '2026-12-08', '14 December'],
  ['2026-12-07T18:59:59-05:00', 'America/New_York', '2026-12-07', '13 December'],
  ['2026-12-08T00:30:00+01:00', 'Europe/Berlin', '2026-12-07', '14 December'],
  ['2026-12-08T08:30:00+09:00', 'Asia/Tokyo', '2026-12-07', '14 December'],
  ['2026-12-08T13:30:00+14:00', 'Pacific/Kiritimati', '2026-12-07', '14 December'],
  ['2026-12-07T12:30:00-11:00', 'Pacific/Pago_Pago', '2026-12-07', '13 December'],
  // The clocks go forward, and back, within the seven days.
  ['2026-03-05T21:00:00-05:00', 'America/New_York', '2026-03-06', '12 March'],
  ['2026-10-24T23:30:00+02:00', 'Europe/Berlin', '2026-10-24', '31 October'],
  ['2026-10-25T02:30:00+02:00', 'Europe/Berlin', '2026-10-25', '1 November'],
  ['2026-04-04T23:30:00+13:00', 'Pacific/Auckland', '2026-04-04', '11 April'],
])('merged at %s, in %s: the stage begins on %s, and people read %s', async (instant, timeZone, since, read) => {
  const { inForce } = await readStackOnMain(await aMergeAt(instant), 'HEAD', { stack: 'contoso', today: '2027-12-31' });
  const [tracked] = inForce;
  if (tracked === undefined) throw new Error('main has no file');
  expect(tracked.since).toBe(since);

  const stepOn = (today: string) => decideNextStep(tracked, judged, aTenant({ today }));
  expect(stepOn(addDays(since, 6))).toMatchObject({ kind: 'hold', movesOn: addDays(since, 7) });
  expect(stepOn(addDays(since, 7))).toMatchObject({ kind: 'move', to: 'review' });

  const { stages } = aPolicy();
  const context = { today: since, timeZone, stages, uncounted: [], replyTo: 'it@contoso.com', repositoryUrl: null };
  const lee = { address: 'lee.park@contoso.com', because: null };
  expect(buildLetter(aNotice(), lee, context).steps[0]?.on).toBe(read);

  // Sent days after the merge, it still counts from the merge, as the next audit does.
  const [notice = aNotice()] = groupManagerNotices([tracked], new Map([[path, tracked.since]]));
  const late = { ...context, today: addDays(since, 3) };
  expect(buildLetter(notice, lee, late).steps[0]?.on).toBe(read);
});
