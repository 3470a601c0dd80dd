import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appIdentity, type GitHubStandIn } from '@dormant-m365/emulator/github';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { aGitHub } from '../forge/github/git-hub.fixture.ts';

const integrity = `sha512-${'A'.repeat(86)}==`;
const resolved = 'https://registry.npmjs.org/@dormant-m365/dormant/-/dormant-9.1.0.tgz';
const lockfile = JSON.stringify({
  packages: { 'node_modules/@dormant-m365/dormant': { version: '9.1.0', resolved, integrity } },
});

async function aPull(files: Record<string, string>) {
  const { repository, standIn, connect } = await aGitHub();
  await repository.commit('upgrade', files);
  const pull = { title: 'Upgrade', head: 'upgrade', base: 'main' };
  const { data } = await connect().request('POST /repos/{owner}/{repo}/pulls', pull);
  const folder = await mkdtemp(join(tmpdir(), 'dormant-preview-upgrade-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return { folder, standIn, number: `${data.number}` };
}

/** A step of the workflow, in `folder`. */
async function run({ folder, standIn }: { folder: string; standIn: GitHubStandIn }, ...args: string[]) {
  const { exitCode, all } = await execa(process.execPath, [join(import.meta.dirname, 'preview-upgrade.ts'), ...args], {
    ...{ cwd: folder, reject: false, all: true },
    env: {
      ...{ GITHUB_ACTIONS: 'true', GITHUB_API_URL: standIn.url, GITHUB_REPOSITORY: 'contoso/dormant' },
      ...{ GITHUB_TOKEN: appIdentity.token, GITHUB_OUTPUT: join(folder, 'output') },
    },
  });
  return { exitCode, all };
}

test('the version and the hash of a pull request’s lockfile are outputs of the step', async () => {
  const there = await aPull({ 'package-lock.json': lockfile });
  expect(await run(there, 'find', '--pull', there.number)).toMatchObject({ exitCode: 0 });
  expect(await readFile(join(there.folder, 'output'), 'utf8')).toBe(`version=9.1.0\nintegrity=${integrity}\n`);
});

test('a pull request without a lockfile is refused in one sentence', async () => {
  const there = await aPull({ 'package.json': '{}' });
  expect(await run(there, 'find', '--pull', there.number)).toMatchObject({
    exitCode: 2,
    all: expect.stringContaining('error It is no lockfile'),
  });
});

test('there is one comment with the previews of all stacks, brought up to date by the next run', async () => {
  const there = await aPull({ 'package-lock.json': lockfile });
  const write = async (text: string) => {
    await mkdir(join(there.folder, 'out/contoso'), { recursive: true });
    await writeFile(join(there.folder, 'out/contoso/preview.md'), text);
    const options = [
      '--pull',
      there.number,
      '--version',
      '9.1.0',
      '--shard',
      '1',
      '--stacks',
      '["contoso","fabrikam"]',
    ];
    return run(there, 'comment', ...options);
  };
  const bodies = () => there.standIn.state.issues[0]?.comments.map(({ body }) => body);
  expect(await write('### What merging this does in `contoso`\n\n**1** disabled.\n')).toMatchObject({ exitCode: 0 });
  await write('### What merging this does in `contoso`\n\n**2** disabled: Ana Reyes.\n');
  expect(bodies()).toEqual([
    expect.stringMatching(
      /9\.1\.0 would do[\s\S]+### `contoso`\n\n\*\*2\*\* disabled: Ana Reyes\.\n\n### `fabrikam`\n\n> /,
    ),
  ]);
});

test('names are put in no comment of a public repository', async () => {
  const there = await aPull({ 'package-lock.json': lockfile });
  there.standIn.state.settings.private = false;
  expect(await run(there, 'comment', '--pull', there.number, '--stacks', '["contoso"]')).toMatchObject({ exitCode: 1 });
  expect(there.standIn.state.issues[0]?.comments).toEqual([]);
});

test('without the name of a step it says what there is', async () => {
  const there = await aPull({ 'package.json': '{}' });
  expect(await run(there)).toMatchObject({ exitCode: 2, all: expect.stringContaining('find, install and comment') });
});
