import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { reviewerIdentity } from '@dormant-m365/emulator/github';
import { execa } from 'execa';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { pauseLabel } from '../policy/pause/pause-label.ts';
import { aPolicy } from '../policy/policy.fixture.ts';
import type { Calendar } from '../policy/schemas/calendar.ts';
import type { Pause } from '../policy/schemas/pause.ts';
import { Policy } from '../policy/schemas/policy.ts';
import { Tenant } from '../policy/schemas/tenant.ts';
import { parseYaml } from '../policy/yaml/parse-yaml.ts';
import { aLabelledGitHub, applyToken, type LabelledGitHub } from './labelled-pull.fixture.ts';
import { watchStops } from './taking-stop.ts';

const today = '2026-12-07';
const tenantFile: Tenant = {
  tenantId: '11111111-2222-4333-8444-555555555555',
  cloud: 'emulator',
  audit: { clientId: '22222222-2222-4333-8444-555555555555' },
  apply: { clientId: '33333333-2222-4333-8444-555555555555' },
  notifications: { sender: 'it@contoso.com', replyTo: 'help@contoso.com' },
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
};
let github: LabelledGitHub;
let clone: string;

beforeEach(async () => {
  github = await aLabelledGitHub();
  clone = await github.repository.clone();
});

interface Query {
  calendar?: Calendar;
  startsAt?: string;
  paused?: { tenant?: Pause; policy?: Pause };
  env?: NodeJS.ProcessEnv;
  appliedCommit?: string | null;
  repository?: string;
  timeoutMs?: number;
}

function watch({
  paused = {},
  calendar,
  startsAt,
  env = github.environment,
  appliedCommit = null,
  repository = clone,
  timeoutMs = 15_000,
}: Query = {}) {
  const withPause = (of?: Pause) => (of === undefined ? {} : { paused: of });
  const tenant = { ...tenantFile, ...withPause(paused.tenant) };
  const policy = { ...aPolicy(), ...withPause(paused.policy), ...(calendar ? { calendar } : {}) };
  return watchStops({
    ...{ repository, today, startsAt, appliedCommit, env, timeoutMs },
    files: {
      stack: 'contoso',
      tenant: parseYaml(Tenant, 'stacks/contoso/tenant.yaml', stringify(tenant)),
      policy: parseYaml(Policy, 'policy/policy.yaml', stringify(policy)),
      holidays: [{ from: today, to: today, reason: 'St Ambrose' }],
    },
  });
}

test('a pause is in force up to its last day, for one stack or for all, and needs no GitHub', async () => {
  const pause = (until: string) => ({ until, reason: 'Freeze over the year.' });
  expect(await watch({ paused: { tenant: pause(today) }, env: {} })()).toEqual({
    ...{ kind: 'paused', until: today },
    because: 'paused until 2026-12-07 (Freeze over the year)',
  });
  expect(await watch({ paused: { policy: pause('2027-01-06') }, env: {} })()).toMatchObject({ until: '2027-01-06' });
  expect(await watch({ paused: { tenant: pause('2026-12-06') }, env: {} })()).toBeNull();
  const both = { tenant: pause('2026-12-24'), policy: pause('2027-01-06') };
  expect(await watch({ paused: both, env: {} })()).toMatchObject({ until: '2027-01-06' });
});

test('a closed day, holiday or hour stops it until the calendar opens, in the zone of the tenant; the day has an hour where one is given', async () => {
  const closed = (calendar: Calendar['closed'], startsAt?: string) =>
    watch({ calendar: { closed: calendar }, env: {}, ...(startsAt ? { startsAt } : {}) })();
  expect(await closed({ weekdays: ['monday'] })).toEqual({
    kind: 'closed',
    because: 'Mondays are closed; it opens on 2026-12-08 00:00 (Europe/Berlin)',
    until: '2026-12-07T23:00:00.000Z',
  });
  expect(await closed({ holidays: 'holidays.ics' })).toMatchObject({
    because: 'St Ambrose (2026-12-07); it opens on 2026-12-08 00:00 (Europe/Berlin)',
  });
  expect(await closed({ weekdays: ['tuesday'], hours: ['13:00-11:00'] })).toBeNull();
  expect(await closed({ hours: ['11:00-13:00'] })).toMatchObject({ until: '2026-12-07T12:00:00.000Z' });
  expect(await closed({ hours: ['16:00-08:00'] }, '2026-12-07T14:59:00Z')).toBeNull();
  expect(await closed({ hours: ['16:00-08:00'] }, '2026-12-07T15:00:00Z')).toMatchObject({ kind: 'closed' });
});

test('it closes while a run goes on', async () => {
  const ask = watch({
    calendar: { closed: { hours: ['16:00-08:00'] } },
    env: {},
    startsAt: '2026-12-07T14:59:59.500Z',
  });
  expect(await ask()).toBeNull();
  await expect.poll(ask, { timeout: 300_000 }).toMatchObject({ kind: 'closed' });
});

test('who set a pause is whose commit brought it into main', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'paused-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const git = (name: string, ...args: string[]) =>
    execa('git', ['-C', folder, '-c', `user.name=${name}`, '-c', 'user.email=a@contoso.com', ...args]);
  await git('Lee', 'init', '--quiet', '--initial-branch=main');
  const paused = { until: '2027-01-06', reason: 'A freeze' };
  const write = async (name: string, tenant: object) => {
    await mkdir(join(folder, 'stacks/contoso'), { recursive: true });
    await writeFile(join(folder, 'stacks/contoso/tenant.yaml'), stringify(tenant));
    await git(name, 'add', '--all');
    await git(name, 'commit', '--quiet', '--message=Settings', '--date=2026-12-01T08:00:00Z');
  };
  await write('Lee', tenantFile);
  await write('Ana Lind', { ...tenantFile, paused });
  const stop = await watch({ paused: { tenant: paused }, repository: folder })();
  expect(stop?.because).toBe('paused until 2027-01-06 (A freeze, set by Ana Lind on 2026-12-01)');
});

