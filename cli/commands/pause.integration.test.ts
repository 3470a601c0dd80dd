import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ARepository, appIdentity, type GitHubStandIn, reviewerIdentity } from '@dormant-m365/emulator/github';
import { execa } from 'execa';
import { beforeEach, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { aGitHub } from '../../forge/github/git-hub.fixture.ts';
import { addDays, toUtcDay } from '../../policy/evidence.ts';
import { aPolicy } from '../../policy/policy.fixture.ts';

const dormant = join(import.meta.dirname, '..', 'dormant.ts');
const today = toUtcDay(new Date());
const until = addDays(today, 30);
const tenant = `# Ours since 2019.
tenantId: 11111111-2222-4333-8444-555555555555
cloud: global # no GCC
audit: { clientId: 22222222-2222-4333-8444-555555555555 }
apply: { clientId: 33333333-2222-4333-8444-555555555555 }
notifications: { sender: it@contoso.com, replyTo: help@contoso.com }
timeZone: Europe/Berlin
currency: EUR
`;
const path = 'stacks/contoso/tenant.yaml';

let repository: ARepository;
let standIn: GitHubStandIn;
let clone: string;
let connect: Awaited<ReturnType<typeof aGitHub>>['connect'];

beforeEach(async () => {
  const files = { [path]: tenant, 'policy/policy.yaml': stringify(aPolicy()) };
  ({ repository, standIn, connect } = await aGitHub({ files }));
  clone = await repository.clone();
});

async function run(args: string[], withGitHub = true) {
  const github = { GITHUB_TOKEN: appIdentity.token, GITHUB_REPOSITORY: 'contoso/dormant', GITHUB_API_URL: standIn.url };
  const none = { GITHUB_TOKEN: undefined, GITHUB_REPOSITORY: undefined };
  return execa(process.execPath, [dormant, 'pause', ...args, '--repo', clone], {
    env: { ...(withGitHub ? github : none), GITHUB_ACTIONS: undefined, NO_COLOR: '1' },
    reject: false,
  });
}

const asked = ['--until', until, '--reason', 'Freeze over the year'];
const paused = `paused:\n  until: ${until}\n  reason: Freeze over the year\n`;

const openPulls = () => standIn.state.issues.filter(({ pull, state }) => pull !== null && state === 'open');

test('one command opens the pull request that pauses a stack, and what people wrote in its file stays', async () => {
  const { stdout, exitCode } = await run(['contoso', ...asked]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /pull\/1: nothing is taken in contoso until .*, once it is merged\.\n.*`gh pr edit 1 --add-label/,
  );
  expect(openPulls()).toMatchObject([{ title: `Pause contoso until ${until}`, labels: ['dormant'] }]);
  expect(openPulls()[0]?.body).toContain('Freeze over the year');
  expect(await repository.read('dormant-pause/contoso', path)).toBe(`${tenant}${paused}`);
  const head = (await repository.findHead('dormant-pause/contoso')) ?? '';
  expect(standIn.state.signed.has(head)).toBe(true);
  // The working tree is nobody's but yours.
  expect(await readFile(join(clone, path), 'utf8')).toBe(tenant);
});

test('asked again it changes the same pull request; merged it has nothing to propose; --end takes it out', async () => {
  await run(['contoso', '--until', today, '--reason', 'A day']);
  const again = JSON.parse((await run(['contoso', ...asked, '--json'])).stdout);
  expect(again).toMatchObject({ stack: 'contoso', path, pull: { number: 1 }, isWritten: false, isPresent: false });
  expect(openPulls()).toMatchObject([{ number: 1, title: `Pause contoso until ${until}` }]);
  expect(await repository.read('dormant-pause/contoso', path)).toBe(`${tenant}${paused}`);
  const reviewer = connect(reviewerIdentity);
  const merge = (number: number) =>
    reviewer.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { pull_number: number });
  await merge(1);
  expect((await run(['contoso', ...asked])).stdout).toContain('has exactly this pause already');
  expect((await run(['contoso', '--end'])).stdout).toMatch(/pull\/2: the pause of contoso ends, once it is merged\.$/);
  await merge(2);
  expect(await repository.read('main', path)).toBe(tenant);
  expect((await run(['contoso', '--end'])).stdout).toContain('has no pause');
});

test('--all writes it into policy.yaml; without GitHub it is written into the working tree, which says what comes next', async () => {
  const { stdout } = await run(['--all', ...asked]);
  expect(stdout).toContain('nothing is taken in every stack');
  expect(await repository.read('dormant-pause-all', 'policy/policy.yaml')).toMatch(new RegExp(`${paused}$`));
  const here = await run(['contoso', ...asked], false);
  expect(here).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('merge that into main') });
  expect(await readFile(join(clone, path), 'utf8')).toBe(`${tenant}${paused}`);
});

test.each([
  ['neither a stack nor all of them', asked, 'one stack, or of all'],
  ['both', ['contoso', '--all', ...asked], 'one stack, or of all'],
  ['no end', ['contoso', '--reason', 'A freeze'], 'an end and a reason'],
  ['an end that is a reason to begin', ['contoso', '--end', ...asked], 'an end and a reason'],
  ['a stack that there is not', ['contosa', ...asked], 'Did you mean contoso?'],
  ['a day that is over', ['contoso', '--until', '2020-01-01', '--reason', 'A freeze'], 'found 2020-01-01'],
  ['more than a year', ['contoso', '--until', addDays(today, 366), '--reason', 'A freeze'], 'allowed'],
  ['a reason of two letters', ['contoso', '--until', until, '--reason', 'ok'], 'reason'],
])('%s is refused, and changes nothing', async (_, args, says) => {
  const { exitCode, stderr } = await run(args);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(says);
  expect(openPulls()).toEqual([]);
});