test.each([
  ['of the stack’s own branch', 'dormant/contoso', 'README.md'],
  ['that changes its files, whoever opened it', 'somebody/edit', 'stacks/contoso/accounts/ana.yaml'],
  ['that changes what is for every stack', 'somebody/policy', 'policy/policy.yaml'],
])('the label on an open pull request %s stops it, and who put it there is told', async (_, branch, path) => {
  const number = await github.openPull(branch, path);
  const ask = watch();
  expect(await ask()).toBeNull();
  await github.label(number, 'Dormant-Pause');
  await pause(1_100);
  const at = github.standIn.state.issues[0]?.labelEvents[0]?.created_at ?? '';
  const when = `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
  expect(await ask()).toEqual({
    ...{ kind: 'labelled', until: null },
    because: `labelled dormant-pause by ${reviewerIdentity.login} on ${when}, #${number}`,
  });
  await github.unlabel(number);
  await pause(1_100);
  expect(await ask()).toBeNull();
});

test.each([
  ['of another stack', 'dormant/contoso-eu', 'stacks/contoso-eu/accounts/ana.yaml'],
  ['of code', 'somebody/code', 'docs/readme.md'],
])('the label on a pull request %s stops nothing', async (_, branch, path) => {
  await github.label(await github.openPull(branch, path));
  expect(await watch()()).toBeNull();
});

test('a merged one counts until an apply has gone through it; one that was closed does not', async () => {
  const number = await github.openPull('dormant/contoso', 'stacks/contoso/accounts/ana.yaml');
  await github.label(number);
  const reviewer = github.connect(reviewerIdentity);
  const before = await github.repository.findHead('main');
  await reviewer.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', {
    ...{ pull_number: number, merge_method: 'squash' },
  });
  const merged = await github.repository.findHead('main');
  await execa('git', ['-C', clone, 'pull', '--quiet']);
  expect(await watch({ appliedCommit: before })()).toMatchObject({ kind: 'labelled' });
  expect(await watch({ appliedCommit: null })()).toMatchObject({ kind: 'labelled' });
  expect(await watch({ appliedCommit: merged })()).toBeNull();
  const other = await github.openPull('somebody/edit', 'stacks/contoso/accounts/bo.yaml');
  await github.label(other);
  await reviewer.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
    ...{ pull_number: other, state: 'closed' },
  });
  expect(await watch({ appliedCommit: merged })()).toBeNull();
});

test('while nothing changes each further answer is a 304, and those who ask within a second share one', async () => {
  const ask = watch();
  await Promise.all([ask(), ask(), ask()]);
  await pause(1_100);
  await ask();
  const { requests } = github.standIn;
  expect(requests.map(({ path, status }) => [path.split('/').at(-1), status])).toEqual([
    ['pulls', 200],
    ['issues', 200],
    ['issues', 304],
  ]);
});

test.each([
  ['may not read pull requests, although its list of issues looks complete', { pull_requests: undefined }],
  ['may not read issues', { issues: undefined }],
])('a token that %s is a forge that cannot be asked', async (_, without) => {
  const permissions = Object.fromEntries(
    Object.entries({ ...applyToken.permissions, ...without }).filter(([, level]) => level !== undefined),
  );
  const poor = await aLabelledGitHub(permissions);
  await poor.label(await poor.openPull('dormant/contoso', 'stacks/contoso/accounts/ana.yaml'));
  const stop = await watch({ env: poor.environment })();
  expect(stop).toMatchObject({ kind: 'forge-unknown', because: expect.stringContaining('answered 403') });
});

test('it is asked twice; a GitHub that fails twice cannot be asked, and is asked again later', async () => {
  github.standIn.faults.add({ path: /\/issues$/, times: 1, fault: { kind: 'status', status: 502 } });
  const ask = watch();
  expect(await ask()).toBeNull();
  github.standIn.faults.add({ path: /\/issues$/, times: 2, fault: { kind: 'reset' } });
  await pause(1_100);
  expect(await ask()).toMatchObject({ kind: 'forge-unknown' });
  await pause(1_100);
  expect(await ask()).toBeNull();
});

test('a GitHub that does not answer in time cannot be asked', async () => {
  github.standIn.faults.add({ path: /\/pulls$/, times: 2, fault: { kind: 'delay', milliseconds: 2_000 } });
  expect(await watch({ timeoutMs: 200 })()).toMatchObject({ kind: 'forge-unknown' });
});

test('a label is believed although nobody says who set it', async () => {
  const number = await github.openPull('dormant/contoso', 'stacks/contoso/accounts/ana.yaml');
  await github.label(number);
  github.standIn.faults.add({ path: /\/events$/, times: 9, fault: { kind: 'status', status: 500 } });
  expect(await watch()()).toMatchObject({ kind: 'labelled', because: `labelled ${pauseLabel}, #${number}` });
});

test('on Actions a repository of GitHub without a token cannot be asked; elsewhere there is no label', async () => {
  const onActions = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'contoso/dormant' };
  expect(await watch({ env: onActions })()).toBeNull();
  for (const url of ['https://github.com/contoso/dormant', 'git@github.com:contoso/dormant.git']) {
    await execa('git', ['-C', clone, 'remote', 'set-url', 'origin', url]);
    expect(await watch({ env: onActions })()).toMatchObject({ kind: 'forge-unknown' });
    expect(await watch({ env: {} })()).toBeNull();
  }
});
